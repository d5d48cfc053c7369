package sdk

import (
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

type note struct{ ID, Text string }

var notes = store.NewCollection[note]("notes", store.Index("text", func(n *note) store.Key { return store.K(n.Text) }))

// TestFull: while the quota is used up a store refuses to grow; reading,
// deleting, shrinking and events go on; afterwards it grows again.
func TestFull(t *testing.T) {
	engine, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	r := NewRuntime(New(), Setting{})
	bound := boundEngine{engine, &r.full}
	space, err := bound.Open(t.Context(), "0750655E")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := bound.Open(t.Context(), "0750655E"); err != nil || again != space {
		t.Fatalf("opened twice: another space, %v", err)
	}
	full := func(yes bool) {
		if _, err := r.Ping(t.Context(), &wire.PingRequest{Full: yes}); err != nil {
			t.Fatal(err)
		}
	}
	update := func(want errors.Kind, what string, fn func(store.Tx) error) {
		t.Helper()
		if err := space.Update(t.Context(), fn); errors.KindOf(err) != want {
			t.Errorf("%s: %v, want %v", what, err, want)
		}
	}
	long, short := &note{ID: "a", Text: "a long text"}, &note{ID: "a", Text: "short"}
	insert := func(n *note) func(store.Tx) error { return func(tx store.Tx) error { return notes.Insert(tx, n) } }
	update(errors.OK, "insert before", insert(long))
	full(true)
	update(errors.TooLarge, "insert", insert(&note{ID: "b"}))
	update(errors.OK, "emit", func(tx store.Tx) error { return tx.Emit("notes.seen", 1) })
	raw := func(value string) func(store.Tx) error {
		return func(tx store.Tx) error { return tx.Put([]byte("raw"), []byte(value)) }
	}
	full(false)
	update(errors.OK, "a value", raw("long"))
	full(true)
	update(errors.OK, "a smaller value", raw("lo"))
	update(errors.TooLarge, "a larger value", raw("longer"))
	update(errors.OK, "delete", func(tx store.Tx) error { return notes.Delete(tx, "a") })
	full(false)
	update(errors.OK, "insert after", insert(short))
}
