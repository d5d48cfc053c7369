package host

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"google.golang.org/grpc"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
)

const (
	keptLines = 1000 // of each module's log
	maxCalls  = 64   // at once on one module's control lane
	maxPages  = 256  // at once on its page lane
	maxStream = 2048 // streams open at once
)

// worker is one module at work, or not.
type worker struct {
	host  *Host
	entry *entry
	lines *supervise.Lines

	calls, pages, streams chan struct{} // who may wait for the module

	mu    sync.Mutex // one hiring or dismissal at a time
	state sync.Mutex // over super
	super *supervise.Supervisor[*process.Process]
}

func newWorker(h *Host, e *entry) *worker {
	return &worker{host: h, entry: e, lines: supervise.NewLines(keptLines),
		calls: make(chan struct{}, maxCalls), pages: make(chan struct{}, maxPages), streams: make(chan struct{}, maxStream)}
}

// hire starts supervising the module's process; twice does no harm.
func (w *worker) hire() {
	w.state.Lock()
	defer w.state.Unlock()
	if w.super != nil {
		return
	}
	p := w.host.cfg.Pace
	w.super = supervise.New(supervise.Config[*process.Process]{
		Start: w.start, Changed: w.changed,
		Ping: p.Ping, Answer: p.Answer, Misses: p.Misses, Stable: p.Stable, Drain: p.Drain,
	})
}

func (w *worker) start(ctx context.Context) (*process.Process, error) {
	m, cfg := w.entry.manifest, w.host.cfg
	return process.Start(ctx, process.Config{
		Module: m.ID, Version: m.Version,
		Binary: filepath.Join(w.entry.folder, string(m.ID)), Folder: w.entry.folder,
		Data: filepath.Join(cfg.Data, string(m.ID)), Run: w.host.run,
		Timeout: cfg.Pace.Start, Launcher: cfg.Launcher,
		Log:      func(level, text string) { w.lines.Add(time.Now(), level, text) },
		Services: func() *grpc.Server { return w.host.services.Server(m, w.entry.may) },
	})
}

// changed keeps each step of the process's life with its log.
func (w *worker) changed(s supervise.Status) {
	id := w.entry.manifest.ID
	level, text := "info", "preau: "+string(s.State)
	if s.State == supervise.BackingOff || s.State == supervise.Degraded {
		level, text = "error", text+": "+s.LastError
		w.host.cfg.Log.Error("module "+string(s.State), "module", id, "err", s.LastError, "restarts", s.Restarts)
	}
	w.lines.Add(s.Since, level, text)
	if s.State == supervise.Serving {
		w.host.cfg.Events.Wake(id)
	}
}

// dismiss stops the process, and does not come back before nothing is left of it.
func (w *worker) dismiss(ctx context.Context) {
	w.state.Lock()
	super := w.super
	w.state.Unlock()
	if super == nil {
		return
	}
	over := context.AfterFunc(ctx, func() {
		if p, ok := super.Current(); ok {
			p.Kill()
		}
	})
	super.Stop()
	over()
	w.state.Lock()
	if w.super == super {
		w.super = nil
	}
	w.state.Unlock()
}

// dismissUnless is dismiss for a module that no school needs, if that is still
// so; should a school change its mind meanwhile, the process comes back.
func (w *worker) dismissUnless(needed func() bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if needed() {
		return
	}
	w.dismiss(context.Background())
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

// process returns the process to be called; Unavailable when there is none.
func (w *worker) process() (*process.Process, error) {
	if s := w.supervisor(); s != nil {
		if p, ok := s.Current(); ok {
			return p, nil
		}
	}
	return nil, errors.New(errors.Unavailable, "host.away", "module", string(w.entry.manifest.ID))
}

// tried waits until the first start succeeded or failed.
func (w *worker) tried(ctx context.Context) error {
	s := w.supervisor()
	if s == nil {
		return nil
	}
	select {
	case <-s.Tried():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *worker) serves() bool {
	s := w.supervisor()
	return s != nil && s.Status().State == supervise.Serving
}

func (w *worker) status() Status {
	out := Status{ID: w.entry.manifest.ID, Version: w.entry.manifest.Version, State: supervise.Stopped, Tier: w.host.cfg.Launcher.Tier()}
	if s := w.supervisor(); s != nil {
		st := s.Status()
		out.State, out.PID, out.Restarts, out.Since, out.LastError = st.State, st.PID, st.Restarts, st.Since, st.LastError
	}
	return out
}

// enter takes one of the places, waiting as long as ctx allows; leave gives it
// back. So a module that hangs holds up a bounded number of callers.
func enter(ctx context.Context, places chan struct{}) error {
	select {
	case places <- struct{}{}:
		return nil
	default:
	}
	select {
	case places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errors.Wrap(ctx.Err(), errors.Unavailable, "host.busy")
	}
}

func leave(places chan struct{}) { <-places }
