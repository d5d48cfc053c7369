package host

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core/host/upgrade"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// The steps of an upgrade, in their order; undo only comes after one failed.
const (
	StepRehearse = "rehearse" // a throw-away process of the new version shows what it can
	StepStart    = "start"    // the new process starts beside the old
	StepDrain    = "drain"    // requests wait, the old process finishes and ends
	StepCopy     = "copy"     // of the data that will be migrated
	StepActivate = "activate" // the new process gets the data
	StepMigrate  = "migrate"  // school by school
	StepRelease  = "release"  // requests go to the new process
	StepUndo     = "undo"     // all is as it was
)

// Step is how far an upgrade is. Total is 0 for a step that is not counted.
type Step struct {
	Name        string
	Done, Total int
}

// Report is what an upgrade did.
type Report struct {
	Module     ids.ModuleID
	From, To   string         // versions
	Schema     int            // of the data, now
	Migrated   []ids.SchoolID // whose data was
	Backup     string         // folder of the copies; empty: nothing had to be migrated
	Held       time.Duration  // how long requests waited at most
	Undone     bool           // the attempt failed and all is as it was
	Rehearsed  bool           // the new version passed its rehearsal
	Unaccepted []string       // capabilities that the new version asks for and nobody granted
}

// Plan says how to upgrade; its zero value is the usual way.
type Plan struct {
	Rehearse bool                    // only that: nothing changes
	Tell     func(Step)              // told of progress, from one goroutine at a time; may be nil
	Commit   func(tx store.Tx) error // keeps the choice of the version with the journal, in the core's space; may be nil
}

// EventUpgraded is published in every school that uses the module.
const EventUpgraded = "core.module.upgraded"

// Upgrade puts another version of a module, later or earlier, in the place of
// the one there is, while requests go on:
//
//  1. It is checked: the same module, nothing asked for that was not granted,
//     data that it knows.
//  2. It is rehearsed with an invented person in an invented school.
//  3. Its process starts beside the old one.
//  4. Requests wait at the gate; the old process finishes what it began and ends.
//     The data that will be migrated is copied.
//  5. The new process gets the data and migrates it, school by school.
//  6. The gate opens.
//
// When 3 to 5 fail all is undone: the data is what it was, the old version
// serves again, and the error says why. A core that is killed in between undoes
// it at its next start. Only one version of a module changes at a time; Conflict
// for another, and when the host stops meanwhile.
func (h *Host) Upgrade(ctx context.Context, id ids.ModuleID, to Source, plan Plan) (Report, error) {
	old := h.worker(id)
	if old == nil {
		return Report{}, errors.New(errors.NotFound, "host.nomodule", "module", string(id))
	}
	e, err := readModule(to)
	if err != nil {
		return Report{}, errors.Wrap(err, errors.Invalid, "host.badmodule", "folder", to.Folder)
	}
	if plan.Tell == nil {
		plan.Tell = func(Step) {}
	}
	r := &renewal{host: h, old: old, next: old.sibling(e), plan: plan}
	r.report = Report{Module: id, From: old.entry.manifest.Version, To: e.manifest.Version}
	if err := r.check(ctx); err != nil {
		h.cfg.Log.Warn("upgrade refused", "module", id, "to", e.manifest.Version, "err", err, "unaccepted", r.report.Unaccepted)
		return r.report, err
	}
	ctx, done, ok := h.upgrading(ctx, id, e.manifest.Version)
	if !ok {
		return r.report, errors.New(errors.Conflict, "host.upgrade.busy", "module", string(id))
	}
	defer done()
	if err := r.rehearse(ctx); err != nil {
		return r.report, errors.Wrap(err, errors.Unavailable, "host.upgrade.rehearsal", "module", string(id), "version", r.report.To)
	}
	if r.report.Rehearsed = true; plan.Rehearse {
		return r.report, nil
	}
	return r.report, r.exchange(ctx)
}

// renewal is one upgrade under way.
type renewal struct {
	host      *Host
	old, next *worker
	plan      Plan
	report    Report
}

// check refuses what must not even be tried.
func (r *renewal) check(ctx context.Context) error {
	from, to, module := r.old.entry, r.next.entry, string(r.report.Module)
	if to.manifest.ID != from.manifest.ID {
		return errors.New(errors.Invalid, "host.upgrade.other", "module", module, "other", string(to.manifest.ID))
	}
	if to.folder == from.folder && to.manifest.Version == from.manifest.Version {
		return errors.New(errors.Conflict, "host.upgrade.same", "module", module, "version", r.report.To)
	}
	for _, asked := range to.manifest.Capabilities {
		if !to.may(asked) && !from.manifest.May(asked) {
			r.report.Unaccepted = append(r.report.Unaccepted, string(asked))
		}
	}
	if len(r.report.Unaccepted) > 0 {
		return errors.New(errors.Denied, "host.upgrade.consent", "module", module, "version", r.report.To, "n", len(r.report.Unaccepted))
	}
	known, err := r.host.journal().Known(ctx, r.report.Module)
	if err != nil {
		return err
	}
	if known.Schema > to.schema() {
		return errors.New(errors.Conflict, "host.upgrade.schema", "module", module, "version", r.report.To, "found", known.Schema, "want", to.schema())
	}
	r.report.Schema = known.Schema
	return nil
}

// LastUpgrade says how the last upgrade of a module ended; nil: there was none.
func (h *Host) LastUpgrade(ctx context.Context, id ids.ModuleID) (*Renewal, error) {
	known, err := h.journal().Known(ctx, id)
	return known.Last, err
}

// Renewal is how an upgrade ended.
type Renewal = upgrade.Outcome

// schema is that of the data which this version writes.
func (e *entry) schema() int { return max(1, e.manifest.Schema) }

func (h *Host) journal() upgrade.Journal { return upgrade.Journal{Engine: h.cfg.Engine} }

// upgrading notes that a module is on its way to a version, until done is called;
// false when it is already on its way to one. ctx ends when the host stops.
func (h *Host) upgrading(ctx context.Context, id ids.ModuleID, to string) (_ context.Context, done func(), ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, busy := h.targets.LoadOrStore(id, to); busy {
		return nil, nil, false
	}
	h.leaving.Add(1)
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(h.life, cancel)
	return ctx, func() {
		stop()
		cancel()
		h.targets.Delete(id)
		h.leaving.Done()
	}, true
}
