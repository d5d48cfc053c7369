package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ui"
)

// arranged answers a form of the grid: back to the arranging page, with what
// was done in words and the focus on what it was done to.
func (a *App) arranged(c *call, v *visit.Visit, before *home.Page) error {
	now, err := a.Home.Page(v.Context, v.Caller())
	if err != nil {
		return err
	}
	words, at := outcome(c, v, before, now)
	c.sayNext("", ui.Ok, words)
	if err := c.goTo(draw.EditHome); err != nil || at == "" {
		return err
	}
	c.Set(fiber.HeaderLocation, draw.EditHome+"#"+url.PathEscape(at))
	return nil
}

// outcome says what a change has led to, and the id where the page is taken up.
func outcome(c *call, v *visit.Visit, before, now *home.Page) (*ui.Words, string) {
	instance := v.Form.Get("instance")
	i := now.Layout.Index(instance)
	switch v.Form.Get("geste") {
	case "annuler":
		return ui.T("web.home.undone"), draw.UndoAnchor
	case "retablir":
		return ui.T("web.home.reset"), draw.UndoAnchor
	case "cacher":
		was := before.Layout.Index(instance)
		if was < 0 {
			return nil, ""
		}
		return ui.T("web.home.hidden", "name", c.placedName(before, was)), anchorAt(now.Layout, was)
	case "ajouter":
		for i := range now.Layout {
			if before.Layout.Index(now.Layout[i].Instance) < 0 {
				return ui.T("web.home.added", "name", c.placedName(now, i)), anchorAt(now.Layout, i)
			}
		}
		return nil, ""
	case "taille":
		if i >= 0 {
			size := c.speaker().T("draw.size." + string(now.Layout[i].Size))
			return ui.T("web.home.sized", "name", c.placedName(now, i), "size", size), anchorAt(now.Layout, i)
		}
	}
	if i < 0 {
		return nil, ""
	}
	return ui.T("web.home.placed", "name", c.placedName(now, i), "n", i+1, "total", len(now.Layout)), anchorAt(now.Layout, i)
}

// anchorAt is the id of the widget at a place, or of the last one.
func anchorAt(l home.Layout, i int) string {
	if len(l) == 0 {
		return ""
	}
	return draw.WidgetAnchor(l[min(i, len(l)-1)].Instance)
}

// placedName is the name of the widget at a place of a page.
func (c *call) placedName(p *home.Page, i int) string {
	at := p.Layout[i]
	for _, o := range p.Offers {
		if o.Widget == at.Widget {
			return c.speaker().In(drawnBy(at.Module())).T(o.Name)
		}
	}
	return at.Widget
}
