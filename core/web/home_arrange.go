package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
)

// arrangeHome makes one change of the visitor's page, as draw.Arrange says:
// from a form, or from the script of the grid.
func (a *App) arrangeHome(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	if c.wantsJSON() {
		if err := a.arrange(v); err != nil {
			return err
		}
		return c.SendStatus(fiber.StatusNoContent)
	}
	before, err := a.Home.Page(v.Context, v.Caller())
	if err == nil {
		err = a.arrange(v)
	}
	if err != nil {
		return err
	}
	return a.arranged(c, v, before)
}

func (a *App) arrange(v *visit.Visit) error {
	ctx, who, instance, value := v.Context, v.Caller(), v.Form.Get("instance"), v.Form.Get("valeur")
	switch v.Form.Get("geste") {
	case "avant":
		return a.Home.Step(ctx, who, instance, -1)
	case "apres":
		return a.Home.Step(ctx, who, instance, 1)
	case "place":
		to, err := strconv.Atoi(value)
		if err != nil {
			return errors.Wrap(err, errors.Invalid, "web.garbage")
		}
		return a.Home.Move(ctx, who, instance, to)
	case "taille":
		return a.Home.Resize(ctx, who, instance, home.Size(value))
	case "cacher":
		return a.Home.Hide(ctx, who, instance)
	case "ajouter":
		return a.Home.Add(ctx, who, v.Form.Get("widget"), nil)
	case "retablir":
		return a.Home.Reset(ctx, who)
	case "annuler":
		return a.Home.Undo(ctx, who)
	}
	return errors.New(errors.Invalid, "web.garbage")
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
