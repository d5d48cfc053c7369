package store_test

import (
	"slices"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// TestDamagedItem: an item that cannot be read is found by its ID, says what is
// wrong with it, and gives way to a sound one or to none.
func TestDamagedItem(t *testing.T) {
	type note struct{ ID, Text string }
	notes := store.NewCollection[note]("notes")
	update(t, func(tx store.Tx) error {
		check := func(err error) {
			if err != nil {
				t.Error(err)
			}
		}
		for _, id := range []string{"a", "b", "c"} {
			check(notes.Put(tx, &note{ID: id, Text: id}))
			check(pupils.Put(tx, &pupil{ID: id, Name: id}))
		}
		check(tx.Put(store.K("notes", "", "b"), []byte("{\"Text\":\x00")))
		check(tx.Put(store.K("pupils", "", "b"), []byte("{\"Name\":\x00")))

		var all []string
		for id, err := range notes.IDs(tx) {
			check(err)
			all = append(all, id)
		}
		if !slices.Equal(all, []string{"a", "b", "c"}) {
			t.Errorf("IDs = %v", all)
		}
		var last error
		for _, err := range notes.Range(tx, "") {
			last = err
		}
		if !errors.Is(last, store.ErrDamaged) {
			t.Errorf("Range ends with %v", last)
		}
		if _, err := notes.Get(tx, "b"); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("Get = %v", err)
		}
		check(notes.Delete(tx, "b"))
		wantKind(t, "Delete again", notes.Delete(tx, "b"), errors.NotFound)
		check(tx.Put(store.K("notes", "", "b"), []byte("?")))
		check(notes.Put(tx, &note{ID: "b", Text: "sound"}))
		if n, err := notes.Get(tx, "b"); err != nil || n.Text != "sound" {
			t.Errorf("written anew: %+v, %v", n, err)
		}
		if err := pupils.Delete(tx, "b"); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("Delete where there are indexes: %v", err)
		}
		return nil
	})
}
