package storetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/store"
)

func scanOrderAndBounds(t *testing.T, open Opener) {
	s := space(t, open)
	put(t, s, [2]string{"b", "2"}, [2]string{"\xff\xff", "6"}, [2]string{"a", "1"}, [2]string{"b\x00", "3"}, [2]string{"é", "5"}, [2]string{"ba", "4"})
	view(t, s, func(tx store.Tx) error {
		for _, c := range []struct{ from, to, want string }{
			{"", "", "123456"}, {"a", "", "123456"}, {"b", "ba", "23"}, {"b\x00", "", "3456"}, {"", "b", "1"},
			{"aa", "az", ""}, {"b", "a", ""}, {"b", "b", ""}, {"\xff\xff\xff", "", ""}, {"", "\x00", ""}, {"c", "\xff\xff", "5"},
		} {
			for _, reverse := range []bool{false, true} {
				pairs, err := scan(tx, c.from, c.to, reverse)
				if err != nil {
					return err
				}
				if reverse {
					slices.Reverse(pairs)
				}
				got := ""
				for _, p := range pairs {
					got += p[strings.LastIndex(p, "=")+1:]
				}
				if got != c.want {
					t.Errorf("Scan(%q, %q, %v) = %q, want %q", c.from, c.to, reverse, got, c.want)
				}
			}
		}
		for range tx.Scan(nil, nil, false) {
			break // and the transaction goes on
		}
		_, err := scan(tx, "", "", true)
		return err
	})
}

// scanWhileWriting deletes and rewrites what a scan has just yielded: every key
// still comes once and in order.
func scanWhileWriting(t *testing.T, open Opener) {
	const n = 3000 // over many pages
	s := space(t, open)
	for _, reverse := range []bool{false, true} {
		update(t, s, func(tx store.Tx) error {
			for i := range n {
				if err := tx.Put(fmt.Appendf(nil, "%06d", i), make([]byte, 50)); err != nil {
					return err
				}
			}
			return nil
		})
		update(t, s, func(tx store.Tx) error {
			seen := 0
			for p, err := range tx.Scan(nil, nil, reverse) {
				if err != nil {
					return err
				}
				want := seen
				if reverse {
					want = n - 1 - seen
				}
				if string(p.Key) != fmt.Sprintf("%06d", want) {
					return fmt.Errorf("scan came to %s, want %06d", p.Key, want)
				}
				if seen++; seen%3 == 0 {
					err = tx.Put(p.Key, make([]byte, 500))
				} else {
					err = tx.Delete(p.Key)
				}
				if err != nil {
					return err
				}
			}
			if seen != n {
				t.Errorf("reverse %v: the scan met %d of %d keys", reverse, seen, n)
			}
			return nil
		})
		if left := len(dump(t, s)); left != n/3 {
			t.Errorf("reverse %v: %d keys left, want %d", reverse, left, n/3)
		}
	}
}

// scanLikeAMap compares scans, between random writes of one transaction, with
// those of a sorted slice.
func scanLikeAMap(t *testing.T, open Opener) {
	s := space(t, open)
	kept := map[string]bool{}
	update(t, s, func(tx store.Tx) error {
		for i := range 200 {
			k := fmt.Sprintf("%04d", i)
			if kept[k] = true; tx.Put([]byte(k), make([]byte, 400)) != nil {
				return fmt.Errorf("put")
			}
		}
		return nil
	})
	undo := fmt.Errorf("undo")
	rapid.Check(t, func(r *rapid.T) {
		model := maps.Clone(kept)
		key := rapid.Custom(func(r *rapid.T) string { return fmt.Sprintf("%04d", rapid.IntRange(0, 199).Draw(r, "key")) })
		must := func(err error) {
			if err != nil {
				r.Fatal(err)
			}
		}
		change := func(tx store.Tx) {
			from := rapid.IntRange(0, 199).Draw(r, "from")
			to := rapid.IntRange(from, 200).Draw(r, "to")
			insert := rapid.Bool().Draw(r, "insert")
			for i := from; i < to; i++ {
				k := fmt.Sprintf("%04d", i)
				if model[k] = insert; insert {
					must(tx.Put([]byte(k), make([]byte, 400)))
				} else {
					must(tx.Delete([]byte(k)))
				}
			}
		}
		compare := func(tx store.Tx) {
			from, to, reverse := key.Draw(r, "from"), key.Draw(r, "to"), rapid.Bool().Draw(r, "reverse")
			var want []string
			for k, ok := range model {
				if ok && k >= from && k < to {
					want = append(want, k)
				}
			}
			slices.Sort(want)
			if reverse {
				slices.Reverse(want)
			}
			got := []string{}
			for p, err := range tx.Scan([]byte(from), []byte(to), reverse) {
				must(err)
				got = append(got, string(p.Key))
			}
			if !slices.Equal(got, want) {
				r.Fatalf("Scan(%s, %s, %v) found %d keys, want %d", from, to, reverse, len(got), len(want))
			}
		}
		if err := s.Update(t.Context(), func(tx store.Tx) error {
			for range rapid.IntRange(1, 6).Draw(r, "steps") {
				change(tx)
				compare(tx)
			}
			return undo
		}); err != undo {
			r.Fatal(err)
		}
	})
	if n := len(dump(t, s)); n != len(kept) {
		t.Errorf("%d keys after all was undone, want %d", n, len(kept))
	}
}
