package host

import (
	"context"
	"path/filepath"
	"time"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/upgrade"
	"github.com/preau-ent/preau/sdk/errors"
)

// exchange is the part during which requests wait: from here on whatever fails
// is undone.
func (r *renewal) exchange(ctx context.Context) error {
	r.plan.Tell(Step{Name: StepStart})
	run, end, err := r.host.sockets()
	if err != nil {
		return err
	}
	defer end()
	t := r.transfer(run)
	if t.process, err = process.Prepare(ctx, t.cfg); err != nil { // the old one serves all the while
		return r.failed(ctx, err)
	}
	// Its rehearsal showed that it activates at once: one that hangs now is given
	// up while those who wait still have the patience for the old version.
	t.cfg.Timeout = min(t.cfg.Timeout, r.host.cfg.Pace.Held*3/4)
	r.old.mu.Lock() // nobody else hires or dismisses
	defer r.old.mu.Unlock()
	if r.host.worker(r.report.Module) != r.old {
		t.process.Kill()
		return errors.New(errors.Conflict, "host.upgrade.busy", "module", string(r.report.Module))
	}
	gate := r.old.gate
	r.old.hold(true)
	empty, began := gate.Shut(), time.Now()
	defer func() {
		gate.Open()
		r.report.Held = time.Since(began)
	}()
	err = r.hand(ctx, t, empty)
	if err == nil {
		r.release(ctx, t.process)
		return nil
	}
	r.plan.Tell(Step{Name: StepUndo})
	t.process.Kill()
	err = errors.Join(err, r.host.giveBack(t, err), r.host.present(r.old.entry))
	r.old.hold(false)
	r.rehire(ctx)
	return r.failed(ctx, err)
}

// hand ends the old process and gives its data to the new one. The change is
// made when it returns nil, for this core and for the next that starts.
func (r *renewal) hand(ctx context.Context, t *transfer, empty <-chan struct{}) error {
	h, id := r.host, r.report.Module
	if err := h.journal().Begin(ctx, t.attempt); err != nil {
		return err
	}
	r.plan.Tell(Step{Name: StepDrain})
	drain, cancel := context.WithTimeout(ctx, h.cfg.Pace.Drain)
	defer cancel()
	late := time.NewTimer(h.cfg.Pace.Drain * 4 / 5) // the rest is for stores and outboxes
	defer late.Stop()
	select {
	case <-empty:
	case <-late.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	r.old.dismiss(drain)
	if err := h.takeOver(ctx, t); err != nil {
		return err
	}
	r.report.Schema, r.report.Migrated, r.report.Backup = t.want, t.schools, t.attempt.Backup
	if err := h.present(r.next.entry); err != nil {
		return err
	}
	if err := h.audit(ctx, Change{Module: id, What: "upgraded", From: r.report.From, To: r.report.To}); err != nil {
		return err
	}
	done := &upgrade.Outcome{From: r.report.From, To: r.report.To, At: time.Now()}
	return h.journal().End(ctx, id, t.want, done, r.plan.Commit)
}

// present makes a version's permissions and words known.
func (h *Host) present(e *entry) error {
	if h.cfg.Present == nil {
		return nil
	}
	return h.cfg.Present(e.manifest, e.folder)
}

// release lets requests go to the new process. The change is made: nothing here
// can fail but by the module having been removed meanwhile.
func (r *renewal) release(ctx context.Context, p *process.Process) {
	r.plan.Tell(Step{Name: StepRelease})
	h, id := r.host, r.report.Module
	h.mu.Lock()
	err := h.change(func(c *catalogue) (*catalogue, error) {
		if c.workers[id] != r.old {
			return nil, errors.New(errors.Conflict, "host.upgrade.busy", "module", string(id))
		}
		return c.with(r.next.entry, r.next), nil
	})
	kept := err == nil && h.running && h.needs(r.next)
	h.keeper.forget(id)
	if kept {
		r.next.adopt(p)
	}
	h.mu.Unlock()
	h.save(ctx)
	if kept {
		_ = r.next.tried(context.WithoutCancel(ctx)) // it is there already: at once
	} else {
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), h.cfg.Pace.Drain)
		defer cancel()
		p.Stop(drain)
	}
	if err := upgrade.Prune(filepath.Join(h.backups(), string(id))); err != nil {
		h.cfg.Log.Warn("old copies of a module's data stay", "module", id, "err", err)
	}
	for _, school := range h.Schools(id) {
		if err := h.announce(context.WithoutCancel(ctx), Change{School: school, Module: id}, EventUpgraded); err != nil {
			h.cfg.Log.Warn("an upgrade was not announced", "module", id, "school", school, "err", err)
		}
	}
}

// rehire starts the old version again and waits until it serves or could not.
func (r *renewal) rehire(ctx context.Context) {
	h := r.host
	h.mu.Lock()
	if h.running && h.needs(r.old) {
		r.old.hire()
	}
	h.mu.Unlock()
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), h.cfg.Pace.Start)
	defer cancel()
	_ = r.old.tried(wait) // late or not, its state says so
}

// failed audits an attempt that was undone and says why it was.
func (r *renewal) failed(ctx context.Context, why error) error {
	r.report.Undone = true
	id, log := r.report.Module, r.host.cfg.Log
	log.Error("module not upgraded", "module", id, "from", r.report.From, "to", r.report.To, "err", why)
	r.old.lines.Add(time.Now(), "error", "preau: upgrade to "+r.report.To+" undone: "+why.Error())
	err := r.host.audit(context.WithoutCancel(ctx), Change{Module: id, What: "upgrade.undone", From: r.report.From, To: r.report.To, Reason: why.Error()})
	if err != nil {
		log.Error("not recorded", "module", id, "err", err)
	}
	return errors.Wrap(why, errors.Unavailable, "host.upgrade.undone", "module", string(id), "from", r.report.From, "to", r.report.To)
}
