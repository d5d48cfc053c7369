package draw

import "github.com/a-h/templ"

// marks names the widget for tests, the stylesheet and the scripts. One that is
// being arranged can be focused: where the page is taken up again after a form.
func (w *Widget) marks(title string, editing bool) templ.Attributes {
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
	if w.Fixed {
		a["data-fixed"] = true
	}
	if w.State == Late && !editing {
		a["hx-get"] = LateWidget + w.Instance
		a["hx-trigger"] = "load"
		a["hx-swap"] = "outerHTML"
		a["aria-busy"] = "true"
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
