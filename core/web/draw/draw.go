package draw

import (
	"bytes"
	"context"
	"io"
	"sync"

	"github.com/a-h/templ"
	"github.com/preau-ent/preau/sdk/ui"
)

// Page writes a whole page around a tree. Errors are those of w.
func Page(w io.Writer, c *Context, l *Layout, p *ui.Page) error {
	return write(w, page(c.begin(), l, p))
}

// Home writes the home page.
func Home(w io.Writer, c *Context, l *Layout, h *HomePage) error {
	return write(w, home(c.begin(), l, h))
}

// Node writes one node, its title as a heading of the given level (2 to 6).
func Node(w io.Writer, c *Context, n *ui.Node, level int) error {
	return write(w, node(c.begin(), n, level))
}

// WidgetSection writes one widget with its frame.
func WidgetSection(w io.Writer, c *Context, wd *Widget) error {
	return write(w, widget(c.begin(), nil, wd))
}

// WidgetBody writes what is inside the frame of a good widget, for
// Widget.Drawn; a cache may keep it for viewers of the same language, time zone
// and rights. c.Module is the widget's module, c.Prefix its instance.
func WidgetBody(w io.Writer, c *Context, n *ui.Node) error {
	c = c.begin()
	c.brief = true
	return write(w, widgetBody(c, n))
}

// BannerBody writes a list of important events as what is inside the frame of
// the banner: one line each, as WidgetBody does other nodes.
func BannerBody(w io.Writer, c *Context, n *ui.Node) error {
	c = c.begin()
	if IsEmpty(n) {
		return write(w, body(c, n, 3))
	}
	return write(w, bannerLines(c, n.GetList().GetItems()))
}

// SignIn writes the sign-in page.
func SignIn(w io.Writer, c *Context, l *Layout, s *SignInPage) error {
	return write(w, signIn(c.begin(), l, s))
}

// Failure writes an error page.
func Failure(w io.Writer, c *Context, l *Layout, f *FailurePage) error {
	return write(w, failure(c.begin(), l, f))
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// write draws into a buffer first: a failure half-way sends nothing.
func write(w io.Writer, component templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	defer buffers.Put(b)
	if err := component.Render(context.Background(), b); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}
