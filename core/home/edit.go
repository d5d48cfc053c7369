package home

import (
	"maps"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
)

// Edits of a person's layer. Each takes the layout below (the school's) and
// returns a new Diff; none touches the receiver.

// Move puts an instance at a place of the page, counted from 0; places before
// the locked head or after the end become the nearest possible one. NotFound
// when the instance is not on the page, Denied when the school locked it.
func (d Diff) Move(base Layout, instance string, to int) (Diff, error) {
	page := d.Apply(base)
	from := page.Index(instance)
	if from < 0 {
		return d, errors.New(errors.NotFound, "home.gone")
	}
	if page[from].Locked {
		return d, errors.New(errors.Denied, "home.locked")
	}
	p := page[from]
	page = slices.Delete(slices.Clone(page), from, from+1)
	page = slices.Insert(page, min(max(to, page.head()), len(page)), p)
	next := d.clone()
	next.Moved = moves(without(d, base), page, append(d.movedNames(), instance))
	return next, nil
}

// Resize gives an instance another size. NotFound, Denied as Move.
func (d Diff) Resize(base Layout, instance string, size Size) (Diff, error) {
	page := d.Apply(base)
	i := page.Index(instance)
	switch {
	case i < 0:
		return d, errors.New(errors.NotFound, "home.gone")
	case !size.Valid():
		return d, errors.New(errors.Invalid, "home.size")
	case page[i].Locked:
		return d, errors.New(errors.Denied, "home.locked")
	}
	next := d.clone()
	if next.Sizes == nil {
		next.Sizes = map[string]Size{}
	}
	next.Sizes[instance] = size
	return next, nil
}

// Tune gives an instance a name and settings. NotFound, Denied as Move.
func (d Diff) Tune(base Layout, instance string, t Tuning) (Diff, error) {
	page := d.Apply(base)
	i := page.Index(instance)
	switch {
	case i < 0:
		return d, errors.New(errors.NotFound, "home.gone")
	case page[i].Locked:
		return d, errors.New(errors.Denied, "home.locked")
	}
	next := d.clone()
	if next.Tuned == nil {
		next.Tuned = map[string]Tuning{}
	}
	next.Tuned[instance] = t
	return next, nil
}

// Hide takes an instance off the page. NotFound when it is not there, Denied
// when the school pinned it.
func (d Diff) Hide(base Layout, instance string) (Diff, error) {
	page := d.Apply(base)
	i := page.Index(instance)
	if i < 0 {
		return d, errors.New(errors.NotFound, "home.gone")
	}
	if page[i].Fixed() {
		return d, errors.New(errors.Denied, "home.pinned")
	}
	next := d.clone()
	if base.Index(instance) >= 0 {
		next.Hidden = append(next.Hidden, instance)
	} else {
		next.Added = slices.DeleteFunc(next.Added, func(p Placement) bool { return p.Instance == instance })
	}
	next.Moved = slices.DeleteFunc(next.Moved, func(m Move) bool { return m.Instance == instance })
	delete(next.Sizes, instance)
	delete(next.Tuned, instance)
	// What stood next to it stands next to others now: should the school bring
	// it back, it must not pull them along.
	rest := slices.Delete(slices.Clone(page), i, i+1)
	next.Moved = moves(without(next, base), rest, next.movedNames())
	return next, nil
}

// Add puts one more widget at the end of the page, or brings a hidden one of
// the layer below back to its place. Conflict when the instance is there.
func (d Diff) Add(base Layout, p Placement) (Diff, error) {
	next := d.clone()
	if i := slices.Index(next.Hidden, p.Instance); i >= 0 && base.Index(p.Instance) >= 0 {
		next.Hidden = slices.Delete(next.Hidden, i, i+1)
		return next, nil
	}
	if d.Apply(base).Index(p.Instance) >= 0 {
		return d, errors.New(errors.Conflict, "home.there")
	}
	next.Added = append(next.Added, p)
	return next, nil
}

// without is the page as d gives it, but in the order of the layer below.
func without(d Diff, base Layout) Layout {
	d.Moved = nil
	return d.Apply(base)
}

func (d Diff) movedNames() []string {
	names := make([]string, len(d.Moved))
	for i, m := range d.Moved {
		names[i] = m.Instance
	}
	return names
}

func (d Diff) clone() Diff {
	return Diff{Added: slices.Clone(d.Added), Hidden: slices.Clone(d.Hidden), Moved: slices.Clone(d.Moved),
		Sizes: maps.Clone(d.Sizes), Tuned: maps.Clone(d.Tuned), Pinned: slices.Clone(d.Pinned), Locked: slices.Clone(d.Locked)}
}
