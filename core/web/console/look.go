package console

import (
	"maps"
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// showLook answers the school's colour, density and logo.
func (c *Console) showLook(v *visit.Visit) (*visit.Answer, error) {
	own, err := c.chosen(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	return visit.Show(c.lookPage(v, c.lookForm(own))), nil
}

func (c *Console) lookPage(_ *visit.Visit, form *ui.Form) *ui.Page {
	return page(ui.T("console.look"), nil, ui.Text("console.look.explain"), ui.FormOf(form))
}

func (c *Console) lookForm(own chosen) *ui.Form {
	packs := c.Themes.Packs()
	var options []*ui.Option
	for _, id := range slices.Sorted(maps.Keys(packs)) {
		options = append(options, ui.OptionOf(id, ui.S(packs[id].Name)))
	}
	pack := own.Pack
	if pack == "" {
		pack = theme.Default
	}
	form := ui.NewForm(lookPath, "console.save",
		ui.ChoiceField("theme", "console.look.theme", options, ui.Chosen(pack)),
		ui.TextField("couleur", "console.look.colour", ui.Value(own.Colour), ui.Max(7), ui.Help("console.look.colour.help")),
		ui.ChoiceField("densite", "console.look.density", ui.Choices("", "console.look.airy", theme.Dense, "console.look.dense"), ui.Chosen(own.Density), ui.Expanded()),
		ui.FileField("logo", "console.look.logo", ui.Accept("image/png,image/jpeg,image/webp,image/gif", maxLogo, false), ui.Help("console.look.logo.help")))
	if own.Logo != "" {
		form.Fields = append(form.Fields, ui.CheckField("sans-logo", "console.look.nologo"))
	}
	return form
}

// setLook stores the choice. A colour is never refused for being pale: the
// theme takes the nearest shade that can be read.
func (c *Console) setLook(v *visit.Visit) (*visit.Answer, error) {
	before, err := c.chosen(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	own := before
	own.Pack, own.Density = v.Form.Get("theme"), v.Form.Get("densite")
	own.Colour = strings.ToLower(strings.TrimSpace(v.Form.Get("couleur")))
	if v.Form.Has("sans-logo") {
		own.Logo, own.Type = "", ""
	}
	_, err = c.Themes.For(own.Look)
	var logo []byte
	if f := v.File("logo"); f != nil && err == nil {
		logo = f.Data
		own.Type, own.Logo, err = checkLogo(logo)
	}
	if err != nil {
		form := ui.Blame(ui.Fill(c.lookForm(before), v.Form), renamed(err))
		return again(err, nil, func() *ui.Page { return c.lookPage(v, form) })
	}
	if err := c.keep(v, own, logo); err != nil {
		return nil, err
	}
	return visit.GoTo(lookPath).Say("console.saved"), nil
}

// renamed gives the theme's names of fields those of the form.
func renamed(err error) error {
	fields := errors.FieldsOf(err)
	if fields == nil {
		return err
	}
	own := map[string]string{}
	for name, key := range fields {
		if french := map[string]string{"pack": "theme", "colour": "couleur", "density": "densite"}[name]; french != "" {
			name = french
		}
		own[name] = key
	}
	return &errors.Error{Kind: errors.KindOf(err), Fields: own, Cause: err}
}
