package home

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Diff is what one layer changes of the layout below it. The zero Diff changes
// nothing, so "back to the school's layout" is the zero Diff.
type Diff struct {
	Added  []Placement       `json:"added,omitempty"`
	Hidden []string          `json:"hidden,omitempty"`
	Moved  []Move            `json:"moved,omitempty"` // in the order of the page
	Sizes  map[string]Size   `json:"sizes,omitempty"`
	Tuned  map[string]Tuning `json:"tuned,omitempty"`
	Pinned []string          `json:"pinned,omitempty"` // only the school's layer
	Locked []string          `json:"locked,omitempty"` // only the school's layer
}

// Move puts an instance between two others. Both neighbours are kept, so that
// one of them may leave the page; when both have, the layer below decides.
type Move struct {
	Instance string `json:"instance"`
	After    string `json:"after,omitempty"`  // empty: the first
	Before   string `json:"before,omitempty"` // empty: the last
}

// Empty reports whether d changes nothing.
func (d Diff) Empty() bool {
	return len(d.Added)+len(d.Hidden)+len(d.Moved)+len(d.Sizes)+len(d.Tuned)+len(d.Pinned)+len(d.Locked) == 0
}

// same reports whether two layers change the same: they are written alike.
func (d Diff) same(o Diff) bool {
	a, err := json.Marshal(d)
	b, other := json.Marshal(o)
	return err == nil && other == nil && bytes.Equal(a, b)
}

// Apply returns base with d applied. What base pins stays on the page, what it
// locks also stays as large and as set up as it is, and the locked head stays in front.
func (d Diff) Apply(base Layout) Layout {
	out := make(Layout, 0, len(base)+len(d.Added))
	for _, p := range base {
		if !p.Fixed() && slices.Contains(d.Hidden, p.Instance) {
			continue
		}
		if !p.Locked {
			p = d.touch(p)
		}
		out = append(out, p)
	}
	for _, p := range d.Added {
		if out.Index(p.Instance) >= 0 || slices.Contains(d.Hidden, p.Instance) {
			continue
		}
		p.Pinned, p.Locked = false, false
		out = append(out, d.touch(p))
	}
	out = d.order(out)
	for i := range out {
		out[i].Pinned = out[i].Pinned || slices.Contains(d.Pinned, out[i].Instance)
		out[i].Locked = out[i].Locked || slices.Contains(d.Locked, out[i].Instance)
	}
	return out
}

// touch gives a placement the size, name and settings of the layer.
func (d Diff) touch(p Placement) Placement {
	if size, ok := d.Sizes[p.Instance]; ok {
		p.Size = size
	}
	if t, ok := d.Tuned[p.Instance]; ok {
		p.Title, p.Settings = t.Title, t.Settings
	}
	return p
}

// order carries out the moves: the moved placements are lifted out, then put
// back one after the other, so that an anchor is always there before the one
// that stands on it.
func (d Diff) order(l Layout) Layout {
	lifted := map[string]Placement{}
	rest := make(Layout, 0, len(l))
	for _, p := range l {
		if !p.Locked && slices.ContainsFunc(d.Moved, func(m Move) bool { return m.Instance == p.Instance }) {
			lifted[p.Instance] = p
		} else {
			rest = append(rest, p)
		}
	}
	head := l.head()
	for _, m := range d.Moved {
		p, ok := lifted[m.Instance]
		if !ok {
			continue // no longer on the page, or locked since
		}
		delete(lifted, m.Instance)
		rest = slices.Insert(rest, max(head, m.place(rest, l)), p)
	}
	return rest
}

// place returns where the move puts its instance in l; was is the order below.
func (m Move) place(l, was Layout) int {
	if m.After == "" {
		return 0
	}
	if i := l.Index(m.After); i >= 0 {
		return i + 1
	}
	if i := l.Index(m.Before); i >= 0 {
		return i
	}
	for i := was.Index(m.Instance) - 1; i >= 0; i-- {
		if j := l.Index(was[i].Instance); j >= 0 {
			return j + 1
		}
	}
	return 0
}
