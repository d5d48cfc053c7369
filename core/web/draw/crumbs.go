package draw

import (
	"strings"

	"github.com/preau-ent/preau/sdk/ui"
)

// crumb is one step on the way to a page; the page itself has no address.
type crumb struct{ href, label string }

// trail is the way to a page: home, where the menu says it belongs, what the page
// says itself, its title unless it has none.
func trail(c *Context, l *Layout, crumbs []*ui.Link, title string) []crumb {
	way := []crumb{{"/", l.home(c)}}
	var own []crumb
	for _, link := range crumbs {
		if href := c.Href(link); href != "" {
			own = append(own, crumb{href, c.linkLabel(link)})
		}
	}
	here := cutQuery(c.Here)
	if at := l.current(); at.Href != "" && cutQuery(at.Href) != "/" && cutQuery(at.Href) != here && !leadsTo(own, at.Href) {
		way = append(way, crumb{at.Href, at.Label})
	}
	if way = append(way, own...); title != "" {
		way = append(way, crumb{"", title})
	}
	return way
}

// home is what the menu calls the home page.
func (l *Layout) home(c *Context) string {
	for _, it := range l.Nav {
		if it.Href == "/" {
			return it.Label
		}
	}
	return c.t("draw.home")
}

// current is the entry of the menu that the page belongs to.
func (l *Layout) current() NavItem {
	for _, it := range l.Nav {
		if it.Current {
			return it
		}
	}
	return NavItem{}
}

func leadsTo(way []crumb, href string) bool {
	for _, one := range way {
		if cutQuery(one.href) == cutQuery(href) {
			return true
		}
	}
	return false
}

// cutQuery is what two addresses of one page have in common.
func cutQuery(path string) string {
	path, _, _ = strings.Cut(path, "?")
	if path != "/" {
		path = strings.TrimSuffix(path, "/")
	}
	return path
}
