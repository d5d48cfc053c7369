package home

import (
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// SchoolPage is what a school shows to a profile, and how it changes that: see
// [Service.ChangeSchool].
type SchoolPage struct {
	Desk
	Profile ids.Profile

	kept *layer
	done bool // undone, or brought back: not one more change to undo
}

// Hold is how far people may change what the school placed.
type Hold string

// The holds.
const (
	Free     Hold = ""     // move, resize, hide
	PinnedIn Hold = "pin"  // move and resize, but not hide
	LockedIn Hold = "lock" // none of them
)

// Holds reports how a placement is held.
func (p Placement) Holds() Hold {
	switch {
	case p.Locked:
		return LockedIn
	case p.Pinned:
		return PinnedIn
	}
	return Free
}

// Guided returns the part of the page that people with the guided page see.
func (p *SchoolPage) Guided() Layout { return Guided(slices.Clone(p.Layout), p.offers, p.Profile) }

// Keep holds an instance, or lets it go. NotFound, Invalid.
func (p *SchoolPage) Keep(instance string, hold Hold) error {
	change, known := map[Hold]string{Free: "released", PinnedIn: "pinned", LockedIn: "locked"}[hold]
	switch {
	case p.Layout.Index(instance) < 0:
		return errors.New(errors.NotFound, "home.gone")
	case !known:
		return errors.New(errors.Invalid, "home.school.hold")
	}
	return p.edit(change, instance, func(d Diff) (Diff, error) { return d, nil }, func(d *Diff) {
		d.letGo(instance)
		switch hold {
		case PinnedIn:
			d.Pinned = append(d.Pinned, instance)
		case LockedIn:
			d.Locked = append(d.Locked, instance)
		}
	})
}

// TakeBack undoes the last change of the school's page. Conflict when there is
// none.
func (p *SchoolPage) TakeBack() error {
	return p.turn("undone", p.kept.History.undo, "home.noundo")
}

// BringBack does again what was undone last. Conflict when there is nothing.
func (p *SchoolPage) BringBack() error {
	return p.turn("redone", p.kept.History.redo, "home.noredo")
}

func (p *SchoolPage) turn(change string, to func(Diff) (Diff, bool), nothing string) error {
	next, ok := to(p.diff)
	if !ok {
		return errors.New(errors.Conflict, nothing)
	}
	p.diff, p.change, p.touched, p.done = next, change, "", true
	p.drawUp()
	return nil
}
