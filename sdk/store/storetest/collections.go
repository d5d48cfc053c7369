package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

type task struct {
	ID, Class, Slug string
	Due             time.Time
}

var tasks = store.NewCollection("tasks",
	store.Index("class-due", func(h *task) store.Key { return store.K(h.Class, h.Due) }),
	store.Unique("slug", func(h *task) store.Key { return store.K(h.Slug) }))

// collections is the typed layer on this engine, in one day of a school.
func collections(t *testing.T, open Opener) {
	s := space(t, open)
	monday := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	update(t, s, func(tx store.Tx) error {
		for day := range 5 {
			for _, class := range []string{"6A", "6B"} {
				if err := tasks.Insert(tx, &task{Class: class, Slug: fmt.Sprint(class, day), Due: monday.AddDate(0, 0, day)}); err != nil {
					return err
				}
			}
		}
		wantKind(t, "a taken slug", tasks.Insert(tx, &task{Slug: "6A0"}), errors.Conflict)
		return nil
	})
	update(t, s, func(tx store.Tx) error { // each moves ahead of the loop
		for h, err := range tasks.Range(tx, "class-due", store.From("6A", monday), store.To("6A")) {
			if err != nil {
				return err
			}
			if _, err := tasks.Modify(tx, h.ID, func(h *task) error { h.Due = h.Due.AddDate(0, 0, 7); return nil }); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(tx store.Tx) error {
		var slugs, cursor string
		for {
			items, next, err := tasks.Page(tx, "class-due", cursor, 2, store.Prefix("6A"), store.Reverse())
			if err != nil {
				return err
			}
			for _, h := range items {
				slugs += h.Slug + h.Due.Format(" 2 ")
			}
			if cursor = next; next == "" {
				break
			}
		}
		if want := "6A4 4 6A3 3 6A2 2 6A1 1 6A0 30 "; slugs != want {
			t.Errorf("pages: %q, want %q", slugs, want)
		}
		return nil
	})
}
