package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// binDays is how long what was deleted can come back.
const binDays = 30

// Removal is what somebody deleted, as it was before, so that it can come back.
type Removal struct {
	ID       string       `json:"id"`
	By       ids.PersonID `json:"by"`
	Calendar Calendar     `json:"calendar"`
	Title    string       `json:"title"`
	Whose    string       `json:"whose,omitempty"` // name of the class or group
	When     time.Time    `json:"when"`            // the occurrence, or the first of them
	Scope    Scope        `json:"scope"`
	Repeats  bool         `json:"repeats,omitempty"`
	At       time.Time    `json:"at"`
	Before   []*Entry     `json:"before"`          // everything that went or changed
	State    string       `json:"state,omitempty"` // of the series that remained
}

var removals = store.NewCollection("removals",
	store.Index("at", func(d *Removal) store.Key { return store.K(d.At) }),
	store.Index("by", func(d *Removal) store.Key { return store.K(d.By, d.At) }))

// remove deletes an occurrence, what follows it or all of an entry. It returns the
// entries that are no more.
func remove(tx store.Tx, v *sdk.Viewer, o Occurrence, s Scope, now time.Time) (gone []*Entry, err error) {
	e := o.Entry
	before := *e
	d := &Removal{By: v.Person, Calendar: e.Calendar, Title: e.Title, Whose: e.Name, When: o.From, Scope: s,
		Repeats: e.repeats(), At: now, Before: []*Entry{&before}}
	switch s {
	case ThisOne:
		err = except(tx, e, o.From, now)
	case Following:
		if gone, err = dropOverrides(tx, e, o.From); err == nil {
			err = endBefore(tx, e, o.From, now)
		}
	default:
		if gone, err = dropOverrides(tx, e, time.Time{}); err == nil {
			err = errors.Join(entries.Delete(tx, e.ID), reindex(tx, e))
		}
	}
	if err != nil {
		return nil, err
	}
	d.Before = append(d.Before, gone...)
	if s == Whole {
		gone = append(gone, e)
	} else {
		d.State = e.state()
	}
	return gone, removals.Insert(tx, d)
}

// restore puts back what a removal took. One occurrence comes back into the
// series as it is by now; more only if nobody changed the series since.
func (d *Removal) restore(tx store.Tx, now time.Time) error {
	if d.Repeats && d.Scope == ThisOne {
		return d.restoreOne(tx, now)
	}
	for i, e := range d.Before {
		there, err := entries.Get(tx, e.ID)
		switch {
		case errors.KindOf(err) == errors.NotFound:
			if i == 0 && d.State != "" {
				return changedSince()
			}
		case err != nil:
			return err
		case i > 0 || there.state() != d.State:
			return changedSince()
		}
		if err := errors.Join(entries.Put(tx, e), reindex(tx, e)); err != nil {
			return err
		}
	}
	return removals.Delete(tx, d.ID)
}

func (d *Removal) restoreOne(tx store.Tx, now time.Time) error {
	e, err := entries.Get(tx, d.Before[0].ID)
	if errors.KindOf(err) == errors.NotFound {
		return changedSince()
	}
	if err != nil {
		return err
	}
	e.Except = slices.DeleteFunc(slices.Clone(e.Except), func(x int64) bool { return x == d.When.Unix() })
	if err := keep(tx, e, now); err != nil {
		return err
	}
	if !slices.Contains(e.Starts, d.When.Unix()) {
		return changedSince()
	}
	return removals.Delete(tx, d.ID)
}

func changedSince() error { return errors.New(errors.Conflict, "agenda.restore.changed") }

// openRemoval finds what the viewer deleted, else NotFound.
func openRemoval(tx store.Tx, v *sdk.Viewer, cfg Settings, id string) (*Removal, error) {
	d, err := removals.Get(tx, id)
	if errors.KindOf(err) == errors.NotFound || err == nil && (d.By != v.Person || !writes(v, cfg, d.Calendar)) {
		return nil, gone()
	}
	return d, err
}

// emptyBin forgets what the viewer deleted more than [binDays] ago.
func emptyBin(tx store.Tx, v *sdk.Viewer, now time.Time) error {
	limit := now.AddDate(0, 0, -binDays)
	var old []string
	for d, err := range removals.Range(tx, "by", store.From(v.Person), store.To(v.Person, limit)) {
		if err != nil {
			return err
		}
		old = append(old, d.ID)
	}
	for _, id := range old {
		if err := removals.Delete(tx, id); err != nil {
			return err
		}
	}
	return nil
}
