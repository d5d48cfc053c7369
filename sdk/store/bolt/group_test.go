package bolt_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// TestGroup lets several Updates wait in line behind one, of which some fail in
// each way a function can: the others are kept, each gets its own answer.
func TestGroup(t *testing.T) {
	e := openIn(t, t.TempDir())
	defer e.Close()
	s, err := e.Open(t.Context(), school)
	if err != nil {
		t.Fatal(err)
	}
	const n = 300 // more than one group
	inside, goOn := make(chan struct{}), make(chan struct{})
	answers := make(chan error, n+1)
	go func() {
		answers <- s.Update(context.Background(), func(tx store.Tx) error {
			close(inside)
			<-goOn
			return tx.Put([]byte("first"), nil)
		})
	}()
	<-inside
	for i := range n {
		go func() {
			err := fmt.Errorf("%d: goroutine ended", i)
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("%d: %v", i, p)
				}
				if i%4 != 0 && err != nil {
					err = nil // wanted
				} else if i%4 != 0 {
					err = fmt.Errorf("%d succeeded", i)
				}
				answers <- err
			}()
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			err = s.Update(ctx, func(tx store.Tx) error {
				if err := errors.Join(tx.Put([]byte("shared"), fmt.Append(nil, i)), tx.Put(fmt.Appendf(nil, "own%d", i), nil)); err != nil {
					return err
				}
				switch i % 4 {
				case 1:
					return fmt.Errorf("no")
				case 2:
					panic("boum")
				case 3:
					if i%8 == 3 {
						cancel()
					} else {
						err = fmt.Errorf("ended")
						runtime.Goexit() // what t.FailNow does
					}
				}
				return nil
			})
		}()
	}
	close(goOn)
	for range n + 1 {
		if err := <-answers; err != nil {
			t.Error(err)
		}
	}
	err = s.View(t.Context(), func(tx store.Tx) error {
		kept := 0
		for p := range tx.Scan([]byte("own"), []byte("owo"), false) {
			var i int
			if fmt.Sscanf(string(p.Key), "own%d", &i); i%4 != 0 {
				t.Errorf("a failed Update left %s", p.Key)
			}
			kept++
		}
		if kept != n/4 {
			t.Errorf("%d Updates were kept, want %d", kept, n/4)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestCloseUnderWriters closes the engine while many write: each is either kept
// or told that it is not.
func TestCloseUnderWriters(t *testing.T) {
	dir := t.TempDir()
	e := openIn(t, dir)
	s, err := e.Open(t.Context(), school)
	if err != nil {
		t.Fatal(err)
	}
	kept := make(chan string, 10_000)
	ended := make(chan error)
	for w := range 8 {
		go func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("%d.%d", w, i)
				if err := s.Update(context.Background(), func(tx store.Tx) error { return tx.Put([]byte(key), nil) }); err != nil {
					ended <- err
					return
				}
				kept <- key
			}
		}()
	}
	<-kept
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	for range 8 {
		wantKind(t, "a writer", <-ended, errors.Unavailable)
	}
	close(kept)
	e = openIn(t, dir)
	defer e.Close()
	if s, err = e.Open(t.Context(), school); err != nil {
		t.Fatal(err)
	}
	if err := s.View(t.Context(), func(tx store.Tx) error {
		for key := range kept {
			if _, ok, _ := tx.Get([]byte(key)); !ok {
				t.Errorf("%s was acknowledged and is not there", key)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkUpdate is a durable write of one pair: alone, and by many in line. The
// baseline writes and syncs a page of a plain file.
func BenchmarkUpdate(b *testing.B) {
	e := openIn(b, b.TempDir())
	defer e.Close()
	s, err := e.Open(b.Context(), school)
	if err != nil {
		b.Fatal(err)
	}
	write := func() {
		if err := s.Update(context.Background(), func(tx store.Tx) error { return tx.Put([]byte("a"), make([]byte, 200)) }); err != nil {
			b.Error(err)
		}
	}
	b.Run("alone", func(b *testing.B) {
		for b.Loop() {
			write()
		}
	})
	b.Run("64-writers", func(b *testing.B) {
		b.SetParallelism(64 / runtime.GOMAXPROCS(0))
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				write()
			}
		})
	})
	b.Run("baseline-fsync", func(b *testing.B) {
		f, err := os.Create(b.TempDir() + "/page")
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		page := make([]byte, 4096)
		for b.Loop() {
			if _, err := f.WriteAt(page, 0); err != nil {
				b.Fatal(err)
			}
			if err := f.Sync(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
