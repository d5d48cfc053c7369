package draw

import (
	"strconv"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// Context says for whom a tree is drawn. Say is required; the zero value of
// every other field is good.
type Context struct {
	// Say puts words in the viewer's language and time zone, and knows now.
	Say *locale.Speaker
	// Module owns the tree: its catalogue is asked first, and links that name
	// no module lead into it. Empty is the core.
	Module ids.ModuleID
	// May reports whether the viewer may use this method on a path inside a
	// module ("" is the core). Links and buttons that lead nowhere for the
	// viewer are not drawn. Nil allows everything.
	May func(method string, module ids.ModuleID, path string) bool
	// Waits reports whether what is posted to this address may be sent later,
	// once, by who is offline. Nil: nothing may.
	Waits func(address string) bool
	// Children is how many children the viewer looks after: from two on every
	// About is drawn.
	Children int
	// Here is the path and query of the page being drawn, to come back to.
	Here string
	// Prefix begins every generated id. Set it (to the widget's instance) when
	// parts of one page are drawn apart.
	Prefix string

	own   *locale.Speaker // the core's words, whatever Module is
	next  *int            // number of the next generated id
	brief bool            // inside a widget: texts are cut
}

// begin returns the context with which one drawing starts.
func (c *Context) begin() *Context {
	next := *c
	next.own = c.Say.In("")
	next.Say = c.Say.In(c.Module)
	next.next = new(int)
	return &next
}

// t puts words of the frame, which no module may replace.
func (c *Context) t(key string, args ...any) string { return c.own.T(key, args...) }

// w puts words of the tree.
func (c *Context) w(w *ui.Words) string { return c.Say.Text(w) }

// title is w as a heading, with a capital: what people wrote stays as they wrote it.
func (c *Context) title(w *ui.Words) string {
	if w.GetKey() == "" {
		return c.w(w)
	}
	return capital(c.w(w))
}

// id returns an id that is unique in the page.
func (c *Context) id(kind string) string {
	*c.next++
	if c.Prefix != "" {
		kind = c.Prefix + "-" + kind
	}
	return kind + "-" + strconv.Itoa(*c.next)
}

// In returns the context for a tree of another module, in the same page.
func (c *Context) In(module ids.ModuleID) *Context {
	next := *c
	next.Module = module
	if c.Say != nil {
		next.Say = c.Say.In(module)
	}
	return &next
}

// Href returns the address of a path inside a module, or of the core when
// module is empty. It is the only place that knows how addresses are made.
func Href(module ids.ModuleID, path string) string {
	if module == "" {
		return path
	}
	return "/m/" + string(module) + path
}

// Href returns the address of a link, "" when the viewer may not follow it.
func (c *Context) Href(l *ui.Link) string {
	if l == nil || !ui.CleanPath(l.Path) {
		return ""
	}
	module := c.Module
	if l.Module != "" {
		module = ids.ModuleID(l.Module)
	}
	if c.May != nil && !c.May("GET", module, l.Path) {
		return ""
	}
	if id := anchorID(l.Anchor); id != "" {
		return Href(module, l.Path) + "#" + id
	}
	return Href(module, l.Path)
}

// Target returns the address an action or form is sent to, "" when the viewer
// may not.
func (c *Context) Target(method, module, path string) string {
	m := c.Module
	if module != "" {
		m = ids.ModuleID(module)
	}
	if !ui.CleanPath(path) || c.May != nil && !c.May(method, m, path) {
		return ""
	}
	return Href(m, path)
}
