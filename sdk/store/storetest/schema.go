package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	kinds "github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// schemaOf reads the mark.
func schemaOf(t *testing.T, s store.Space) (n int) {
	t.Helper()
	view(t, s, func(tx store.Tx) (err error) { n, err = store.Schema(tx); return err })
	return n
}

// schemas: an empty space takes any schema and keeps it, data without a mark is
// of schema 1, and nothing of another schema is let in.
func schemas(t *testing.T, open Opener) {
	e := engine(t, open)
	ctx := context.Background()
	empty := spaceOf(t, e, school)
	if n := schemaOf(t, empty); n != 0 {
		t.Errorf("an empty space has schema %d", n)
	}
	for range 2 {
		if err := store.Admit(ctx, empty, 3); err != nil {
			t.Errorf("an empty space, schema 3: %v", err)
		}
	}
	wantKind(t, "an earlier program", store.Admit(ctx, empty, 2), kinds.Unavailable)
	wantKind(t, "a later program", store.Admit(ctx, empty, 4), kinds.Unavailable)
	if n := schemaOf(t, empty); n != 3 {
		t.Errorf("a refused program left schema %d, want 3", n)
	}

	old := spaceOf(t, e, other)
	put(t, old, [2]string{"k", "v"})
	wantKind(t, "data from before marks", store.Admit(ctx, old, 2), kinds.Unavailable)
	if err := store.Admit(ctx, old, 1); err != nil {
		t.Errorf("data from before marks is of schema 1: %v", err)
	}
	update(t, old, func(tx store.Tx) error { return tx.Delete([]byte("k")) })
	if n := schemaOf(t, old); n != 1 {
		t.Errorf("emptied again it has schema %d, want 1", n)
	}
	wantKind(t, "no schema", old.Update(ctx, func(tx store.Tx) error { return store.SetSchema(tx, 0) }), kinds.Bug)
}

// schemaIsTransactional: mark and data change together or not at all, and are
// in the same backup.
func schemaIsTransactional(t *testing.T, open Opener) {
	e := engine(t, open)
	s := spaceOf(t, e, school)
	put(t, s, [2]string{"k", "one"})
	broken := errors.New("broken")
	err := s.Update(context.Background(), func(tx store.Tx) error {
		if err := errors.Join(tx.Put([]byte("k"), []byte("two")), store.SetSchema(tx, 2)); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	wantDump(t, s, "k=one")
	update(t, s, func(tx store.Tx) error { return store.SetSchema(tx, 2) })
	copied := backup(t, s)
	if err := errors.Join(e.Drop(t.Context(), school), e.Restore(t.Context(), school, bytes.NewReader(copied))); err != nil {
		t.Fatal(err)
	}
	if n := schemaOf(t, spaceOf(t, e, school)); n != 2 {
		t.Errorf("restored with schema %d, want 2", n)
	}
}

// The same collection as an earlier and a later program declare it.
var (
	tasksBefore = store.NewCollection("chores",
		store.Index("class", func(h *task) store.Key { return store.K(h.Class) }),
		store.Index("gone", func(h *task) store.Key { return store.K(h.Slug, "gone") }))
	tasksAfter = store.NewCollection("chores",
		store.Index("class", func(h *task) store.Key { return store.K(h.Class, h.Due) }), // other keys
		store.Unique("slug", func(h *task) store.Key { return store.K(h.Slug) }))         // a new index
	beside = store.NewCollection("chores2", store.Index("class", func(h *task) store.Key { return store.K(h.Class) }))
)

// rewrite makes the indexes of a later program from the items of an earlier one.
func rewrite(t *testing.T, open Opener) {
	const n = 40
	s := space(t, open)
	monday := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	update(t, s, func(tx store.Tx) error {
		for i := range n {
			item := task{ID: fmt.Sprint("t", i), Class: fmt.Sprint("6", i%2), Slug: fmt.Sprint("s", i), Due: monday.AddDate(0, 0, n-i)}
			if err := errors.Join(tasksBefore.Insert(tx, &item), beside.Insert(tx, &item)); err != nil {
				return err
			}
		}
		return nil
	})
	neighbours := pairsOf(t, s, "chores2")
	before := dump(t, s)

	conflict := s.Update(context.Background(), func(tx store.Tx) error {
		return tasksAfter.Rewrite(tx, func(h *task) error { h.Slug = "same"; return nil })
	})
	wantKind(t, "two items with one unique key", conflict, kinds.Conflict)
	renamed := s.Update(context.Background(), func(tx store.Tx) error {
		return tasksAfter.Rewrite(tx, func(h *task) error { h.ID += "x"; return nil })
	})
	wantKind(t, "another ID", renamed, kinds.Bug)
	if got := dump(t, s); !slices.Equal(got, before) {
		t.Error("a failed Rewrite left something behind")
	}

	update(t, s, func(tx store.Tx) error {
		return tasksAfter.Rewrite(tx, func(h *task) error { h.Class = "5" + h.Class; return nil })
	})
	view(t, s, func(tx store.Tx) error {
		last := time.Time{}
		for h, err := range tasksAfter.Range(tx, "class", store.Prefix("561")) {
			if err != nil {
				return err
			}
			if h.Due.Before(last) {
				t.Errorf("%s is out of order", h.ID)
			}
			last = h.Due
		}
		for index, want := range map[string]int{"": n, "class": n, "slug": n} {
			if got, err := tasksAfter.Count(tx, index); got != want || err != nil {
				t.Errorf("index %q has %d entries, want %d, %v", index, got, want, err)
			}
		}
		if h, err := tasksAfter.Find(tx, "slug", "s7"); err != nil || h.ID != "t7" {
			t.Errorf("by the new index: %v, %v", h, err)
		}
		if left, err := tasksBefore.Count(tx, "gone"); left != 0 || err != nil {
			t.Errorf("%d entries of an index that nobody declares, %v", left, err)
		}
		return nil
	})
	if got := pairsOf(t, s, "chores2"); !slices.Equal(got, neighbours) {
		t.Error("the collection beside was touched")
	}
	update(t, s, func(tx store.Tx) error { // and back
		return tasksBefore.Rewrite(tx, func(h *task) error { h.Class = h.Class[1:]; return nil })
	})
	if got := dump(t, s); !slices.Equal(got, before) {
		t.Error("back again it is not what it was")
	}
}

// pairsOf returns the pairs of one collection.
func pairsOf(t *testing.T, s store.Space, name string) (all []string) {
	t.Helper()
	view(t, s, func(tx store.Tx) (err error) {
		from := store.K(name)
		all, err = scan(tx, string(from), string(append(from, 0xff)), false)
		return err
	})
	return all
}
