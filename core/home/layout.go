package home

import (
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// Size is how much of the grid a widget takes.
type Size = ui.Size

// The sizes, from a quarter to the whole width.
const (
	Small  = ui.Small
	Medium = ui.Medium
	Large  = ui.Large
	Full   = ui.Full
)

// Placement is one widget on a page. Two placements may show the same widget
// with different settings: Instance tells them apart.
type Placement struct {
	Instance string            `json:"instance"`
	Widget   string            `json:"widget"` // "devoirs.a-rendre"
	Size     Size              `json:"size"`
	Title    string            `json:"title,omitempty"` // of its own; empty: the widget's
	Settings map[string]string `json:"settings,omitempty"`
	Pinned   bool              `json:"pinned,omitempty"` // by the school: cannot be hidden
	Locked   bool              `json:"locked,omitempty"` // by the school: nor moved, nor resized
}

// Module returns the module that offers the widget.
func (p Placement) Module() ids.ModuleID {
	m, _, _ := strings.Cut(p.Widget, ".")
	return ids.ModuleID(m)
}

// ID returns the widget's name inside its module.
func (p Placement) ID() string {
	_, id, _ := strings.Cut(p.Widget, ".")
	return id
}

// Fixed reports whether a person has to keep the placement.
func (p Placement) Fixed() bool { return p.Pinned || p.Locked }

// Layout is the order of the widgets on a page.
type Layout []Placement

// Index returns the place of an instance, -1 when it is not there.
func (l Layout) Index(instance string) int {
	return slices.IndexFunc(l, func(p Placement) bool { return p.Instance == instance })
}

// head counts the locked placements the layout begins with: nothing may be
// moved before them.
func (l Layout) head() int {
	n := 0
	for n < len(l) && l[n].Locked {
		n++
	}
	return n
}
