package draw

import (
	"io"
	"net/url"

	"github.com/a-h/templ"
)

// Catalogue writes the page of what may be placed on a home page.
func Catalogue(w io.Writer, c *Context, l *Layout, p *CataloguePage) error {
	return write(w, catalogue(c.begin(), l, p))
}

// GlanceOf writes what the catalogue shows of one widget: how a late one
// arrives.
func GlanceOf(w io.Writer, c *Context, o Offered) error {
	return write(w, glance(c.begin(), "", o))
}

func (o Offered) glanceMarks(late string) templ.Attributes {
	if o.State != Late || late == "" {
		return nil
	}
	return lateFrom(late + url.PathEscape(o.Kind))
}
