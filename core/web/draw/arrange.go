package draw

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"github.com/preau-ent/preau/sdk/ui"
)

// gridMarks tell the script of the grid where a move goes and how it is said.
func (e *Arranging) gridMarks(c *Context) templ.Attributes {
	if e == nil {
		return nil
	}
	return templ.Attributes{"data-grid": e.Action, "data-carry": e.Carry.query(),
		"data-said": c.t("draw.home.said"), "data-unsaid": c.t("draw.home.unsaid")}
}

// block is the address of a widget's settings.
func (e *Arranging) block(w *Widget) string { return e.Block + url.QueryEscape(w.Instance) }

// heldKey says how the school holds a widget, "" when it does not.
func (e *Arranging) heldKey(w *Widget) string {
	switch {
	case e.Holds && w.Fixed:
		return "draw.home.locked.school"
	case e.Holds && w.Pinned:
		return "draw.home.pinned.school"
	case w.Pinned:
		return "draw.home.pinned"
	}
	return ""
}

func (e *Arranging) heldIcon(w *Widget) string {
	if w.Fixed {
		return ui.IconLock
	}
	return ui.IconPin
}

// ordered are the sizes from the smallest, whichever is the default.
func ordered(sizes []ui.Size) []ui.Size {
	return slices.DeleteFunc(slices.Clone(ui.Sizes()), func(s ui.Size) bool { return !slices.Contains(sizes, s) })
}
