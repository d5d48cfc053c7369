package home

import (
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Desk is a page while it is arranged: one layer and the layout below it. A
// person's page and a school's page for a profile are arranged by the same
// gestures; none touches anything but the desk until it is kept.
type Desk struct {
	Layout  Layout  // in order, without the widgets of modules switched off
	Allowed []Offer // what may be placed
	Changed bool    // the layer changes what is below it
	Undo    bool    // there is a change to undo
	Redo    bool    // there is an undone one to bring back

	below  Layout
	diff   Diff
	offers []Offer // of the school

	change, touched string // what was done, to which instance: for the journal
}

// Offer returns what is known of the widget of a placement; its Widget is empty
// when there is none.
func (d *Desk) Offer(widget string) Offer { return find(d.offers, widget) }

// Move puts an instance at a place of the page, counted from 0: where another
// one of those shown stands. NotFound when it is not there, Denied when it is
// locked.
func (d *Desk) Move(instance string, to int) error {
	if d.Layout.Index(instance) < 0 {
		return errors.New(errors.NotFound, "home.gone")
	}
	to = min(max(to, 0), len(d.Layout)-1)
	return d.edit("moved", instance, func(layer Diff) (Diff, error) {
		return layer.Move(d.below, instance, layer.Apply(d.below).Index(d.Layout[to].Instance))
	})
}

// Step moves an instance by a number of places (−1: one earlier).
func (d *Desk) Step(instance string, by int) error {
	return d.Move(instance, d.Layout.Index(instance)+by)
}

// Resize gives an instance one of the sizes its widget knows. NotFound, Denied,
// Invalid.
func (d *Desk) Resize(instance string, size Size) error {
	i := d.Layout.Index(instance)
	switch {
	case i < 0:
		return errors.New(errors.NotFound, "home.gone")
	case !slices.Contains(d.Offer(d.Layout[i].Widget).Sizes, size):
		return errors.New(errors.Invalid, "home.size")
	case d.Layout[i].Size == size:
		return nil
	}
	return d.edit("resized", instance, func(layer Diff) (Diff, error) { return layer.Resize(d.below, instance, size) })
}

// Tune gives an instance a name of its own (empty: the widget's) and settings,
// which [Service.Settings] has accepted. NotFound, Denied, Invalid.
func (d *Desk) Tune(instance string, t Tuning) error {
	if d.Layout.Index(instance) < 0 {
		return errors.New(errors.NotFound, "home.gone")
	}
	if err := t.check(); err != nil {
		return err
	}
	return d.edit("tuned", instance, func(layer Diff) (Diff, error) { return layer.Tune(d.below, instance, t) })
}

// Hide takes an instance off the page. NotFound, Denied when it is pinned.
func (d *Desk) Hide(instance string) error {
	if d.Layout.Index(instance) < 0 {
		return errors.New(errors.NotFound, "home.gone")
	}
	return d.edit("removed", instance, func(layer Diff) (Diff, error) { return layer.Hide(d.below, instance) },
		func(layer *Diff) { layer.letGo(instance) })
}

// Add puts a widget at the end of the page, or back where the layer below has
// it, and returns its instance. A widget with settings may stand there several
// times. NotFound when the school does not offer it, Denied when it may not be
// placed, Conflict when it is there or the page is full.
func (d *Desk) Add(widget string, t Tuning) (string, error) {
	o := find(d.Allowed, widget)
	at := o.placed()
	there := d.Layout.Index(at.Instance) >= 0
	switch {
	case d.Offer(widget).Widget == "":
		return "", errors.New(errors.NotFound, "home.unknown")
	case o.Widget == "":
		return "", errors.New(errors.Denied, "")
	case there && !o.Several():
		return "", errors.New(errors.Conflict, "home.there")
	case len(d.Layout) >= blocksMost:
		return "", errors.New(errors.Conflict, "home.full", "n", blocksMost)
	}
	if err := t.check(); err != nil {
		return "", err
	}
	if there || d.diff.Apply(d.below).Index(at.Instance) >= 0 {
		at.Instance += "~" + ids.New()
	}
	return at.Instance, d.edit("added", at.Instance, func(layer Diff) (Diff, error) {
		next, err := layer.Add(d.below, at)
		if err != nil || t.empty() {
			return next, err
		}
		return next.Tune(d.below, at.Instance, t)
	})
}

// Reset takes away all that the layer changes.
func (d *Desk) Reset() error {
	return d.edit("restored", "", func(Diff) (Diff, error) { return Diff{}, nil }, func(layer *Diff) { *layer = Diff{} })
}

// edit changes the layer as if it held nothing itself: whoever holds a widget
// may also move it. What it holds stays so, then follow the changes of that.
func (d *Desk) edit(change, touched string, do func(Diff) (Diff, error), then ...func(*Diff)) error {
	free := d.diff.clone()
	free.Pinned, free.Locked = nil, nil
	next, err := do(free)
	if err != nil {
		return err
	}
	next.Pinned, next.Locked = slices.Clone(d.diff.Pinned), slices.Clone(d.diff.Locked)
	for _, f := range then {
		f(&next)
	}
	d.diff, d.change, d.touched = next, change, touched
	d.drawUp()
	return nil
}

// drawUp makes the exported fields of the layer.
func (d *Desk) drawUp() {
	d.Layout, d.Changed = known(d.diff.Apply(d.below), d.offers), !d.diff.Empty()
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
