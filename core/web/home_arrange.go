package web

import (
	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// arrangeHome makes one change of the visitor's page, as draw.Arrange says:
// from a form, or from the script of the grid.
func (a *App) arrangeHome(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	var out done
	sheet := v.Form.Get("page")
	err = a.Home.Arrange(v.Context, v.Caller(), sheet, func(p *home.Page) (err error) {
		var known bool
		if out, known, err = gesture(v, p, &p.Layout); known || err != nil {
			return err
		}
		out, err = sheetGesture(v, p, &sheet)
		return err
	})
	if c.wantsJSON() {
		if err != nil {
			return err
		}
		return c.SendStatus(fiber.StatusNoContent)
	}
	if !a.hasSheet(v, sheet) {
		sheet = "" // undone: the page that was made is no longer there
	}
	return c.arranged(draw.EditAt(sheet), out, err)
}

// hasSheet reports whether the visitor has a further page of this address.
func (a *App) hasSheet(v *visit.Visit, sheet string) bool {
	if sheet == "" {
		return true
	}
	page, err := a.Home.Page(v.Context, v.Caller())
	if err != nil {
		return false
	}
	for _, t := range page.Sheets {
		if t.ID == sheet {
			return true
		}
	}
	return false
}

// sheetGesture makes a change of the further pages; sheet becomes the one to
// show afterwards.
func sheetGesture(v *visit.Visit, p *home.Page, sheet *string) (done, error) {
	name := v.Form.Get("nom")
	said := func(key string, err error) (done, error) {
		return done{ui.T(key, "name", name), draw.SheetsAnchor}, err
	}
	was := p.Title()
	switch v.Form.Get("geste") {
	case "page-ajouter":
		id, err := p.AddSheet(name)
		if err == nil {
			*sheet = id
		}
		return said("web.sheet.added", err)
	case "page-renommer":
		return said("web.sheet.renamed", p.RenameSheet(name))
	case "page-avant":
		name = was
		return said("web.sheet.moved", p.StepSheet(-1))
	case "page-apres":
		name = was
		return said("web.sheet.moved", p.StepSheet(1))
	case "page-supprimer":
		name, *sheet = was, ""
		return said("web.sheet.dropped", p.DropSheet())
	}
	return done{}, errors.New(errors.Invalid, "web.garbage")
}

// setHomeMode chooses between the guided and the expert page.
func (a *App) setHomeMode(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	if err := a.Home.SetMode(v.Context, v.Caller(), home.Mode(v.Form.Get("mode"))); err != nil {
		return err
	}
	return c.goTo("/")
}
