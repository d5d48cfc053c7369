package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

func emit(t *testing.T, s store.Space, n int) {
	t.Helper()
	update(t, s, func(tx store.Tx) error { return tx.Emit("x.y", n) })
}

func pending(t *testing.T, s store.Space, limit int) (payloads []string, events []store.Emitted) {
	t.Helper()
	events, err := s.Pending(context.Background(), limit)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		payloads = append(payloads, string(e.Payload))
	}
	return payloads, events
}

func outboxOrder(t *testing.T, open Opener) {
	s := space(t, open)
	update(t, s, func(tx store.Tx) error {
		return tx.Emit("devoirs.published", map[string]string{"id": "h1"}, "p1", "p2")
	})
	for i := range 20 {
		emit(t, s, i)
	}
	all, events := pending(t, s, 0)
	if first := events[0]; first.Name != "devoirs.published" || all[0] != `{"id":"h1"}` ||
		!slices.Equal(first.People, []ids.PersonID{"p1", "p2"}) || first.At.IsZero() {
		t.Errorf("first event = %+v", first)
	}
	if len(events[1].People) != 0 {
		t.Errorf("people of an event for nobody in particular: %v", events[1].People)
	}
	for i, payload := range all[1:] {
		if payload != fmt.Sprint(i) {
			t.Fatalf("events in the order %v", all)
		}
	}
	if !slices.IsSortedFunc(events, func(a, b store.Emitted) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	}) {
		t.Error("IDs do not rise")
	}
	if five, _ := pending(t, s, 5); !slices.Equal(five, all[:5]) {
		t.Errorf("Pending(5) = %v", five)
	}
	if err := s.Update(t.Context(), func(tx store.Tx) error { return tx.Emit("x.y", func() {}) }); err == nil {
		t.Error("a payload that is no JSON was taken")
	}
}

func outboxIsTransactional(t *testing.T, open Opener) {
	s := space(t, open)
	_ = s.Update(t.Context(), func(tx store.Tx) error {
		if err := tx.Emit("x.y", 1); err != nil {
			t.Error(err)
		}
		return fmt.Errorf("no")
	})
	update(t, s, func(tx store.Tx) error {
		err := tx.Emit("x.y", 2)
		if got, _ := pending(t, s, 0); len(got) != 0 {
			t.Errorf("pending before the commit: %v", got)
		}
		return err
	})
	if got, _ := pending(t, s, 0); !slices.Equal(got, []string{"2"}) {
		t.Errorf("pending = %v, want [2]", got)
	}
	wantDump(t, s) // the outbox is not part of the key space
}

func outboxRedelivers(t *testing.T, open Opener) {
	s := space(t, open)
	for i := range 4 {
		emit(t, s, i)
	}
	_, events := pending(t, s, 0)
	if again, _ := pending(t, s, 0); len(again) != 4 {
		t.Errorf("what was not delivered is pending no more: %v", again)
	}
	for range 2 { // the second time they are unknown
		if err := s.Delivered(t.Context(), events[0].ID, events[2].ID, "unknown", ""); err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := pending(t, s, 0); !slices.Equal(got, []string{"1", "3"}) {
		t.Errorf("pending = %v, want [1 3]", got)
	}
	emit(t, s, 4)
	if got, _ := pending(t, s, 0); !slices.Equal(got, []string{"1", "3", "4"}) {
		t.Errorf("pending = %v, want [1 3 4]", got)
	}
}

// outboxOrderAcrossWriters drains while many write: an event that appears after
// a later one of the same key would be out of the order of commits.
func outboxOrderAcrossWriters(t *testing.T, open Opener) {
	const writers, rounds = 6, 15
	s := space(t, open)
	var drained []string
	var drainer sync.WaitGroup
	stop := make(chan struct{})
	drain := func() {
		payloads, events := pending(t, s, 0)
		drained = append(drained, payloads...)
		var all []string
		for _, e := range events {
			all = append(all, e.ID)
		}
		if err := s.Delivered(context.Background(), all...); err != nil {
			t.Error(err)
		}
	}
	drainer.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				drain()
			}
		}
	})
	together(writers, func(int) {
		for range rounds {
			if err := s.Update(context.Background(), func(tx store.Tx) error {
				n, err := number(tx, "n")
				if err == nil {
					err = setNumber(tx, "n", n+1)
				}
				if err == nil {
					err = tx.Emit("x.y", n)
				}
				return err
			}); err != nil {
				t.Error(err)
			}
		}
	})
	close(stop)
	drainer.Wait()
	drain()
	for i, n := range drained {
		if n != fmt.Sprint(i) || len(drained) != writers*rounds {
			t.Fatalf("drained %d events in the order %v", len(drained), drained)
		}
	}
}
