package host

import (
	"context"

	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
)

// Changed reports that the executable is not the one that was vouched for.
func (q *Quarantine) Changed() bool { return q.Limit == supervise.Limit{} && q.Damage == nil }

// isChanged reports whether a start failed because of that: the next one would
// find the same executable.
func isChanged(err error) bool { return errors.Is(err, seal.ErrChanged) }

// putAside keeps why the module is not started any more, with its last words.
func (w *worker) putAside(s supervise.Status) {
	if w.quarantine.Load() != nil {
		return // it was hired anew and still is
	}
	q := &Quarantine{At: s.Since, Limit: s.Over, Reason: s.LastError, Lines: w.lines.Last(lastLines)}
	w.quarantine.Store(q)
	m := w.entry.manifest
	w.host.keeper.put(&aside{ID: m.ID, Version: m.Version, SHA256: w.entry.binary.Content().SHA256, Why: *q})
}

// recall puts the module aside as it was when the core ended. Crashes are held
// against the very executable that crashed; one that was replaced unseen stays
// aside until somebody has looked, also if this core takes it for the right one;
// so does one of which the core cannot read why it was put aside.
func (w *worker) recall() {
	m := w.entry.manifest
	kept := w.host.keeper.of(m.ID)
	if kept == nil {
		return
	}
	same := kept.SHA256 == w.entry.binary.Content().SHA256
	if kept.Why.Damage == nil && (kept.Version != m.Version || same == kept.Why.Changed()) {
		w.host.keeper.forget(m.ID)
		return
	}
	w.quarantine.Store(&kept.Why)
	w.crashes.Hold(kept.Why.Limit)
}

// pardon ends the quarantine of a module that nobody supervises; false when
// somebody does.
func (w *worker) pardon() bool {
	w.state.Lock()
	defer w.state.Unlock()
	if w.super != nil {
		return false
	}
	w.quarantine.Store(nil)
	w.crashes.Forgive()
	w.host.keeper.forget(w.entry.manifest.ID)
	return true
}

// save has what the keeper was told written before it returns, but for a disk
// that takes too long. That ctx ended cuts nothing short.
func (h *Host) save(ctx context.Context) {
	if err := h.keeper.save(context.WithoutCancel(ctx)); err != nil {
		h.cfg.Log.Error("quarantine not kept", "err", err)
	}
}

// refused puts on record that the executable is not the one vouched for.
func (w *worker) refused(ctx context.Context, why error) {
	err := w.host.audit(ctx, Change{Module: w.entry.manifest.ID, What: "refused", Reason: why.Error()})
	if err != nil {
		w.host.cfg.Log.Error("not recorded", "module", w.entry.manifest.ID, "err", err)
	}
}
