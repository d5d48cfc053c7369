package draw

import (
	"github.com/a-h/templ"

	"github.com/preau-ent/preau/sdk/ui"
)

// foldLabel names what is folded: the title takes the heading's place.
func (c *Context) foldLabel(title *ui.Words) string {
	if s := c.w(title); s != "" {
		return s
	}
	return c.t("draw.unfold")
}

func (c *Context) filterLabel(g *ui.FilterSet) string {
	if s := c.w(g.Label); s != "" {
		return s
	}
	return c.t("draw.filter")
}

func currentPage(current bool) templ.Attributes {
	if current {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}
