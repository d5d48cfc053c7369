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

// isMove reports whether a link of a toolbar leads to the span before or after.
func isMove(l *ui.Link) bool {
	return l.GetIcon() == ui.IconChevronLeft || l.GetIcon() == ui.IconChevronRight
}

// movesOf splits the links of a toolbar into those of [ui.Moves], which stand
// together before all others, and the rest.
func movesOf(links []*ui.Link) (moves, others []*ui.Link) {
	last := -1
	if len(links) > 0 && isMove(links[0]) {
		for i, l := range links {
			if isMove(l) {
				last = i
			}
		}
	}
	return links[:last+1], links[last+1:]
}

func currentPage(current bool) templ.Attributes {
	if current {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}
