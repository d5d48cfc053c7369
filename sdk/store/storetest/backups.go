package storetest

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

func backup(t *testing.T, s store.Space) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Backup(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func backupRestores(t *testing.T, open Opener) {
	e := engine(t, open)
	s := spaceOf(t, e, school)
	update(t, s, func(tx store.Tx) error {
		for i := range 2000 {
			if err := tx.Put(fmt.Appendf(nil, "k%d", i), bytes.Repeat([]byte{byte(i)}, i%300)); err != nil {
				return err
			}
		}
		return tx.Emit("x.y", "kept", "p1")
	})
	want, outbox := dump(t, s), fmt.Sprint(pending(t, s, 0))
	copied := backup(t, s)
	put(t, s, [2]string{"later", ""})
	if err := e.Drop(t.Context(), school); err != nil {
		t.Fatal(err)
	}
	if err := e.Restore(t.Context(), school, bytes.NewReader(copied)); err != nil {
		t.Fatal(err)
	}
	s = spaceOf(t, e, school)
	if got := dump(t, s); !slices.Equal(got, want) {
		t.Errorf("restored %d pairs, want the %d of the backup", len(got), len(want))
	}
	if got := fmt.Sprint(pending(t, s, 0)); got != outbox {
		t.Errorf("restored outbox %v, want %v", got, outbox)
	}
	put(t, s, [2]string{"later", ""}) // and it is a space like any other
}

// backupIsConsistent backs up while pairs are written that always agree.
func backupIsConsistent(t *testing.T, open Opener) {
	e := engine(t, open)
	s := spaceOf(t, e, school)
	stop := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				put(t, s, [2]string{"a", fmt.Sprint(i)}, [2]string{fmt.Sprint("m", i%97), strings.Repeat("x", i%5000)}, [2]string{"z", fmt.Sprint(i)})
			}
		}
	})
	var copies [][]byte
	for range 5 {
		copies = append(copies, backup(t, s))
	}
	close(stop)
	writer.Wait()
	for _, c := range copies {
		if err := errors.Join(e.Drop(t.Context(), other), e.Restore(t.Context(), other, bytes.NewReader(c))); err != nil {
			t.Fatal(err)
		}
		all := dump(t, spaceOf(t, e, other))
		if len(all) == 0 {
			continue // before the first write
		}
		if a, z := all[0], all[len(all)-1]; a[1:] != z[1:] {
			t.Errorf("the backup holds %s and %s", a, z)
		}
	}
}

func restoreRefuses(t *testing.T, open Opener) {
	e := engine(t, open)
	s := spaceOf(t, e, school)
	update(t, s, func(tx store.Tx) error { return tx.Put([]byte("k"), make([]byte, 100_000)) })
	whole := backup(t, s)
	wantKind(t, "Restore over a space", e.Restore(t.Context(), school, bytes.NewReader(whole)), errors.Conflict)
	for name, bad := range map[string][]byte{
		"nothing": nil, "text": []byte("not a backup"), "zeros": make([]byte, 1<<16), "cut": whole[:len(whole)-5000], "half": whole[:len(whole)/2], "begun": whole[:100],
	} {
		wantKind(t, "Restore of "+name, e.Restore(t.Context(), other, bytes.NewReader(bad)), errors.Invalid)
	}
	if all, err := e.Spaces(t.Context()); len(all) != 1 || err != nil {
		t.Errorf("Spaces = %v, %v; want the first only", all, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantKind(t, "Backup with an ended context", s.Backup(ctx, &bytes.Buffer{}), errors.Cancelled)
}
