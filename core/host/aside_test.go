package host_test

import (
	"context"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// onDisk is an edit that puts the host on a disk which does as it is told.
func onDisk(d *host.DiskForTest) func(*host.Config) {
	return func(c *host.Config) { d.Engine = c.Engine; c.Engine = d }
}

// crash has the victim end, and crash at each start from now on.
func (h *house) crash(t *testing.T) {
	t.Helper()
	h.fault(t, victim, "exit")
	h.signal(t, victim, syscall.SIGKILL)
	eventually(t, "it is put aside", func() bool { return h.status(t, victim).State == supervise.Quarantined })
}

// soon wants something to end although the store does not answer.
func soon(t *testing.T, what string, do func() error) {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	case <-time.After(20 * time.Second):
		t.Fatalf("%s waits for the store", what)
	}
}

// TestStalledStore: while the core's own space does not answer, modules are put
// aside, restarted, switched on and stopped all the same.
func TestStalledStore(t *testing.T) {
	d := &host.DiskForTest{}
	h := newHouse(t, func(c *host.Config) { onDisk(d)(c); c.Pace.Keep = 100 * time.Millisecond }, victim)
	h.start(t)
	free := make(chan struct{})
	defer close(free)
	writes := func(ctx context.Context, write bool) error {
		if !write {
			return nil
		}
		select {
		case <-free:
		case <-ctx.Done():
		}
		return ctx.Err()
	}
	d.May.Store(&writes)
	h.crash(t)
	h.fault(t, victim, "")
	soon(t, "a restart", func() error { return h.Restart(t.Context(), victim) })
	h.says(t, school, victim, "")
	h.crash(t)
	everything := func(ctx context.Context, _ bool) error { return writes(ctx, true) }
	d.May.Store(&everything)
	soon(t, "a school that switches a module on", func() error { return h.Enable(t.Context(), school, voisin) })
	soon(t, "the end", func() error { return h.Stop(t.Context()) })
}

// TestQuarantineIsWrittenLater: one that could not be kept when it began is kept
// as soon as it can be.
func TestQuarantineIsWrittenLater(t *testing.T) {
	d := &host.DiskForTest{}
	h := newHouse(t, onDisk(d), victim)
	h.start(t)
	var refused atomic.Int32
	full := func(_ context.Context, write bool) error {
		if !write {
			return nil
		}
		refused.Add(1)
		return errors.New(errors.Unavailable, "")
	}
	d.May.Store(&full)
	h.crash(t)
	was := h.status(t, victim).Quarantine
	eventually(t, "it cannot be kept", func() bool { return refused.Load() > 0 })
	d.May.Store(nil)
	check(t, h.Stop(t.Context()))
	h = h.again(t)
	h.start(t)
	if s := h.status(t, victim); s.State != supervise.Quarantined || !s.Quarantine.At.Equal(was.At) {
		t.Errorf("%+v", s)
	}
}

// TestUnreadable: a host that cannot read who was put aside or halted is not made;
// neither is one that finds a record and cannot tell of which module it is.
func TestUnreadable(t *testing.T) {
	h := newHouse(t, nil, victim)
	refused := func(what string, edit func(*host.Config)) {
		t.Helper()
		cfg, err := config(h.dir, h.engine)
		check(t, err)
		defer cfg.Files.Close()
		edit(&cfg)
		if _, err := host.New(cfg); err == nil {
			t.Errorf("%s: it would start what was put aside", what)
		}
	}
	d := &host.DiskForTest{}
	broken := func(context.Context, bool) error { return errors.New(errors.Unavailable, "") }
	d.May.Store(&broken)
	refused("the disk", onDisk(d))
	space, err := h.engine.Open(t.Context(), store.Global)
	check(t, err)
	for _, of := range []string{"host.aside", "host.stopped"} {
		nameless := store.K(of, "", 7)
		check(t, space.Update(t.Context(), func(tx store.Tx) error { return tx.Put(nameless, []byte("{}")) }))
		refused(of, func(*host.Config) {})
		check(t, space.Update(t.Context(), func(tx store.Tx) error { return tx.Delete(nameless) }))
	}
}
