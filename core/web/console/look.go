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

// The choice of colour: the theme's own, or one that is named in the field
// beside it.
const (
	themesColour = ""
	otherColour  = "autre"
)

// showLook answers the school's theme, colour, density and logo.
func (c *Console) showLook(v *visit.Visit) (*visit.Answer, error) {
	own, err := c.chosen(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	return visit.Show(c.lookPage(c.lookForm(v, own), specimen())), nil
}

func (c *Console) lookPage(form *ui.Form, after ...*ui.Node) *ui.Page {
	return page(ui.T("console.look"), nil, append([]*ui.Node{ui.Text("console.look.explain"), ui.FormOf(form)}, after...)...)
}

func (c *Console) lookForm(v *visit.Visit, own chosen) *ui.Form {
	packs := c.Themes.Packs()
	var options []*ui.Option
	for _, id := range slices.Sorted(maps.Keys(packs)) {
		option := ui.OptionOf(id, ui.S(packs[id].Name))
		if says := packs[id].Says(v.Say.Lang); says != "" {
			option.Detail = ui.S(says)
		}
		options = append(options, option)
	}
	pack, chosenColour, hue := own.Pack, themesColour, own.Colour
	if packs[pack] == nil {
		pack = theme.Default
	}
	if hue != "" {
		chosenColour = otherColour
	} else {
		hue = packs[pack].Tokens.Day.Brand.String()
	}
	form := ui.NewForm(lookPath, "console.look.keep",
		ui.ChoiceField("theme", "console.look.theme", options, ui.Chosen(pack), ui.Expanded()),
		ui.ChoiceField("couleur", "console.look.colour", ui.Choices(themesColour, "console.look.colour.theme", otherColour, "console.look.colour.other"), ui.Chosen(chosenColour), ui.Expanded()),
		ui.TextField("teinte", "console.look.hue", ui.Value(hue), ui.As("color", ""), ui.Help("console.look.colour.help")),
		ui.ChoiceField("densite", "console.look.density", ui.Choices("", "console.look.density.theme", theme.Airy, "console.look.airy", theme.Dense, "console.look.dense"), ui.Chosen(own.Density), ui.Expanded()),
		ui.FileField("logo", "console.look.logo", ui.Accept("image/png,image/jpeg,image/webp,image/gif", maxLogo, false), ui.Help("console.look.logo.help")))
	if own.Logo != "" {
		form.Fields = append(form.Fields, ui.CheckField("sans-logo", "console.look.nologo"))
	}
	return ui.Also(form, "essai", "1", "console.look.try")
}

// lookOf reads the form: what it does not say is the theme's.
func lookOf(get func(string) string) theme.Look {
	look := theme.Look{Pack: get("theme"), Density: get("densite")}
	if look.Colour = strings.ToLower(strings.TrimSpace(get("couleur"))); look.Colour == otherColour {
		look.Colour = strings.ToLower(strings.TrimSpace(get("teinte")))
	}
	return look
}

// setLook stores the choice, or only shows it when the form says so. A colour
// is never refused for being pale: the theme takes the nearest shade that can
// be read.
func (c *Console) setLook(v *visit.Visit) (*visit.Answer, error) {
	before, err := c.chosen(v.Context, v.School())
	if err != nil {
		return nil, err
	}
	own := before
	own.Look = lookOf(v.Form.Get)
	if v.Form.Has("sans-logo") {
		own.Logo, own.Type = "", ""
	}
	sheet, err := c.Themes.Try(own.Look)
	var logo []byte
	if f := v.File("logo"); f != nil && err == nil {
		logo, own.Type, own.Logo, err = fitLogo(f.Data)
	}
	if err != nil {
		form := ui.Blame(ui.Fill(c.lookForm(v, before), v.Form), renamed(err))
		return again(err, nil, func() *ui.Page { return c.lookPage(form) })
	}
	if v.Form.Has("essai") {
		return c.tryLook(v, before, own.Look, sheet), nil
	}
	if err := c.keep(v.Context, v.By(), v.School(), own, logo); err != nil {
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
		if french := map[string]string{"pack": "theme", "colour": "teinte", "density": "densite"}[name]; french != "" {
			name = french
		}
		own[name] = key
	}
	return &errors.Error{Kind: errors.KindOf(err), Fields: own, Cause: err}
}
