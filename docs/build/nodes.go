package main

import (
	"go/doc"
	"slices"
	"strings"
)

// kinds are the tables of the page, by what a builder gives.
var kinds = []struct{ heading, gives string }{
	{"Pages", "*Page"}, {"Nodes: what pages and widgets are made of", "*Node"}, {"Forms", "*Form"}, {"Fields", "*Field"},
	{"Options of fields", "FieldOption"}, {"Words", "*Words"}, {"Links", "*Link"}, {"Buttons", "*Action"}, {"Parts", ""},
}

func nodesPage(root string) (string, error) {
	s, err := read(root, "sdk/ui")
	if err != nil {
		return "", err
	}
	p := newPage("Pages, widgets and forms",
		"A module answers trees made with these functions of `sdk/ui`; the core draws them, in every theme, for print and as JSON. "+
			"Words ending in `Key` are translation keys of the module's catalogues, `args` pairs of name and value; `path` is inside the module.",
		"the comments of `sdk/ui`")
	all := slices.Clone(s.doc.Funcs)
	for _, t := range s.doc.Types {
		all = append(all, t.Funcs...)
	}
	slices.SortFunc(all, func(a, b *doc.Func) int { return int(a.Decl.Pos() - b.Decl.Pos()) })
	aside := []string{"Encode", "Decode", "JSON", "Validate", "CleanPath", "HasIcon", "Sizes"}
	for _, kind := range kinds {
		var rows [][]string
		for _, f := range all {
			gives := s.result(f.Decl)
			known := slices.ContainsFunc(kinds[:len(kinds)-1], func(k struct{ heading, gives string }) bool { return k.gives == gives })
			if gives != kind.gives && (kind.gives != "" || known) || slices.Contains(aside, f.Name) {
				continue
			}
			row := []string{code("ui." + f.Name + "(" + s.params(f.Decl) + ")"), about(f.Doc, f.Name)}
			if kind.gives == "" {
				row = []string{row[0], code(strings.TrimPrefix(gives, "*")), row[1]}
			}
			rows = append(rows, row)
		}
		columns := []string{"call", "what"}
		if kind.gives == "" {
			columns = []string{"call", "gives", "what"}
		}
		p.table(kind.heading, columns, rows)
	}
	return p.String(), nil
}

// about is a comment without the name it begins with.
func about(comment, name string) string {
	s := strings.TrimPrefix(oneLine(comment), name+" ")
	s = strings.TrimPrefix(s, "is ")
	return s
}
