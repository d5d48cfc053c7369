package host

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/upgrade"
	"github.com/preau-ent/preau/sdk/errors"
)

// errBroken is why an attempt that the core did not survive was undone.
var errBroken = errors.New(errors.Unavailable, "host.upgrade.killed")

// begin starts a process and makes sure that the data suits it: what a killed
// core left half done is undone first, data of an earlier schema is copied and
// migrated, and a version that does not know the data is not started. Most
// times none of this is needed.
func (w *worker) begin(ctx context.Context) (*process.Process, error) {
	if err := w.entry.refuseTier(w.host.cfg.Launcher.Tier(w.entry.tier())); err != nil {
		return nil, err
	}
	h, cfg := w.host, w.config()
	broken, err := h.journal().Attempt(ctx, cfg.Module)
	if err != nil {
		return nil, err
	}
	if broken != nil {
		if err := h.undo(broken); err != nil {
			return nil, err
		}
	}
	known, err := h.journal().Known(ctx, cfg.Module)
	want := w.entry.schema()
	switch {
	case err != nil:
		return nil, err
	case known.Schema > want:
		return nil, errors.New(errors.Unavailable, "host.schema", "module", string(cfg.Module), "found", known.Schema, "want", want)
	case known.Schema == want:
		return process.Start(ctx, cfg)
	}
	return w.catchUp(ctx, cfg, known)
}

// catchUp starts a version that came to its place while the core did not run.
func (w *worker) catchUp(ctx context.Context, cfg process.Config, known upgrade.Known) (*process.Process, error) {
	h, from := w.host, fmt.Sprintf("schema%d", known.Schema)
	t := &transfer{cfg: cfg, want: w.entry.schema(), tell: func(Step) {},
		attempt: upgrade.Attempt{ID: cfg.Module, From: from, To: cfg.Version, At: time.Now()}}
	p, err := process.Prepare(ctx, cfg)
	if err != nil {
		return nil, err
	}
	t.process = p
	w.released.Store(false) // what it would tell the core may yet be undone
	defer w.released.Store(true)
	if err = h.journal().Begin(ctx, t.attempt); err == nil {
		err = h.takeOver(ctx, t)
	}
	if err == nil {
		err = h.journal().End(ctx, cfg.Module, t.want, nil, nil)
	}
	if err != nil {
		p.Kill()
		return nil, errors.Join(err, h.giveBack(t, err))
	}
	if len(t.schools) > 0 {
		w.lines.Add(time.Now(), "info", "preau: data migrated")
	}
	return p, nil
}

// undo ends an attempt that a core did not survive, before anybody uses the
// data.
func (h *Host) undo(a *upgrade.Attempt) error {
	h.cfg.Log.Warn("undoing an upgrade that was broken off", "module", a.ID, "from", a.From, "to", a.To)
	t := &transfer{attempt: *a}
	t.cfg.Data = filepath.Join(h.cfg.Data, string(a.ID))
	if err := h.giveBack(t, errBroken); err != nil {
		return err
	}
	err := h.audit(context.Background(), Change{Module: a.ID, What: "upgrade.undone", From: a.From, To: a.To, Reason: errBroken.Key})
	if err != nil {
		h.cfg.Log.Error("not recorded", "module", a.ID, "err", err)
	}
	return nil
}

// undoBroken undoes every attempt that a core did not survive. What cannot be
// undone keeps its module from starting, not the others.
func (h *Host) undoBroken(ctx context.Context) error {
	broken, err := h.journal().Broken(ctx)
	for _, a := range broken {
		if err := h.undo(&a); err != nil {
			h.cfg.Log.Error("an upgrade cannot be undone", "module", a.ID, "err", err)
		}
	}
	return err
}
