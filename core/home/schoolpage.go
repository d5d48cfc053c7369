package home

import (
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
)

// SchoolPage is what a school shows to a profile, and how it changes that. Its
// edits touch nothing but itself: see [Service.ChangeSchool].
type SchoolPage struct {
	Layout  Layout  // in order, with what is pinned and locked
	Offers  []Offer // what could be added: the profile may see it
	Changed bool    // the school has changed the core's own page

	below   Layout
	diff    Diff
	offers  []Offer // of the school
	allowed []Offer // those that the profile may see

	change, touched string // for the journal: what was done, to which instance
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

// Offer returns what is known of the widget of a placement; its Widget is empty
// when there is none.
func (p *SchoolPage) Offer(widget string) Offer { return find(p.offers, widget) }

// Step moves an instance by a number of places (−1: one earlier). NotFound when
// it is not on the page.
func (p *SchoolPage) Step(instance string, by int) error {
	i := p.Layout.Index(instance)
	if i < 0 {
		return errors.New(errors.NotFound, "home.school.gone")
	}
	to := min(max(i+by, 0), len(p.Layout)-1)
	return p.edit("moved", instance, func(d Diff) (Diff, error) {
		return d.Move(p.below, instance, d.Apply(p.below).Index(p.Layout[to].Instance))
	})
}

// Resize gives an instance one of the sizes its widget knows. NotFound, Invalid.
func (p *SchoolPage) Resize(instance string, size Size) error {
	i := p.Layout.Index(instance)
	switch {
	case i < 0:
		return errors.New(errors.NotFound, "home.school.gone")
	case !slices.Contains(p.Offer(p.Layout[i].Widget).Sizes, size):
		return errors.New(errors.Invalid, "home.size")
	case p.Layout[i].Size == size:
		return nil
	}
	return p.edit("resized", instance, func(d Diff) (Diff, error) { return d.Resize(p.below, instance, size) })
}

// Keep holds an instance, or lets it go. NotFound, Invalid.
func (p *SchoolPage) Keep(instance string, hold Hold) error {
	change, known := map[Hold]string{Free: "released", PinnedIn: "pinned", LockedIn: "locked"}[hold]
	switch {
	case p.Layout.Index(instance) < 0:
		return errors.New(errors.NotFound, "home.school.gone")
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

// Remove takes an instance off the page of all who have not added it
// themselves. NotFound when it is not there.
func (p *SchoolPage) Remove(instance string) error {
	if p.Layout.Index(instance) < 0 {
		return errors.New(errors.NotFound, "home.school.gone")
	}
	return p.edit("removed", instance, func(d Diff) (Diff, error) { return d.Hide(p.below, instance) },
		func(d *Diff) { d.letGo(instance) })
}

// Add puts a widget at the end of the page, or back where the core has it.
// NotFound when the school does not offer it or the profile may not see it,
// Conflict when it is there.
func (p *SchoolPage) Add(widget string) error {
	o := find(p.allowed, widget)
	switch {
	case o.Widget == "":
		return errors.New(errors.NotFound, "home.unknown")
	case p.Layout.Index(o.Widget) >= 0:
		return errors.New(errors.Conflict, "home.school.there")
	}
	return p.edit("added", widget, func(d Diff) (Diff, error) { return d.Add(p.below, o.placed()) })
}

// Restore gives the core's own page back.
func (p *SchoolPage) Restore() error {
	return p.edit("restored", "", func(Diff) (Diff, error) { return Diff{}, nil }, func(d *Diff) { *d = Diff{} })
}

// edit changes the school's layer as if nothing were held: whoever holds a
// widget may also move it. What is held stays so, then follow the changes of it.
func (p *SchoolPage) edit(change, touched string, do func(Diff) (Diff, error), then ...func(*Diff)) error {
	free := p.diff.clone()
	free.Pinned, free.Locked = nil, nil
	next, err := do(free)
	if err != nil {
		return err
	}
	next.Pinned, next.Locked = slices.Clone(p.diff.Pinned), slices.Clone(p.diff.Locked)
	for _, f := range then {
		f(&next)
	}
	p.diff, p.change, p.touched = next, change, touched
	p.drawUp()
	return nil
}

// drawUp makes the exported fields of the layer.
func (p *SchoolPage) drawUp() {
	p.Layout, p.Changed = known(p.diff.Apply(p.below), p.offers), !p.diff.Empty()
	p.Offers = slices.DeleteFunc(slices.Clone(p.allowed), func(o Offer) bool { return p.Layout.Index(o.Widget) >= 0 })
}

func (d *Diff) letGo(instance string) {
	is := func(s string) bool { return s == instance }
	d.Pinned, d.Locked = slices.DeleteFunc(d.Pinned, is), slices.DeleteFunc(d.Locked, is)
}

func find(offers []Offer, widget string) Offer {
	if i := slices.IndexFunc(offers, func(o Offer) bool { return o.Widget == widget }); i >= 0 {
		return offers[i]
	}
	return Offer{}
}
