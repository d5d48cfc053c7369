package web

import (
	"bytes"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// showHome answers the home page: as JSON for a program, with its handles when
// the visitor arranges it, else out of the cache of drawn pages if nothing on
// it has changed.
func (a *App) showHome(c *call) error {
	composed, err := a.Home.Compose(c.UserContext(), c.caller())
	if err != nil {
		return err
	}
	switch {
	case c.wantsJSON():
		return a.homeJSON(c, composed)
	case c.Query("organiser") != "" && composed.Mode == home.ExpertMode:
		return a.arranging(c, composed)
	case c.hasFlash():
		b, err := a.drawHome(c, composed)
		if err != nil {
			return err
		}
		return c.send(200, htmlType, b)
	}
	return a.pages.send(c, composed, func() ([]byte, error) { return a.drawHome(c, composed) })
}

func (a *App) drawHome(c *call, composed *home.Composed) ([]byte, error) {
	var b bytes.Buffer
	err := draw.Home(&b, c.drawing(), c.layout(), a.homePage(c, composed))
	return b.Bytes(), err
}

func (a *App) homePage(c *call, composed *home.Composed) *draw.HomePage {
	p := &draw.HomePage{Greeting: c.speaker().T("web.home.hello", "name", c.session.Viewer.GetFirstName()),
		Expert: composed.Mode == home.ExpertMode}
	for i := range composed.Widgets {
		p.Widgets = append(p.Widgets, c.widget(&composed.Widgets[i]))
	}
	return p
}

// widget is what home says of a widget in the words of the renderer.
func (c *call) widget(w *home.Placed) *draw.Widget {
	out := &draw.Widget{Instance: w.Instance, Module: w.Module(), ID: w.ID(), Name: c.speaker().In(drawnBy(w.Module())).T(w.Offer.Name),
		Icon: w.Offer.Icon, Size: w.Size, State: draw.State(w.State), Node: w.Node, Drawn: w.HTML, At: w.At,
		Pinned: w.Pinned, Fixed: w.Locked, Sizes: w.Offer.Sizes}
	if w.State == home.Error {
		out.At, out.Halted = w.Good, w.Halt
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

// arranging answers the page with its handles and the catalogue.
func (a *App) arranging(c *call, composed *home.Composed) error {
	page, err := a.Home.Page(c.UserContext(), c.caller())
	if err != nil {
		return err
	}
	p := a.homePage(c, composed)
	p.Editing, p.Changed, p.Undo = true, page.Changed, page.Undo
	for _, o := range page.Offers {
		if page.Layout.Index(o.Widget) >= 0 || !c.may(o.Permission) {
			continue
		}
		module, _ := splitWidget(o.Widget)
		p.Offers = append(p.Offers, draw.Offer{Widget: o.Widget, Name: c.speaker().In(drawnBy(module)).T(o.Name), Icon: o.Icon})
	}
	var b bytes.Buffer
	if err := draw.Home(&b, c.drawing(), c.layout(), p); err != nil {
		return err
	}
	return c.send(200, htmlType, b.Bytes())
}

func splitWidget(w string) (ids.ModuleID, string) {
	p := home.Placement{Widget: w}
	return p.Module(), p.ID()
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
