package host

import (
	"cmp"
	"context"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// The records that decide whether a module is started and called.
const (
	RecordQuarantine = "quarantine" // ended by a restart, or by another version
	RecordHalt       = "halt"       // for everybody; ended by resuming
	RecordChoice     = "choice"     // of a school: enabled or not, halted there, settings
)

// Damage is such a record that is there and cannot be read. What nobody can tell
// to be allowed is not: a quarantine and a halt go on, a school that chose nothing
// any more has the module switched off. It is over with the next decision of the
// kind, which writes the record anew or ends it.
type Damage struct {
	Module ids.ModuleID // may be one that is not installed
	School ids.SchoolID // whose choice it is; empty: for everybody
	Record string       // RecordQuarantine, RecordHalt or RecordChoice
	Err    error        // for the operator
}

// decision names who decided about a module: a school, or when that is empty who
// runs the server.
type decision struct {
	school ids.SchoolID
	module ids.ModuleID
}

// Damaged lists the records that cannot be read, by module.
func (h *Host) Damaged() []Damage {
	out := h.keeper.damaged()
	h.illegible.Range(func(key, err any) bool {
		d := key.(decision)
		record := RecordHalt
		if d.school != "" {
			record = RecordChoice
		}
		out = append(out, Damage{d.module, d.school, record, err.(error)})
		return true
	})
	slices.SortFunc(out, func(a, b Damage) int {
		return cmp.Or(cmp.Compare(a.Module, b.Module), cmp.Compare(a.Record, b.Record), cmp.Compare(a.School, b.School))
	})
	return out
}

// isIllegible reports whether the record of a decision cannot be read, so that
// even deciding the same again is a change.
func (h *Host) isIllegible(school ids.SchoolID, module ids.ModuleID) bool {
	_, bad := h.illegible.Load(decision{school, module})
	return bad
}

// readMarks gives each record of a space to take, by its module: the item, or why
// it cannot be read. A key that names no module is an error, since nobody could
// say which one is not to be started.
func readMarks[T any](ctx context.Context, engine store.Engine, school ids.SchoolID, of *store.Collection[T], take func(id ids.ModuleID, item *T, damage error)) error {
	space, err := engine.Open(ctx, school)
	if err != nil {
		return err
	}
	return space.View(ctx, func(tx store.Tx) error {
		for id, err := range of.IDs(tx) {
			if err != nil {
				return err
			}
			item, err := of.Get(tx, id)
			if err != nil && !errors.Is(err, store.ErrDamaged) {
				return err
			}
			take(ids.ModuleID(id), item, err)
		}
		return nil
	})
}

// lament tells the operator's log of what cannot be read, and what to do.
func (h *Host) lament() {
	for _, d := range h.Damaged() {
		so := "stays put aside until: preau module restart " + string(d.Module)
		switch d.Record {
		case RecordHalt:
			so = "stays stopped until: preau module resume " + string(d.Module)
		case RecordChoice:
			so = "is switched off there until: preau school enable " + string(d.School) + " " + string(d.Module)
		}
		h.cfg.Log.Error("a module's record is damaged", "module", d.Module, "school", d.School, "record", d.Record, "err", d.Err, "so", so)
	}
}
