package host

import (
	"context"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/core/host/upgrade"
	"github.com/preau-ent/preau/sdk/errors"
)

const (
	keptLines = 1000 // of each module's log
	lastLines = 100  // of it, kept with a quarantine

	maxCalls     = 64          // at once on one module's control lane
	queueCalls   = 128         // who may wait for one of those
	maxPages     = 256         // at once on its page lane
	queuePages   = 256         // who may wait for one of those
	maxStreams   = 2048        // streams open at once; nobody waits for one
	patiencePage = time.Second // whoever would wait longer for a page is better told
)

// worker is one module at work, or not.
type worker struct {
	host  *Host
	entry *entry
	lines *supervise.Lines
	way   *supervise.Throttle // of the module's own lines
	trend *trend
	disk  disk

	gate                  *upgrade.Gate // shut while another version takes over
	calls, pages, streams *places       // who may wait for the module

	crashes    *supervise.Crashes // of all its processes
	quarantine atomic.Pointer[Quarantine]
	recalled   sync.Once               // what the core knew of it before its last end
	circuit    atomic.Pointer[circuit] // of the process there is
	latest     atomic.Pointer[Sample]  // of it

	released atomic.Bool                     // the process may ask the core for things
	adopted  atomic.Pointer[process.Process] // started by an upgrade: the first one to supervise

	mu    sync.Mutex // one hiring or dismissal at a time
	state sync.Mutex // over what follows
	held  bool       // an upgrade is at it: nobody is hired
	super *supervise.Supervisor[*process.Process]
}

func newWorker(h *Host, e *entry) *worker {
	lines := supervise.NewLines(keptLines)
	w := &worker{host: h, entry: e, lines: lines, way: supervise.NewThrottle(lines), trend: &trend{}, gate: upgrade.NewGate(maxHeld, h.cfg.Pace.Held),
		calls: newPlaces(maxCalls, queueCalls, 0), pages: newPlaces(maxPages, queuePages, patiencePage), streams: newPlaces(maxStreams, 0, 0),
		crashes: supervise.NewCrashes(supervise.Limits...)}
	w.released.Store(true)
	return w
}

// hire starts supervising the module's process; twice does no harm.
func (w *worker) hire() {
	w.state.Lock()
	defer w.state.Unlock()
	if w.super != nil || w.held {
		return
	}
	w.recalled.Do(w.recall)
	p := w.host.cfg.Pace
	w.super = supervise.New(supervise.Config[*process.Process]{
		Start: w.start, Changed: w.changed, Look: w.look, Crashes: w.crashes, Hopeless: isChanged,
		Ping: p.Ping, Answer: p.Answer, Misses: p.Misses, Stable: p.Stable, Drain: p.Drain,
	})
}

func (w *worker) start(ctx context.Context) (*process.Process, error) {
	p, err := w.adopted.Swap(nil), error(nil)
	if p == nil {
		p, err = w.begin(ctx)
	}
	if isChanged(err) {
		w.refused(ctx, err)
	}
	if err == nil {
		w.circuit.Store(newCircuit(w.circuitChanged))
		w.latest.Store(nil)
	}
	return p, err
}

// config says how to start the module's process.
func (w *worker) config() process.Config {
	m, cfg := w.entry.manifest, &w.host.cfg
	return process.Config{
		Module: m.ID, Version: m.Version, Schema: m.Schema,
		Binary: w.entry.binary, Folder: w.entry.folder,
		Data: filepath.Join(cfg.Data, string(m.ID)), Run: w.host.run,
		Timeout: cfg.Pace.Start, Launcher: cfg.Launcher, Tier: w.entry.tier(), Runtime: m.Runtime, Quotas: m.Quotas,
		Log:      w.way.Add,
		Dropped:  w.way.Drop,
		Full:     w.disk.full.Load,
		Services: func() *grpc.Server { return w.host.services.Server(m, w.may) },
		Egress:   w.wayOut(),
	}
}

// restart puts a fresh process in the place of the one there is, if any.
func (w *worker) restart(ctx context.Context) error {
	s := w.supervisor()
	if s == nil {
		return errors.New(errors.Unavailable, "host.idle", "module", string(w.entry.manifest.ID))
	}
	err := s.Restart(ctx)
	if err != nil && !isChanged(err) { // which says so itself
		return errors.Wrap(err, errors.Unavailable, "host.nostart", "module", string(w.entry.manifest.ID))
	}
	return err
}

// dismiss stops the process, and does not come back before nothing is left of
// it. When ctx ends, what has not drained is killed.
func (w *worker) dismiss(ctx context.Context) {
	super := w.supervisor()
	if super == nil {
		return
	}
	current, up := super.Current() // draining, it is not to be had any more
	over := context.AfterFunc(ctx, func() {
		if up {
			current.Kill()
		}
	})
	super.Stop()
	over()
	if p := w.adopted.Swap(nil); p != nil { // it was stopped before it came to it
		p.Kill()
	}
	w.state.Lock()
	if w.super == super {
		w.super = nil
	}
	w.state.Unlock()
}

// dismissUnless is dismiss for a module that nobody needs, if that is still so;
// should somebody change their mind meanwhile, the process comes back.
func (w *worker) dismissUnless(ctx context.Context, needed func() bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if needed() {
		return
	}
	w.dismiss(ctx)
	if needed() {
		w.host.mu.Lock()
		defer w.host.mu.Unlock()
		if w.host.running {
			w.hire()
		}
	}
}

func (w *worker) supervisor() *supervise.Supervisor[*process.Process] {
	w.state.Lock()
	defer w.state.Unlock()
	return w.super
}

// running returns the process to be called, with its circuit; Unavailable, with
// what to expect, when there is none.
func (w *worker) running() (*process.Process, *circuit, error) {
	s := w.supervisor()
	if s == nil {
		return nil, nil, away(supervise.Status{})
	}
	if p, ok := s.Current(); ok {
		return p, w.circuit.Load(), nil
	}
	return nil, nil, away(s.Status())
}
