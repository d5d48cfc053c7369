package draw

import (
	"maps"
	"time"

	"github.com/a-h/templ"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// Widget is one widget in its place.
type Widget struct {
	Instance string
	Module   ids.ModuleID
	ID       string // inside the module
	Name     string // in words
	Icon     string
	Size     ui.Size
	State    State
	Node     *ui.Node // nil when there is none to show
	// Drawn is what WidgetBody wrote for Node: drawn instead of it when set.
	Drawn []byte
	// Section is what WidgetSection wrote: taken as it is, unless the page is
	// being arranged.
	Section []byte
	// At is when Node was good, shown when the state is Broken or Partial.
	At time.Time
	// Halted says that a Broken one was stopped by hand, Aside that its module was
	// put aside: neither comes back by itself.
	Halted, Aside bool
	// Pinned may not be hidden; Fixed may neither be moved nor resized. Who holds
	// widgets (Arranging.Holds) may do all the same.
	Pinned, Fixed bool
	// Sizes the widget knows, for the arranging.
	Sizes []ui.Size
}

// brokenKey says why there is nothing new.
func (w *Widget) brokenKey() string {
	switch {
	case w.Halted:
		return "draw.widget.halted"
	case w.Aside:
		return "draw.widget.aside"
	}
	return "draw.widget.error"
}

// marks names the widget for tests, the stylesheet and the scripts. One that is
// being arranged can be focused: where the page is taken up again after a form.
func (w *Widget) marks(title string, h *HomePage) templ.Attributes {
	editing := h != nil && h.Edit != nil
	a := templ.Attributes{
		"class":           "widget size-" + w.size(),
		"id":              WidgetAnchor(w.Instance),
		"data-widget":     string(w.Module) + "." + w.ID,
		"data-instance":   w.Instance,
		"data-state":      string(w.state()),
		"aria-labelledby": title,
	}
	if editing {
		a["tabindex"] = "-1"
	}
	if w.Fixed && !(editing && h.Edit.Holds) {
		a["data-fixed"] = true
	}
	if w.State == Late && !editing {
		maps.Copy(a, lateFrom(LateWidget+w.Instance))
	}
	return a
}

func (w *Widget) size() string {
	switch w.Size {
	case "s", "l", "full":
		return string(w.Size)
	}
	return "m"
}

// state makes a good widget without anything to show an empty one.
func (w *Widget) state() State {
	if w.State == "" {
		return OK
	}
	return w.State
}

// title is the node's own, or the widget's name.
func (w *Widget) title(c *Context) string {
	if w.Name != "" {
		return w.Name
	}
	if s := c.In(w.Module).w(w.Node.GetTitle()); s != "" {
		return s
	}
	return w.ID
}

// context is that of the inside of the widget.
func (w *Widget) context(c *Context) *Context {
	next := c.In(w.Module)
	next.brief = true
	next.Prefix = w.Instance
	return next
}
