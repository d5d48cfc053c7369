package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// gone is the answer to whoever may not know whether something exists.
func gone() error { return errors.New(errors.NotFound, "agenda.gone") }

// reads reports whether the viewer sees a calendar: their own, the school's,
// those of their groups or of their children's, and every group's for those
// who keep the school's calendar.
func reads(v *sdk.Viewer, c Calendar) bool {
	if c == Everyone {
		return true
	}
	if p, ok := c.Person(); ok {
		return p == v.Person
	}
	g, ok := c.Group()
	return ok && (v.In(g) || v.May("agenda.school") ||
		slices.ContainsFunc(v.Children, func(c sdk.Child) bool { return c.In(g) }))
}

// writes reports whether the viewer adds entries to a calendar.
func writes(v *sdk.Viewer, cfg Settings, c Calendar) bool {
	if c == Everyone {
		return v.May("agenda.school")
	}
	if p, ok := c.Person(); ok {
		return p == v.Person && v.May("agenda.personal")
	}
	g, ok := c.Group()
	if !ok || !v.May("agenda.class") {
		return false
	}
	return v.May("agenda.school") || v.Profile == ids.Enseignant && cfg.TeachersAdd && v.In(g)
}

// edits reports whether the viewer changes an entry: their own where they may
// write, and any of a class or the school for those who keep its calendar.
func edits(v *sdk.Viewer, cfg Settings, e *Entry) bool {
	return writes(v, cfg, e.Calendar) && (e.Author == v.Person || v.May("agenda.school"))
}

// family reports whether somebody sees what is written within the school's
// hours only.
func family(v *sdk.Viewer) bool { return v.Profile == ids.Eleve || v.Profile == ids.Parent }

// shownTo reports whether an entry that the viewer may read is out by now.
func (e *Entry) shownTo(v *sdk.Viewer, now time.Time) bool {
	return !family(v) || !now.Before(e.VisibleFrom)
}

// openEntry finds an entry the viewer reads, else NotFound.
func openEntry(tx store.Tx, s *sdk.Scope, id string) (*Entry, error) {
	e, err := entries.Get(tx, id)
	if errors.KindOf(err) == errors.NotFound || err == nil && !(reads(s.Viewer, e.Calendar) && e.shownTo(s.Viewer, s.Now())) {
		return nil, gone()
	}
	return e, err
}

// openMine finds an entry the viewer changes, else NotFound.
func openMine(tx store.Tx, s *sdk.Scope, cfg Settings, id string) (*Entry, error) {
	e, err := openEntry(tx, s, id)
	if err == nil && !edits(s.Viewer, cfg, e) {
		return nil, gone()
	}
	return e, err
}
