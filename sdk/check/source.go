package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// source is what the code says, as far as it concerns words.
type source struct {
	literals []string // every string of the code, tests left out
	spoken   []string // those given to package ui, to errors or to an answer
	recorded []string // the actions that are noted in the journal
}

// read parses the Go files of a folder and of those below it.
func read(folder string) (*source, error) {
	s := &source{}
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		switch base := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && name != folder && (strings.HasPrefix(base, ".") || base == "testdata" || base == "dist"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go"):
			return nil
		}
		file, _ := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if file != nil { // what does not parse is for the compiler to say
			ast.Inspect(file, s.visit)
		}
		return nil
	})
	return s, err
}

func (s *source) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BasicLit:
		if text, ok := literal(n); ok {
			s.literals = append(s.literals, text)
		}
	case *ast.CallExpr:
		if action, ok := records(n); ok {
			s.recorded = append(s.recorded, action)
		}
		if !speaks(n.Fun) {
			return true
		}
		for _, arg := range n.Args {
			if text, ok := literal(arg); ok {
				s.spoken = append(s.spoken, text)
			}
		}
	}
	return true
}

// speaks reports a function whose string arguments are keys: all of ui and
// errors, and the methods that say something.
func speaks(fun ast.Expr) bool {
	sel, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if x, ok := sel.X.(*ast.Ident); ok && (x.Name == "ui" || x.Name == "errors") {
		return true
	}
	return sel.Sel.Name == "Say" || sel.Sel.Name == "Bad"
}

// records returns the action of a call r.Audit.Record("action", …).
func records(call *ast.CallExpr) (action string, ok bool) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Record" || len(call.Args) != 3 {
		return "", false
	}
	if of, ok := sel.X.(*ast.SelectorExpr); !ok || of.Sel.Name != "Audit" {
		return "", false
	}
	return literal(call.Args[0])
}

func literal(n ast.Expr) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

var key = regexp.MustCompile(`^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$`)

// keys lists the translation keys of the module that the code names in full,
// and those of what it notes in the journal.
func (s *source) keys(id string) []string {
	var keys []string
	for _, text := range s.spoken {
		if strings.HasPrefix(text, id+".") && key.MatchString(text) {
			keys = append(keys, text)
		}
	}
	for _, action := range s.recorded {
		keys = append(keys, manifest.AuditKey(ids.ModuleID(id), action))
	}
	return keys
}

// may reports whether the code can come to say a key: it names it, or something
// that it begins or ends with ("mots.kind." + kind).
func (s *source) may(key string) bool {
	return slices.ContainsFunc(s.literals, func(text string) bool {
		before, _, formatted := strings.Cut(text, "%")
		switch {
		case text == key:
			return true
		case formatted && strings.Contains(before, "."):
			return strings.HasPrefix(key, before)
		case strings.HasSuffix(text, "."):
			return strings.HasPrefix(key, text)
		}
		return strings.HasPrefix(text, ".") && len(text) > 1 && strings.HasSuffix(key, text)
	})
}
