package host

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

// DiskForTest is a store whose core's own space is read and written only when it
// may be.
type DiskForTest struct {
	store.Engine
	May atomic.Pointer[func(ctx context.Context, write bool) error] // nil: it may
}

func (d *DiskForTest) Open(ctx context.Context, school ids.SchoolID) (store.Space, error) {
	s, err := d.Engine.Open(ctx, school)
	if school == store.Global && err == nil {
		s = &spaceForTest{s, d}
	}
	return s, err
}

type spaceForTest struct {
	store.Space
	disk *DiskForTest
}

func (s *spaceForTest) may(ctx context.Context, write bool) error {
	if may := s.disk.May.Load(); may != nil {
		return (*may)(ctx, write)
	}
	return nil
}

func (s *spaceForTest) View(ctx context.Context, fn func(store.Tx) error) error {
	if err := s.may(ctx, false); err != nil {
		return err
	}
	return s.Space.View(ctx, fn)
}

func (s *spaceForTest) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := s.may(ctx, true); err != nil {
		return err
	}
	return s.Space.Update(ctx, fn)
}

// newDisk returns a keeper on a disk of its own.
func newDisk(t *testing.T) (*keeper, *DiskForTest) {
	t.Helper()
	engine, err := bolt.Open(t.TempDir())
	must(t, err)
	t.Cleanup(func() { engine.Close() })
	d := &DiskForTest{Engine: engine}
	k, err := newKeeper(t.Context(), d, time.Minute, slog.New(slog.DiscardHandler))
	must(t, err)
	return k, d
}

// written is what another core would find.
func written(t *testing.T, d *DiskForTest) *keeper {
	t.Helper()
	k, err := newKeeper(t.Context(), d.Engine, time.Minute, slog.New(slog.DiscardHandler))
	must(t, err)
	return k
}

// TestKeeperTriesAgain: what cannot be written is written later; what is taken
// back meanwhile is not.
func TestKeeperTriesAgain(t *testing.T) {
	k, d := newDisk(t)
	k.again = time.Millisecond
	tries, full, done := 0, errors.New("the disk is full"), make(chan struct{})
	may := func(_ context.Context, write bool) error {
		switch tries++; tries {
		case 3:
			k.forget("b")
			k.put(&aside{ID: "a", Version: "2"})
			return nil // what it was told before
		case 4:
			close(done)
			return nil
		case 5:
			t.Errorf("written again")
		}
		return full
	}
	d.May.Store(&may)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	k.put(&aside{ID: "a", Version: "1"})
	k.put(&aside{ID: "b"})
	go func() { k.run(ctx); close(ended) }()
	<-done
	must(t, k.save(t.Context())) // after what is under way
	cancel()
	<-ended
	if found := written(t, d); found.of("a") == nil || found.of("a").Version != "2" || found.of("b") != nil {
		t.Errorf("%+v", found.known)
	}
}

// TestKeeperWaitsForNoDisk: one that hangs holds up neither who tells nor who
// asks, and who has it written only for a time.
func TestKeeperWaitsForNoDisk(t *testing.T) {
	k, d := newDisk(t)
	k.within = time.Millisecond
	free := make(chan struct{})
	may := func(context.Context, bool) error { <-free; return nil }
	d.May.Store(&may)
	k.put(&aside{ID: "a"})
	for range 3 {
		if err := k.save(t.Context()); !errors.Is(err, context.DeadlineExceeded) || k.of("a") == nil {
			t.Fatalf("%v, %+v", err, k.known)
		}
	}
	close(free)
	k.within = time.Minute
	must(t, k.save(t.Context()))
	if written(t, d).of("a") == nil {
		t.Error("not written")
	}
	k.forget("a")
	k.forget("never")
	must(t, k.save(t.Context()))
	if found := written(t, d); len(found.known) != 0 || len(k.fresh) != 0 {
		t.Errorf("%+v, unwritten %+v", found.known, k.fresh)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
