package main

import (
	"strconv"

	"github.com/preau-ent/preau/sdk/errors"
)

func errorsPage(root string) (string, error) {
	s, err := read(root, "sdk/errors")
	if err != nil {
		return "", err
	}
	p := newPage("Errors",
		"Handlers return errors of `sdk/errors`: `errors.New(errors.NotFound, \"mots.gone\")`. The kind becomes the status, the key with its "+
			"arguments reaches the page, the cause only the log. An error of any other type is a `Bug` and says nothing to the visitor.",
		"`sdk/errors`")
	var rows [][]string
	for i, c := range s.consts("Kind") {
		k := errors.Kind(i)
		if k == errors.OK {
			continue
		}
		rows = append(rows, []string{code("errors." + c[0]), c[1], strconv.Itoa(k.HTTP()), code(k.GRPC().String()), code("error." + k.String())})
	}
	p.table("", []string{"kind", "meaning", "HTTP", "gRPC", "words of the core when there is no key"}, rows)
	var calls [][]string
	for _, f := range s.doc.Funcs {
		calls = append(calls, []string{code("errors." + f.Name + "(" + s.params(f.Decl) + ")"), about(f.Doc, f.Name)})
	}
	for _, t := range s.doc.Types {
		for _, f := range t.Funcs {
			calls = append(calls, []string{code("errors." + f.Name + "(" + s.params(f.Decl) + ")"), about(f.Doc, f.Name)})
		}
	}
	p.table("Calls", []string{"call", "what"}, calls)
	return p.String(), nil
}
