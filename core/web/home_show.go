package web

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// showHome answers a home page: as JSON for a program, with its handles when
// the visitor arranges it, else out of the cache of drawn pages if nothing on
// it has changed.
func (a *App) showHome(c *call) error {
	sheet := strings.Clone(c.Query("page"))
	if c.Query("organiser") != "" && !c.wantsJSON() {
		if shown, err := a.arranging(c, sheet); shown || err != nil {
			return err
		}
	}
	composed, err := a.Home.ComposeAt(c.UserContext(), c.caller(), sheet)
	if err != nil {
		return err
	}
	c.keepable = true
	intro, hint := c.intro(composed), ""
	if composed.Mode == home.ExpertMode && !c.wantsJSON() {
		hint = c.firstTime("expert")
	}
	switch {
	case c.wantsJSON():
		return a.homeJSON(c, composed)
	case c.hasFlash() || intro > 0 || hint != "":
		b, err := a.drawHome(c, composed, intro, hint)
		if err != nil {
			return err
		}
		return c.send(200, htmlType, b)
	}
	return a.pages.send(c, composed, func() ([]byte, error) { return a.drawHome(c, composed, 0, "") })
}

func (a *App) drawHome(c *call, composed *home.Composed, intro int, hint string) ([]byte, error) {
	p := &draw.HomePage{Greeting: c.greeting(), Mine: true, Expert: composed.Mode == home.ExpertMode, Intro: intro}
	if p.Expert {
		p.EditHref, p.Tools = draw.EditAt(composed.Sheet), c.tools()
		c.sheetTabs(p, composed.Sheet, composed.Sheets, draw.HomeAt)
	}
	c.fill(p, composed.Widgets)
	var b bytes.Buffer
	l := c.layout()
	l.Hint = hint
	err := draw.Home(&b, c.drawing(), l, p)
	return b.Bytes(), err
}

func (c *call) greeting() string {
	return c.speaker().T("web.home.hello", "name", c.session.Viewer.GetFirstName())
}

// fill puts the widgets on a page; those of one name are told apart by a number.
func (c *call) fill(p *draw.HomePage, widgets []home.Placed) {
	named := map[string]int{}
	for i := range widgets {
		w := c.widget(&widgets[i])
		if named[w.Name]++; named[w.Name] > 1 {
			w.Name += " (" + strconv.Itoa(named[w.Name]) + ")"
		}
		p.Widgets = append(p.Widgets, w)
	}
}

// sheetTabs is the row of an expert's pages, once there are several; the title
// is that of the page.
func (c *call) sheetTabs(p *draw.HomePage, sheet string, sheets []home.Tab, at func(sheet string) string) {
	if len(sheets) == 0 {
		return
	}
	row := draw.TabGroup{Label: c.speaker().T("web.home.pages"),
		Links: []draw.TabLink{{Href: at(""), Label: c.speaker().T("web.home.first"), Current: sheet == ""}}}
	for _, t := range sheets {
		row.Links = append(row.Links, draw.TabLink{Href: at(t.ID), Label: t.Name, Current: t.ID == sheet})
		if t.ID == sheet {
			p.Greeting, p.Name = t.Name, t.Name
		}
	}
	p.Tabs = append(p.Tabs, row)
}

// widget is what home says of a widget in the words of the renderer.
func (c *call) widget(w *home.Placed) *draw.Widget {
	out := &draw.Widget{Instance: w.Instance, Module: w.Module(), ID: w.ID(), Name: w.Title,
		Icon: w.Offer.Icon, Size: w.Size, State: draw.State(w.State), Node: w.Node, Drawn: w.HTML, At: w.At,
		Pinned: w.Pinned, Fixed: w.Locked, Sizes: w.Offer.Sizes}
	if out.Name == "" {
		out.Name = c.speaker().In(drawnBy(w.Module())).T(w.Offer.Name)
	}
	if w.State == home.Error {
		out.At, out.Halted, out.Aside = w.Good, w.Halt, w.Aside
	}
	return out
}

// drawnBy is the module whose words a widget uses: the core has no id there.
func drawnBy(m ids.ModuleID) ids.ModuleID {
	if m == "core" {
		return ""
	}
	return m
}

// arranging answers an expert's page with its handles; false for a guided one.
func (a *App) arranging(c *call, sheet string) (bool, error) {
	page, shown, err := a.Home.Arranging(c.UserContext(), c.caller(), sheet)
	if err != nil || page.Mode != home.ExpertMode {
		return false, err
	}
	say := c.speaker()
	p := &draw.HomePage{Greeting: say.T("web.home.arrange"), Name: say.T("web.home.arrange"), Mine: true, Expert: true}
	p.Edit = &draw.Arranging{Action: draw.Arrange, Carry: draw.Carried{Name: "page", Value: page.Sheet},
		Done: draw.HomeAt(page.Sheet), DoneLabel: say.T("draw.home.done"),
		Catalogue: withSheet(draw.HomeCatalogue, page.Sheet), Block: draw.HomeBlock + "?page=" + page.Sheet + "&instance=",
		Undo: page.Undo, Redo: page.Redo, Changed: page.Changed}
	if page.Sheet == "" {
		p.Edit.Reset = say.T("draw.home.reset")
	}
	c.sheetTabs(p, page.Sheet, page.Sheets, draw.EditAt)
	if page.Sheet != "" {
		p.Greeting = say.T("web.home.arrange.named", "name", page.Title())
	} else {
		p.Greeting, p.Name = say.T("web.home.arrange"), say.T("web.home.arrange")
	}
	p.Edit.Sheets = c.sheetTools(page)
	if c.may(access.AdminTheme) {
		p.Crumbs = append(p.Crumbs, schoolWay(ids.Profile(c.session.Viewer.GetProfile())))
	}
	c.fill(p, shown)
	var b bytes.Buffer
	l := c.layout()
	l.Hint = c.firstTime("organiser")
	if err := draw.Home(&b, c.drawing(), l, p); err != nil {
		return false, err
	}
	return true, c.send(200, htmlType, b.Bytes())
}

// sheetTools is what may be done with further pages from the one shown.
func (c *call) sheetTools(page *home.Page) *draw.Sheets {
	out := &draw.Sheets{Name: page.Title(), Full: len(page.Sheets) >= home.SheetsMost, First: true, Last: true}
	for i, t := range page.Sheets {
		if t.ID == page.Sheet {
			out.First, out.Last = i == 0, i == len(page.Sheets)-1
		}
	}
	for _, key := range []string{"web.sheet.idea.class", "web.sheet.idea.pilot", "web.sheet.idea.council"} {
		out.Ideas = append(out.Ideas, c.speaker().T(key))
	}
	return out
}

// showWidget answers one widget's section: how a late one arrives. Without
// JavaScript it is reached as a page, which is home.
func (a *App) showWidget(c *call) error {
	w, err := a.Home.Widget(c.UserContext(), c.caller(), pathValue(c.Params("instance")))
	if err != nil {
		return err
	}
	if c.wantsJSON() {
		v, err := a.widgetJSON(c, w)
		if err != nil {
			return err
		}
		return c.sendJSON(200, v)
	}
	if !c.fragment() && c.Get("Sec-Fetch-Dest") == "document" {
		return c.goTo("/")
	}
	if w.State == home.Late {
		return errors.New(errors.Unavailable, "web.later")
	}
	var b bytes.Buffer
	if err := draw.WidgetSection(&b, c.drawing(), c.widget(w)); err != nil {
		return err
	}
	return c.send(200, htmlType, b.Bytes())
}
