package host

import (
	"context"
	"maps"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// stopped is a module halted for everybody, in the core's own space; a school's
// own halt is part of its choice.
type stopped struct {
	ID ids.ModuleID `json:"id"`
}

var stops = store.NewCollection[stopped]("host.stopped")

// The events published in the process when a module is halted or goes on.
const (
	EventHalted  = "core.module.halted"
	EventResumed = "core.module.resumed"
)

// halts says who may not be served by which modules; the empty school is
// everybody. It is replaced as a whole, like [switches].
type halts map[ids.ModuleID]map[ids.SchoolID]bool

func (h halts) set(school ids.SchoolID, m ids.ModuleID, on bool) {
	of := maps.Clone(h[m])
	if of == nil {
		of = map[ids.SchoolID]bool{}
	}
	if delete(of, school); on {
		of[school] = true
	}
	h[m] = of
}

// readStops adds the modules that are halted for everybody: that there is a record
// says so, whatever has become of it.
func (h *Host) readStops(ctx context.Context, off halts) error {
	return readMarks(ctx, h.cfg.Engine, store.Global, stops, func(id ids.ModuleID, _ *stopped, damage error) {
		if off.set("", id, true); damage != nil {
			h.illegible.Store(decision{"", id}, damage)
		}
	})
}

// Halted reports whether the module is halted for the school or for everybody;
// for the empty school, whether it is for everybody.
func (h *Host) Halted(school ids.SchoolID, module ids.ModuleID) bool {
	of := (*h.halts.Load())[module]
	return of[""] || of[school]
}

// HaltedIn lists the schools that a module is halted for by name, sorted.
func (h *Host) HaltedIn(module ids.ModuleID) []ids.SchoolID {
	var out []ids.SchoolID
	for school := range (*h.halts.Load())[module] {
		if school != "" {
			out = append(out, school)
		}
	}
	slices.Sort(out)
	return out
}

// Halt stops a module at once, for one school or, when school is empty, for
// everybody: what is under way is cut, whoever calls is told that it was
// stopped, and events wait. For everybody its process is ended too. It stays so
// until [Host.Resume], also when the core starts anew. Unlike a module that a
// school disabled it keeps its place in the menus. NotFound when there is no
// such module.
func (h *Host) Halt(ctx context.Context, id ids.ModuleID, school ids.SchoolID) error {
	changed, err := h.halt(ctx, Change{School: school, Module: id, What: "halted"}, true)
	if err != nil || !changed {
		return err
	}
	h.calls.Cut(id, school, errHalted)
	if school == "" {
		h.unstaff(id)
	}
	return h.tell(ctx, id, school, EventHalted)
}

// Resume takes a halt back: the one of this school, or the one for everybody.
// Events that waited are delivered.
func (h *Host) Resume(ctx context.Context, id ids.ModuleID, school ids.SchoolID) error {
	changed, err := h.halt(ctx, Change{School: school, Module: id, What: "resumed"}, false)
	if err != nil || !changed {
		return err
	}
	h.staff(id)
	h.cfg.Events.Wake(id)
	return h.tell(ctx, id, school, EventResumed)
}

// halt audits and keeps one change, and puts it in force for new calls.
func (h *Host) halt(ctx context.Context, change Change, on bool) (changed bool, err error) {
	if _, err := h.entry(change.Module); err != nil {
		return false, err
	}
	h.turning.Lock()
	defer h.turning.Unlock()
	if (*h.halts.Load())[change.Module][change.School] == on && !h.isIllegible(change.School, change.Module) {
		return false, nil
	}
	if change.School == "" {
		err = h.stop(ctx, change, on)
	} else {
		err = h.choose(ctx, change, func(c *choice) { c.Halted = on })
	}
	if err != nil {
		return false, err
	}
	next := maps.Clone(*h.halts.Load())
	next.set(change.School, change.Module, on)
	h.halts.Store(&next)
	return true, nil
}

// stop audits and keeps a change for everybody.
func (h *Host) stop(ctx context.Context, change Change, on bool) error {
	if err := h.audit(ctx, change); err != nil {
		return err
	}
	space, err := h.cfg.Engine.Open(ctx, store.Global)
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		if on {
			return stops.Put(tx, &stopped{ID: change.Module})
		}
		err := stops.Delete(tx, string(change.Module))
		if errors.KindOf(err) == errors.NotFound {
			return nil
		}
		return err
	})
	if err == nil {
		h.illegible.Delete(decision{"", change.Module})
	}
	return err
}

// tell announces a change in every school it touches.
func (h *Host) tell(ctx context.Context, id ids.ModuleID, school ids.SchoolID, event string) error {
	touched := []ids.SchoolID{school}
	if school == "" {
		touched = h.Schools(id)
	}
	for _, s := range touched {
		if err := h.announce(ctx, Change{School: s, Module: id}, event); err != nil {
			return err
		}
	}
	return nil
}

// unstaff ends a halted module's process, with hardly any time to finish, and
// returns when nothing of it is left.
func (h *Host) unstaff(id ids.ModuleID) {
	gone := make(chan struct{})
	h.mu.Lock()
	w := h.worker(id)
	h.leaving.Go(func() {
		defer close(gone)
		if w == nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), h.cfg.Pace.Halt)
		defer cancel()
		w.dismissUnless(ctx, func() bool { return h.needs(w) })
	})
	h.mu.Unlock()
	<-gone
}

// needs reports whether a worker is to have a process: it runs the module's
// current version, a school enabled that, and nobody halted it for everybody.
func (h *Host) needs(w *worker) bool {
	id := w.entry.manifest.ID
	return h.worker(id) == w && len(h.Schools(id)) > 0 && !h.Halted("", id)
}

// Restart ends the module's process, if there is one, lets what is under way
// finish, and starts a fresh one; a quarantine is over with it. It returns once
// that start succeeded; Unavailable with the cause when it failed (host.changed
// when the executable is not the one vouched for, else host.nostart), when the
// module is halted or no school uses it. When ctx ends first the start goes on.
// Of a module that no school uses a quarantine whose record is damaged is ended:
// nothing else could.
func (h *Host) Restart(ctx context.Context, id ids.ModuleID) error {
	if _, err := h.entry(id); err != nil {
		return err
	}
	if h.Halted("", id) {
		return errHalted
	}
	w := h.worker(id)
	kept := h.keeper.of(id)
	if w == nil || w.supervisor() == nil && (kept == nil || kept.Why.Damage == nil) {
		return errors.New(errors.Unavailable, "host.idle", "module", string(id))
	}
	if err := h.audit(ctx, Change{Module: id, What: "restarted"}); err != nil {
		return err
	}
	if w.pardon() {
		return h.keeper.save(ctx)
	}
	return w.restart(ctx)
}
