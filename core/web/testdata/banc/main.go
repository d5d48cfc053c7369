// Banc is the module that the tests of the web application talk to.
package main

import (
	"context"
	"sync/atomic"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

type note struct {
	ID string
	N  int
}

var notes = store.NewCollection[note]("notes")

// fault is what the widget "fragile" does: nothing, "hang", "broken".
var fault atomic.Value

func main() {
	fault.Store("")
	m := sdk.New()
	m.Page("GET /{$}", func(r *sdk.Request) (*ui.Page, error) {
		return ui.NewPage("banc.name", ui.Text("banc.count", "n", count(&r.Scope, r.Context(), string(r.Viewer.Person)))), nil
	})
	m.Do("POST /note", func(r *sdk.Request) (*sdk.Answer, error) {
		n, err := bump(&r.Scope, r.Context(), string(r.Viewer.Person), "")
		return sdk.GoTo("/").Say("banc.count", "n", n), err
	})
	m.Do("POST /annonce", func(r *sdk.Request) (*sdk.Answer, error) {
		_, err := bump(&r.Scope, r.Context(), "school", "banc.changed")
		return sdk.GoTo("/"), err
	})
	m.Do("POST /faute", func(r *sdk.Request) (*sdk.Answer, error) {
		fault.Store(r.FormValue("quoi"))
		return sdk.GoTo("/"), nil
	})
	m.Page("GET /reserve", func(*sdk.Request) (*ui.Page, error) { return ui.NewPage("banc.name"), nil })
	m.Page("GET /erreur", func(*sdk.Request) (*ui.Page, error) {
		return nil, errors.New(errors.Conflict, "banc.conflict", "n", 2)
	})
	m.Widget("compte", func(r *sdk.WidgetRequest) (*ui.Node, error) {
		if word := r.Option("mot"); word != "" {
			return ui.TextOf(ui.S(word)), nil
		}
		return ui.Text("banc.count", "n", count(&r.Scope, r.Context(), string(r.Viewer.Person))), nil
	})
	m.Widget("ecole", func(r *sdk.WidgetRequest) (*ui.Node, error) {
		return ui.Text("banc.count", "n", count(&r.Scope, r.Context(), "school")), nil
	})
	m.Widget("reserve", func(r *sdk.WidgetRequest) (*ui.Node, error) { return ui.Text("banc.name"), nil })
	m.Widget("fragile", func(r *sdk.WidgetRequest) (*ui.Node, error) {
		switch fault.Load() {
		case "hang":
			<-r.Context().Done()
			return nil, r.Context().Err()
		case "broken":
			return nil, errors.New(errors.Unavailable, "banc.conflict", "n", 1)
		}
		return ui.Text("banc.name"), nil
	})
	lanes(m)
	sdk.Serve(m)
}

func count(s *sdk.Scope, ctx context.Context, id string) (n int) {
	_ = s.Store.View(ctx, func(tx store.Tx) error {
		if v, err := notes.Get(tx, id); err == nil {
			n = v.N
		}
		return nil
	})
	return n
}

func bump(s *sdk.Scope, ctx context.Context, id, event string) (n int, err error) {
	err = s.Store.Update(ctx, func(tx store.Tx) error {
		v := &note{ID: id}
		if old, err := notes.Get(tx, id); err == nil {
			v = old
		}
		v.N++
		n = v.N
		if err := notes.Put(tx, v); err != nil || event == "" {
			return err
		}
		return tx.Emit(event, id)
	})
	return n, err
}
