package storetest

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// together runs n functions at the same time and waits for all.
func together(n int, run func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { run(i) })
	}
	all.Wait()
}

func number(tx store.Tx, key string) (int, error) {
	v, ok, err := tx.Get([]byte(key))
	if err != nil || !ok {
		return 0, err
	}
	return strconv.Atoi(string(v))
}

func setNumber(tx store.Tx, key string, n int) error {
	return tx.Put([]byte(key), strconv.AppendInt(nil, int64(n), 10))
}

func add(s store.Space, key string) error {
	return s.Update(context.Background(), func(tx store.Tx) error {
		n, err := number(tx, key)
		if err != nil {
			return err
		}
		return setNumber(tx, key, n+1)
	})
}

// concurrentCounters would lose an addition if two transactions read the same.
func concurrentCounters(t *testing.T, open Opener) {
	const writers, rounds = 16, 25
	s := space(t, open)
	together(writers, func(int) {
		for range rounds {
			if err := add(s, "n"); err != nil {
				t.Error(err)
			}
		}
	})
	wantDump(t, s, fmt.Sprintf("n=%d", writers*rounds))
}

func concurrentSchools(t *testing.T, open Opener) {
	const writers, rounds = 8, 10
	e := engine(t, open)
	at := func(w int) ids.SchoolID { return ids.SchoolID(fmt.Sprintf("07500%02dA", w)) }
	together(writers, func(w int) {
		for range rounds {
			s, err := e.Open(context.Background(), at(w/2)) // two writers a school
			if err == nil {
				err = add(s, "n")
			}
			if err != nil {
				t.Error(err)
			}
		}
	})
	for w := range writers / 2 {
		wantDump(t, spaceOf(t, e, at(w)), fmt.Sprintf("n=%d", 2*rounds))
	}
}

func viewIsASnapshot(t *testing.T, open Opener) {
	s := space(t, open)
	put(t, s, [2]string{"a", "1"}, [2]string{"b", "1"})
	view(t, s, func(tx store.Tx) error {
		before, err := scan(tx, "", "", false)
		if err != nil {
			return err
		}
		put(t, s, [2]string{"a", "2"}, [2]string{"c", "2"})
		after, err := scan(tx, "", "", false)
		if fmt.Sprint(before) != fmt.Sprint(after) {
			t.Errorf("a View changed from %q to %q", before, after)
		}
		if v, _, _ := tx.Get([]byte("a")); string(v) != "1" {
			t.Errorf("Get in an old View = %q, want 1", v)
		}
		return err
	})
	wantDump(t, s, "a=2", "b=1", "c=2")
}

// longReaderBlocksNobody writes 16 MiB while one View stays open: it hangs when
// a writer waits for readers.
func longReaderBlocksNobody(t *testing.T, open Opener) {
	s := space(t, open)
	put(t, s, [2]string{"a", "1"})
	view(t, s, func(long store.Tx) error {
		for i := range 8 {
			update(t, s, func(tx store.Tx) error { return tx.Put(fmt.Appendf(nil, "b%d", i), make([]byte, 2<<20)) })
		}
		view(t, s, func(tx store.Tx) error {
			if _, ok, err := tx.Get([]byte("b7")); !ok || err != nil {
				t.Errorf("a new View beside the long one: %v, %v", ok, err)
			}
			return nil
		})
		if all, err := scan(long, "", "", false); len(all) != 1 || err != nil {
			t.Errorf("the long View sees %d pairs, %v; want 1", len(all), err)
		}
		return nil
	})
}
