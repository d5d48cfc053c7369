package main

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func servicesPage(root string) (string, error) {
	s, err := read(root, "sdk")
	if err != nil {
		return "", err
	}
	p := newPage("Services of the core",
		"Every request carries clients of the core (`r.Directory`, …), bound to the viewer and the school: the core, never the module, derives both "+
			"from the handle of the call. What a capability is named for is refused unless `module.yaml` asks for it and the operator granted it.",
		"the comments of `sdk` and `sdk/wire/*.proto`")
	p.table("In Go", []string{"call", "gives", "capability", "what"}, s.clients())
	for _, file := range []struct{ name, heading string }{
		{"core.proto", "On the wire: what a module may ask of the core"}, {"module.proto", "On the wire: what the core asks of a module"},
	} {
		src, err := os.ReadFile(filepath.Join(root, "sdk/wire", file.name))
		if err != nil {
			return "", err
		}
		p.table(file.heading, []string{"call", "takes", "gives", "capability", "what"}, calls(string(src)))
	}
	return p.String(), nil
}

// clients lists the methods of the fields of Scope that are clients.
func (s *source) clients() (rows [][]string) {
	for _, field := range s.fieldsOf("Scope") {
		typ, ok := field.Type.(*ast.Ident)
		if !ok || len(field.Names) == 0 || field.Names[0].Name != typ.Name {
			continue
		}
		capability := strings.TrimPrefix(oneLine(field.Comment.Text()), "capability ")
		for _, t := range s.doc.Types {
			if t.Name != typ.Name {
				continue
			}
			for _, m := range t.Methods {
				rows = append(rows, []string{
					code("r." + t.Name + "." + m.Name + "(" + s.params(m.Decl) + ")"), code(s.results(m.Decl)), code(capability), about(m.Doc, m.Name),
				})
			}
		}
	}
	return rows
}

// fieldsOf returns the fields of a struct.
func (s *source) fieldsOf(name string) []*ast.Field {
	for _, f := range s.files {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range g.Specs {
				t, ok := spec.(*ast.TypeSpec)
				if !ok || t.Name.Name != name {
					continue
				}
				if st, ok := t.Type.(*ast.StructType); ok {
					return st.Fields.List
				}
			}
		}
	}
	return nil
}

var (
	message = regexp.MustCompile(`(?s)message (\w+) \{(.*?)\n?\}`)
	member  = regexp.MustCompile(`(?:^|[;{\n])\s*(?:repeated |optional )?(?:map<[^>]*>|[\w.]+) (\w+) = \d+`)
	service = regexp.MustCompile(`(?s)((?://[^\n]*\n)*)service (\w+) \{(.*?)\n\}`)
	rpc     = regexp.MustCompile(`((?:\s*//[^\n]*\n)*)\s*rpc (\w+)\((stream )?(\w+)\) returns \((stream )?(\w+)\);(?:[ \t]*//([^\n]*))?`)
	needs   = regexp.MustCompile(`Capability (\S+)\.\s`)
	slashes = regexp.MustCompile(`(?m)^\s*//\s?`)
)

// calls lists the calls of a .proto file with the fields they take and give.
func calls(src string) (rows [][]string) {
	fields := map[string]string{}
	for _, m := range message.FindAllStringSubmatch(src, -1) {
		var names []string
		for _, f := range member.FindAllStringSubmatch(slashless(m[2]), -1) {
			names = append(names, f[1])
		}
		fields[m[1]] = strings.Join(names, ", ")
	}
	for _, s := range service.FindAllStringSubmatch(src, -1) {
		capability := ""
		if c := needs.FindStringSubmatch(s[1]); c != nil {
			capability = c[1]
		}
		for _, r := range rpc.FindAllStringSubmatch(s[3], -1) {
			what := []string{oneLine(slashes.ReplaceAllString(r[1], "")), strings.TrimSpace(r[7])}
			what = slices.DeleteFunc(what, func(w string) bool { return w == "" })
			rows = append(rows, []string{
				code(s[2] + "." + r[2]), r[3] + fields[r[4]], r[5] + fields[r[6]], code(capability), about(strings.Join(what, " "), r[2]),
			})
		}
	}
	return rows
}

// slashless takes the comments out.
func slashless(s string) string { return regexp.MustCompile(`//[^\n]*`).ReplaceAllString(s, "") }
