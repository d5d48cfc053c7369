package host

import (
	"context"

	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Changed reports that the executable is not the one that was vouched for.
func (q *Quarantine) Changed() bool { return q.Limit == supervise.Limit{} }

// isChanged reports whether a start failed because of that: the next one would
// find the same executable.
func isChanged(err error) bool { return errors.Is(err, seal.ErrChanged) }

// aside is a quarantine in the core's own space: a new start of the core
// forgives nothing.
type aside struct {
	ID      ids.ModuleID `json:"id"`
	Version string       `json:"version"`
	SHA256  string       `json:"sha256"` // of the executable that was vouched for
	Why     Quarantine   `json:"why"`
}

var asides = store.NewCollection[aside]("host.aside")

// putAside keeps why the module is not started any more, with its last words.
func (w *worker) putAside(s supervise.Status) {
	if w.quarantine.Load() != nil {
		return // it was hired anew and still is
	}
	q := &Quarantine{At: s.Since, Limit: s.Over, Reason: s.LastError, Lines: w.lines.Last(lastLines)}
	w.quarantine.Store(q)
	m := w.entry.manifest
	kept := &aside{ID: m.ID, Version: m.Version, SHA256: w.entry.binary.Content().SHA256, Why: *q}
	if err := w.host.core(func(s store.Space) error {
		return s.Update(context.Background(), func(tx store.Tx) error { return asides.Put(tx, kept) })
	}); err != nil {
		w.host.cfg.Log.Error("quarantine not kept", "module", m.ID, "err", err)
	}
}

// recall puts the module aside as it was when the core ended. Crashes are held
// against the very executable that crashed; one that was replaced unseen stays
// aside until somebody has looked, also if this core takes it for the right one.
func (w *worker) recall() {
	m := w.entry.manifest
	kept, err := w.host.aside(m.ID)
	switch {
	case err != nil:
		w.host.cfg.Log.Error("quarantine not read", "module", m.ID, "err", err)
		return
	case kept == nil:
		return
	}
	same := kept.SHA256 == w.entry.binary.Content().SHA256
	if kept.Version != m.Version || same == kept.Why.Changed() {
		w.host.forgive(m.ID)
		return
	}
	w.quarantine.Store(&kept.Why)
	w.crashes.Hold(kept.Why.Limit)
}

// forgive forgets a module's quarantine; none is no error.
func (h *Host) forgive(id ids.ModuleID) {
	kept, err := h.aside(id)
	if err == nil && kept != nil {
		err = h.core(func(s store.Space) error {
			return s.Update(context.Background(), func(tx store.Tx) error { return asides.Delete(tx, string(id)) })
		})
	}
	if err != nil {
		h.cfg.Log.Error("quarantine not forgotten", "module", id, "err", err)
	}
}

// aside reads what is kept of a module's quarantine; nil: nothing.
func (h *Host) aside(id ids.ModuleID) (kept *aside, err error) {
	err = h.core(func(s store.Space) error {
		return s.View(context.Background(), func(tx store.Tx) (err error) {
			kept, err = asides.Get(tx, string(id))
			return err
		})
	})
	if errors.KindOf(err) == errors.NotFound {
		return nil, nil
	}
	return kept, err
}

// core does something in the core's own space.
func (h *Host) core(do func(store.Space) error) error {
	space, err := h.cfg.Engine.Open(context.Background(), store.Global)
	if err != nil {
		return err
	}
	return do(space)
}

// refused puts on record that the executable is not the one vouched for.
func (w *worker) refused(ctx context.Context, why error) {
	err := w.host.audit(ctx, Change{Module: w.entry.manifest.ID, What: "refused", Reason: why.Error()})
	if err != nil {
		w.host.cfg.Log.Error("not recorded", "module", w.entry.manifest.ID, "err", err)
	}
}
