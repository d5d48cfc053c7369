package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

func update(t *testing.T, s store.Space, fn func(store.Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

func view(t *testing.T, s store.Space, fn func(store.Tx) error) {
	t.Helper()
	if err := s.View(context.Background(), fn); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// put writes "key=value" pairs in one transaction.
func put(t *testing.T, s store.Space, pairs ...[2]string) {
	t.Helper()
	update(t, s, func(tx store.Tx) error {
		for _, p := range pairs {
			if err := tx.Put([]byte(p[0]), []byte(p[1])); err != nil {
				return err
			}
		}
		return nil
	})
}

// dump returns all pairs of the space as "key=value", in order.
func dump(t *testing.T, s store.Space) (all []string) {
	t.Helper()
	view(t, s, func(tx store.Tx) error {
		var err error
		all, err = scan(tx, "", "", false)
		return err
	})
	return all
}

// scan returns the pairs of a scan as "key=value"; "" is an open bound.
func scan(tx store.Tx, from, to string, reverse bool) (all []string, err error) {
	for p, err := range tx.Scan(bound(from), bound(to), reverse) {
		if err != nil {
			return all, err
		}
		all = append(all, string(p.Key)+"="+string(p.Value))
	}
	return all, nil
}

func bound(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}

func wantKind(t *testing.T, what string, err error, kind errors.Kind) {
	t.Helper()
	if got := errors.KindOf(err); got != kind {
		t.Errorf("%s: %v (kind %v), want kind %v", what, err, got, kind)
	}
}

func wantDump(t *testing.T, s store.Space, want ...string) {
	t.Helper()
	if got := dump(t, s); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the space holds %q, want %q", got, want)
	}
}
