package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// spoil makes every kind of write, for a transaction that is not to be kept.
func spoil(tx store.Tx) error {
	return errors.Join(
		tx.Put([]byte("a"), []byte("spoilt")), tx.Put([]byte("a"), []byte("twice")), tx.Put([]byte("new"), nil),
		tx.Delete([]byte("b")), tx.Put([]byte("c"), nil), tx.Delete([]byte("c")), tx.Emit("x.spoilt", 1),
	)
}

// unspoilt is a space to call spoil on; the function says whether it took effect.
func unspoilt(t *testing.T, open Opener) (store.Space, func()) {
	s := space(t, open)
	put(t, s, [2]string{"a", "1"}, [2]string{"b", "2"})
	return s, func() {
		t.Helper()
		wantDump(t, s, "a=1", "b=2")
		if events, err := s.Pending(context.Background(), 0); len(events) != 0 || err != nil {
			t.Errorf("outbox holds %v, %v; want nothing", events, err)
		}
		put(t, s, [2]string{"d", "4"}) // and writing goes on
		wantDump(t, s, "a=1", "b=2", "d=4")
	}
}

func errorKeepsNothing(t *testing.T, open Opener) {
	s, check := unspoilt(t, open)
	no := fmt.Errorf("no")
	if err := s.Update(t.Context(), func(tx store.Tx) error { return errors.Join(spoil(tx), no) }); !errors.Is(err, no) {
		t.Errorf("Update = %v, want the function's error", err)
	}
	check()
}

func panicKeepsNothing(t *testing.T, open Opener) {
	s, check := unspoilt(t, open)
	for _, do := range []func(context.Context, func(store.Tx) error) error{s.View, s.Update} {
		func() {
			defer func() {
				if p := recover(); p != "boum" {
					t.Errorf("recovered %v, want the function's panic", p)
				}
			}()
			_ = do(t.Context(), func(tx store.Tx) error {
				if tx.Writable() {
					if err := spoil(tx); err != nil {
						t.Error(err)
					}
				}
				panic("boum")
			})
		}()
	}
	check()
}

func cancelledKeepsNothing(t *testing.T, open Opener) {
	s, check := unspoilt(t, open)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Update(ctx, func(tx store.Tx) error { defer cancel(); return spoil(tx) })
	wantKind(t, "Update cancelled in its function", err, errors.Cancelled)
	never := func(store.Tx) error { t.Error("the function ran after the end of its context"); return nil }
	wantKind(t, "Update", s.Update(ctx, never), errors.Cancelled)
	wantKind(t, "View", s.View(ctx, never), errors.Cancelled)
	check()

	// One that waits behind a long Update leaves the line when its context ends.
	inside, goOn, first := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		first <- s.Update(context.Background(), func(tx store.Tx) error {
			close(inside)
			<-goOn
			return tx.Put([]byte("e"), []byte("5"))
		})
	}()
	<-inside
	ctx, cancel = context.WithCancel(t.Context())
	second := make(chan error)
	go func() { second <- s.Update(ctx, func(tx store.Tx) error { return tx.Put([]byte("e"), []byte("6")) }) }()
	cancel()
	wantKind(t, "Update behind another", <-second, errors.Cancelled)
	close(goOn)
	wantKind(t, "the other", <-first, errors.OK)
	wantDump(t, s, "a=1", "b=2", "d=4", "e=5")
}

// failureUndoesItselfAlone runs good and bad writers side by side on the same
// keys: whatever an engine groups, the bad ones leave no trace.
func failureUndoesItselfAlone(t *testing.T, open Opener) {
	const writers, rounds = 8, 20
	s := space(t, open)
	together(writers, func(w int) {
		for range rounds {
			err := s.Update(context.Background(), func(tx store.Tx) error {
				n, err := number(tx, "n")
				if err != nil {
					return err
				}
				err = errors.Join(setNumber(tx, "n", n+1), tx.Put(fmt.Appendf(nil, "w%d", w), nil), tx.Emit("x.y", w))
				if w%2 == 1 {
					return errors.Join(err, errors.New(errors.Denied, ""))
				}
				return err
			})
			if want := errors.Kind(w%2) * errors.Denied; errors.KindOf(err) != want {
				t.Errorf("writer %d: %v, want kind %v", w, err, want)
			}
		}
	})
	wantDump(t, s, fmt.Sprintf("n=%d", writers/2*rounds), "w0=", "w2=", "w4=", "w6=")
	if events, _ := s.Pending(t.Context(), 0); len(events) != writers/2*rounds {
		t.Errorf("%d events, want %d", len(events), writers/2*rounds)
	}
}

func transactionEnds(t *testing.T, open Opener) {
	s, check := unspoilt(t, open)
	for _, do := range []func(context.Context, func(store.Tx) error) error{s.View, s.Update} {
		var kept store.Tx
		if err := do(t.Context(), func(tx store.Tx) error { kept = tx; return nil }); err != nil {
			t.Fatal(err)
		}
		_, _, err := kept.Get([]byte("a"))
		wantKind(t, "Get after the end", err, errors.Bug)
		wantKind(t, "Put after the end", kept.Put([]byte("a"), nil), errors.Bug)
		wantKind(t, "Delete after the end", kept.Delete([]byte("a")), errors.Bug)
		wantKind(t, "Emit after the end", kept.Emit("x.y", 1), errors.Bug)
		_, err = scan(kept, "", "", false)
		wantKind(t, "Scan after the end", err, errors.Bug)
	}
	check()
}
