package web

import (
	"bytes"
	"net/url"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// withSheet adds the further page to an address.
func withSheet(path, sheet string) string {
	if sheet == "" {
		return path
	}
	return path + "?" + url.Values{"page": {sheet}}.Encode()
}

// showCatalogue answers what an expert may put on a page, as it would be.
func (a *App) showCatalogue(c *call) error {
	page, shown, err := a.Home.Catalogue(c.UserContext(), c.caller(), pathValue(c.Query("page")))
	if err != nil {
		return err
	}
	say := c.speaker()
	p := &draw.CataloguePage{Title: say.T("draw.home.catalogue"), Lead: say.T("web.catalogue.lead"),
		Crumbs: []*ui.Link{ui.To(draw.EditAt(page.Sheet), "web.home.arrange")},
		Action: draw.Arrange, Carry: draw.Carried{Name: "page", Value: page.Sheet}, Late: draw.Glimpse}
	p.Groups = c.offered(shown, page.Layout)
	return a.sendCatalogue(c, p)
}

func (a *App) sendCatalogue(c *call, p *draw.CataloguePage) error {
	var b bytes.Buffer
	if err := draw.Catalogue(&b, c.drawing(), c.layout(), p); err != nil {
		return err
	}
	return c.send(200, htmlType, b.Bytes())
}

// offered groups the widgets by module, in the order of the school's offers.
func (c *call) offered(shown []home.Placed, layout home.Layout) []draw.OfferedGroup {
	var groups []draw.OfferedGroup
	at := map[ids.ModuleID]int{}
	for i := range shown {
		w := &shown[i]
		module := w.Module()
		if _, ok := at[module]; !ok {
			at[module] = len(groups)
			groups = append(groups, draw.OfferedGroup{ID: string(module), Name: c.moduleName(module)})
		}
		g := &groups[at[module]]
		g.Offers = append(g.Offers, c.offer(w, layout))
	}
	return groups
}

// offer is one widget of the catalogue.
func (c *call) offer(w *home.Placed, layout home.Layout) draw.Offered {
	out := draw.Offered{Widget: c.widget(w), Kind: w.Widget, Several: w.Offer.Several()}
	if w.Offer.Summary != "" {
		out.Summary = c.speaker().In(drawnBy(w.Module())).T(w.Offer.Summary)
	}
	for _, p := range layout {
		if p.Widget == w.Widget {
			out.Here++
		}
	}
	return out
}

// moduleName is the name of a module in the visitor's words; the core's own
// widgets are those of the school.
func (c *call) moduleName(m ids.ModuleID) string {
	if m == "core" {
		return c.speaker().T("web.catalogue.core")
	}
	manifest, err := c.app.Host.Manifest(m)
	if err != nil {
		return string(m)
	}
	return c.speaker().In(m).T(manifest.Name)
}

// showGlimpse answers what the catalogue shows of one widget that was late.
func (a *App) showGlimpse(c *call) error {
	w, err := a.Home.Glimpse(c.UserContext(), c.caller(), pathValue(c.Params("widget")))
	if err != nil {
		return err
	}
	if !c.fragment() && c.Get("Sec-Fetch-Dest") == "document" {
		return c.goTo(draw.HomeCatalogue)
	}
	if w.State == home.Late {
		return errors.New(errors.Unavailable, "web.later")
	}
	var b bytes.Buffer
	if err := draw.GlanceOf(&b, c.drawing(), c.offer(w, nil)); err != nil {
		return err
	}
	return c.send(200, htmlType, b.Bytes())
}
