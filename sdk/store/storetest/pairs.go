package storetest

import (
	"bytes"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

func getPutDelete(t *testing.T, open Opener) {
	s := space(t, open)
	put(t, s, [2]string{"a", "1"}, [2]string{"empty", ""}, [2]string{"gone", "x"}, [2]string{"a", "2"})
	update(t, s, func(tx store.Tx) error {
		return errors.Join(tx.Delete([]byte("gone")), tx.Delete([]byte("never")))
	})
	view(t, s, func(tx store.Tx) error {
		for _, c := range []struct {
			key, value string
			ok         bool
		}{{"a", "2", true}, {"empty", "", true}, {"gone", "", false}, {"never", "", false}, {"", "", false}} {
			value, ok, err := tx.Get([]byte(c.key))
			if string(value) != c.value || ok != c.ok || err != nil {
				t.Errorf("Get(%q) = %q, %v, %v; want %q, %v", c.key, value, ok, err, c.value, c.ok)
			}
		}
		return nil
	})
}

func limits(t *testing.T, open Opener) {
	s := space(t, open)
	longest := bytes.Repeat([]byte{0xFE}, store.MaxKey)
	update(t, s, func(tx store.Tx) error {
		wantKind(t, "the longest key", tx.Put(longest, nil), errors.OK)
		wantKind(t, "a longer key", tx.Put(append(longest, 1), nil), errors.TooLarge)
		wantKind(t, "a too large value", tx.Put([]byte("v"), make([]byte, store.MaxValue+1)), errors.TooLarge)
		wantKind(t, "an empty key", tx.Put(nil, nil), errors.Bug)
		wantKind(t, "deleting an empty key", tx.Delete(nil), errors.OK)
		_, ok, err := tx.Get(bytes.Repeat([]byte("k"), 1<<16))
		if ok || err != nil {
			t.Errorf("Get of a key that cannot be = %v, %v; want false", ok, err)
		}
		return nil
	})
	wantDump(t, s, string(longest)+"=")
}

func largeValues(t *testing.T, open Opener) {
	s := space(t, open)
	large := bytes.Repeat([]byte("préau "), store.MaxValue/7)
	for range 2 { // the second takes the place of the first
		update(t, s, func(tx store.Tx) error { return tx.Put([]byte("large"), large) })
	}
	view(t, s, func(tx store.Tx) error {
		got, ok, err := tx.Get([]byte("large"))
		if !ok || !bytes.Equal(got, large) {
			t.Errorf("%d bytes came back as %d", len(large), len(got))
		}
		return err
	})
}

func slicesAreCopies(t *testing.T, open Opener) {
	s := space(t, open)
	var kept store.Pair
	update(t, s, func(tx store.Tx) error {
		key, value := []byte("key"), []byte("value")
		if err := tx.Put(key, value); err != nil {
			return err
		}
		clear(key)
		clear(value)
		got, _, err := tx.Get([]byte("key"))
		if string(got) != "value" {
			t.Errorf("Put kept the caller's slice: %q", got)
		}
		clear(got)
		for kept = range tx.Scan(nil, nil, false) {
			if len(append(kept.Key, "more"...)) == 0 || string(kept.Value) != "value" {
				t.Errorf("a key that grew changed its value to %q", kept.Value)
			}
		}
		return err
	})
	wantDump(t, s, "key=value")
	put(t, s, [2]string{"key", "other"})
	if string(kept.Key) != "key" || string(kept.Value) != "value" {
		t.Errorf("a pair changed after its transaction: %q", kept)
	}
	clear(kept.Value)
	wantDump(t, s, "key=other")
}

func readsItsOwnWrites(t *testing.T, open Opener) {
	s := space(t, open)
	put(t, s, [2]string{"a", "1"}, [2]string{"b", "1"})
	update(t, s, func(tx store.Tx) error {
		err := errors.Join(tx.Put([]byte("c"), []byte("2")), tx.Delete([]byte("a")))
		if v, ok, _ := tx.Get([]byte("c")); string(v) != "2" || !ok {
			t.Errorf("own Put is not seen: %q %v", v, ok)
		}
		if _, ok, _ := tx.Get([]byte("a")); ok {
			t.Error("own Delete is not seen")
		}
		if got, _ := scan(tx, "", "", false); len(got) != 2 {
			t.Errorf("own writes in a scan: %q, want b and c", got)
		}
		if got := dump(t, s); len(got) != 2 || got[0] != "a=1" {
			t.Errorf("others see writes before the commit: %q", got)
		}
		return err
	})
	wantDump(t, s, "b=1", "c=2")
}

func viewRefusesWrites(t *testing.T, open Opener) {
	s := space(t, open)
	put(t, s, [2]string{"a", "1"})
	view(t, s, func(tx store.Tx) error {
		if tx.Writable() {
			t.Error("a View says that it is writable")
		}
		wantKind(t, "Put", tx.Put([]byte("b"), nil), errors.Bug)
		wantKind(t, "Delete", tx.Delete([]byte("a")), errors.Bug)
		wantKind(t, "Emit", tx.Emit("x.y", nil), errors.Bug)
		return nil
	})
	wantDump(t, s, "a=1")
}
