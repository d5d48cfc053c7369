package web

import (
	"time"

	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// appearance returns how the visitor wants pages to look: what they chose with
// their account, else what was chosen in this browser.
func (c *call) appearance() draw.Appearance {
	if c.session != nil && c.session.Appearance != "" {
		return draw.ParseAppearance(c.session.Appearance)
	}
	return draw.ParseAppearance(c.Cookies(appearanceCookie))
}

// keepAppearance keeps a choice in this browser, for the pages before sign-in,
// and with the account of who is signed in, for their other devices.
func (c *call) keepAppearance(choice draw.Appearance) error {
	if c.session != nil && !c.session.MustChange {
		if _, err := c.app.Identity.SetAppearance(c.UserContext(), c.token, choice.String()); err != nil {
			return err
		}
	}
	c.keep(appearanceCookie, choice.String(), 365*24*time.Hour)
	return nil
}

// setMode takes the choice between light and dark alone, from the menu that is
// on every page.
func (a *App) setMode(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	choice := c.appearance()
	if mode := draw.Appearances[0]; !v.Form.Has(mode.Name) || !mode.Set(&choice, v.Form.Get(mode.Name)) {
		return errors.New(errors.Invalid, "web.garbage")
	}
	if err := c.keepAppearance(choice); err != nil {
		return err
	}
	return c.goTo(localPath(v.Form.Get("retour")))
}

// setLooks takes every choice of the page: what is not sent is not wanted.
func (a *App) setLooks(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	var choice draw.Appearance
	for _, one := range draw.Appearances {
		if !one.Set(&choice, v.Form.Get(one.Name)) {
			return errors.New(errors.Invalid, "web.garbage")
		}
	}
	if err := c.keepAppearance(choice); err != nil {
		return err
	}
	c.sayNext("", ui.Ok, ui.T("web.looks.saved"))
	return c.goTo(draw.Looks)
}

// showLooks answers the page where one chooses. It is open before sign-in too:
// who cannot read the sign-in page must be able to change that first.
func (a *App) showLooks(c *call) error {
	return a.visit(c, func(v *visit.Visit) (*visit.Answer, error) {
		choice := c.appearance()
		fields := make([]*ui.Field, 0, len(draw.Appearances))
		for _, one := range draw.Appearances {
			fields = append(fields, looksField(one, one.Of(choice)))
		}
		page := ui.NewPage("web.looks.title", ui.Text(keptWhere(v)), looksSpecimen(), ui.FormOf(ui.NewForm(draw.Looks, "web.save", fields...)))
		if v.Session != nil {
			page.Crumbs = []*ui.Link{ui.To(draw.Account, "web.account.title")}
		}
		if choice != (draw.Appearance{}) {
			page.Nodes = append(page.Nodes, ui.Act(ui.Button(draw.Looks, "web.looks.reset")))
		}
		return visit.Show(page), nil
	})
}

// looksSpecimen is a little of what pages hold, to see a choice at work: the
// page's script has it follow the form.
func looksSpecimen() *ui.Node {
	item := &ui.Item{Title: ui.T("web.looks.specimen.item"), Detail: ui.T("web.looks.specimen.item.detail"), Icon: ui.IconBackpack,
		Badge: ui.T("web.looks.specimen.badge"), Tone: ui.Warn}
	n := ui.Section("web.looks.specimen", ui.Text("web.looks.specimen.text"), ui.List(item))
	n.Id = "exemple"
	return n
}

// looksField asks for one choice: a box for yes or no, a list for more.
func looksField(one draw.Choices, word string) *ui.Field {
	label, help := "web.looks."+one.Name, "web.looks."+one.Name+".detail"
	if len(one.Words) == 1 {
		return ui.CheckField(one.Name, label, ui.Value(one.Words[0]), ui.Checked(word != ""), ui.Help(help))
	}
	options := []*ui.Option{{Value: "auto", Label: ui.T(label + ".auto"), Selected: word == ""}}
	for _, w := range one.Words {
		options = append(options, &ui.Option{Value: w, Label: ui.T(label + "." + w), Selected: w == word})
	}
	return ui.ChoiceField(one.Name, label, options, ui.Expanded(), ui.Help(help))
}

// keptWhere says how far a choice reaches.
func keptWhere(v *visit.Visit) string {
	if v.Session == nil {
		return "web.looks.here"
	}
	return "web.looks.everywhere"
}
