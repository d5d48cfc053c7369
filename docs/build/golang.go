package main

import (
	"bytes"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"path/filepath"
	"strings"
)

// source is a parsed package with its comments.
type source struct {
	set   *token.FileSet
	files []*ast.File
	doc   *doc.Package
}

// read parses the Go files of a folder, tests left out.
func read(root, folder string) (*source, error) {
	s := &source{set: token.NewFileSet()}
	names, err := filepath.Glob(filepath.Join(root, folder, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(s.set, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		s.files = append(s.files, f)
	}
	s.doc, err = doc.NewFromFiles(s.set, s.files, "github.com/preau-ent/preau/"+folder, doc.PreserveAST)
	return s, err
}

// text prints an expression as it is written.
func (s *source) text(n ast.Node) string {
	var b bytes.Buffer
	if printer.Fprint(&b, s.set, n) != nil {
		return ""
	}
	return oneLine(b.String())
}

// params prints what a function takes.
func (s *source) params(f *ast.FuncDecl) string {
	var list []string
	for _, p := range f.Type.Params.List {
		var names []string
		for _, n := range p.Names {
			names = append(names, n.Name)
		}
		list = append(list, strings.TrimSpace(strings.Join(names, ", ")+" "+s.text(p.Type)))
	}
	return strings.Join(list, ", ")
}

// result prints what a function gives first.
func (s *source) result(f *ast.FuncDecl) string {
	if f.Type.Results == nil {
		return ""
	}
	return s.text(f.Type.Results.List[0].Type)
}

// results prints all that a function gives.
func (s *source) results(f *ast.FuncDecl) string {
	if f.Type.Results == nil {
		return ""
	}
	var list []string
	for _, r := range f.Type.Results.List {
		list = append(list, s.text(r.Type))
	}
	return strings.Join(list, ", ")
}

// consts returns the constants of a group that has one of this type, with their
// trailing comments, in order: name, comment.
func (s *source) consts(typ string) (rows [][2]string) {
	for _, f := range s.files {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			of := false
			for _, spec := range g.Specs {
				v := spec.(*ast.ValueSpec)
				if v.Type != nil {
					of = s.text(v.Type) == typ
				}
				if of {
					rows = append(rows, [2]string{v.Names[0].Name, oneLine(v.Comment.Text())})
				}
			}
		}
	}
	return rows
}
