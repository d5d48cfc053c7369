package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// calendar offers the viewer's entries to whoever merges calendars.
func calendar(r *sdk.CalendarRequest) (list []*ui.Entry, err error) {
	l := mine(r.Viewer, r.Now())
	err = r.Store.View(r.Context(), func(tx store.Tx) error {
		found, _, err := gather(tx, l.Calendars, r.From, r.To, l.keep)
		for _, o := range found {
			list = append(list, o.entry(r.Viewer, l))
		}
		return err
	})
	return list, err
}
