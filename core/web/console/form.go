package console

import (
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// again shows the page with its form once more when err is what the visitor
// typed; any other error stays one. made is the error of making the page.
func again(err, made error, page func() *ui.Page) (*visit.Answer, error) {
	switch kind := errors.KindOf(err); {
	case kind != errors.Invalid && kind != errors.Conflict:
		return nil, err
	case made != nil:
		return nil, made
	}
	return visit.Again(page()), nil
}

// labelled gives a field words that are not a key of the core's.
func labelled(f *ui.Field, label, help string) *ui.Field {
	f.Label = ui.S(label)
	if help != "" {
		f.Help = ui.S(help)
	}
	return f
}
