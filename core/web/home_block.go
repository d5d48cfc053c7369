package web

import (
	"net/url"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/setting"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
)

// block is one placement on a page that is being arranged, for its form.
type block struct {
	at      home.Placement
	offer   home.Offer
	chooser *host.Caller // whose groups and children may be chosen; nil: nobody's
}

func blockOf(d desk, layout home.Layout, instance string, chooser *host.Caller) (*block, error) {
	i := layout.Index(instance)
	if i < 0 {
		return nil, errors.New(errors.NotFound, "home.gone")
	}
	return &block{layout[i], d.Offer(layout[i].Widget), chooser}, nil
}

// form asks for the name of the block and its settings.
func (b *block) form(v *visit.Visit, path string, carry map[string]string, back string) *ui.Form {
	say := v.Say.In(drawnBy(b.at.Module()))
	name := ui.TextField("titre", "web.block.title", ui.Value(b.at.Title), ui.Max(40), ui.Help("web.block.title.help", "name", say.T(b.offer.Name)))
	form := ui.Carry(ui.NewForm(path, "web.save", name), carry)
	values := manifest.Options(b.offer.Fields, b.at.Settings)
	for _, f := range b.offer.Fields {
		field := setting.Field(say, f, setting.Value(f, values[f.Name]))
		if f.Format == manifest.FormatGroup || f.Format == manifest.FormatChild {
			own := home.Choices(b.chooser, f.Format)
			if len(own) == 0 {
				continue
			}
			chosen := ui.ChoiceField(f.Name, "", choices(own), ui.Chosen(values[f.Name]))
			chosen.Label, chosen.Help = field.Label, field.Help
			field = chosen
		}
		form.Fields = append(form.Fields, field)
	}
	form.Cancel = ui.To(back, "web.block.back")
	return form
}

func choices(own []home.Choice) []*ui.Option {
	out := []*ui.Option{ui.OptionOf("", ui.T("web.block.all"))}
	for _, o := range own {
		out = append(out, ui.OptionOf(o.ID, ui.S(o.Name)))
	}
	return out
}

// read is what the form says, when the module takes it.
func (b *block) read(form url.Values) (home.Tuning, error) {
	settings, err := b.offer.Accept(b.chooser, setting.Texts(b.offer.Fields, form))
	return home.Tuning{Title: form.Get("titre"), Settings: settings}, err
}

// page is the page of the form; err is what was wrong with it.
func (b *block) page(v *visit.Visit, d desk, form *ui.Form, back, title string, err error) *visit.Answer {
	p := ui.PageOf(ui.T("web.block", "name", blockName(v, d, b.at)))
	p.Crumbs = []*ui.Link{ui.To(back, title)}
	if b.offer.Summary != "" {
		p.Subtitle = ui.S(v.Say.In(drawnBy(b.at.Module())).T(b.offer.Summary))
	}
	if err != nil {
		form = ui.Blame(ui.Fill(form, v.Form), err)
	}
	p.Nodes = []*ui.Node{ui.FormOf(form)}
	if err != nil {
		return visit.Again(p)
	}
	return visit.Show(p)
}

// showBlock answers the settings of one block of the visitor's page.
func (a *App) showBlock(v *visit.Visit) (*visit.Answer, error) {
	return a.ownBlock(v, v.Query, nil)
}

func (a *App) ownBlock(v *visit.Visit, from url.Values, wrong error) (*visit.Answer, error) {
	who, sheet, instance := v.Caller(), from.Get("page"), from.Get("instance")
	page, err := a.Home.PageAt(v.Context, who, sheet)
	if err != nil {
		return nil, err
	}
	b, err := blockOf(page, page.Layout, instance, &who)
	if err != nil {
		return nil, err
	}
	back := draw.EditAt(page.Sheet)
	form := b.form(v, draw.HomeBlock, map[string]string{"page": page.Sheet, "instance": instance}, back)
	if !b.at.Fixed() && len(page.Sheets) > 0 {
		form.Fields = append(form.Fields, sheetField(page))
	}
	return b.page(v, page, form, back, "web.home.arrange", wrong), nil
}

// sheetField asks on which of the visitor's pages the block stands.
func sheetField(page *home.Page) *ui.Field {
	options := []*ui.Option{ui.OptionOf("_", ui.T("web.home.first"))}
	for _, t := range page.Sheets {
		options = append(options, ui.OptionOf(t.ID, ui.S(t.Name)))
	}
	now := page.Sheet
	if now == "" {
		now = "_"
	}
	return ui.ChoiceField("vers", "web.block.sheet", options, ui.Chosen(now))
}

// setBlock keeps the settings of a block, then moves it to another page if the
// form says so.
func (a *App) setBlock(v *visit.Visit) (*visit.Answer, error) {
	who, sheet, instance := v.Caller(), v.Form.Get("page"), v.Form.Get("instance")
	said, name := "web.block.saved", ""
	err := a.Home.Arrange(v.Context, who, sheet, func(p *home.Page) error {
		b, err := blockOf(p, p.Layout, instance, &who)
		if err != nil {
			return err
		}
		t, err := b.read(v.Form)
		if err == nil {
			err = p.Tune(instance, t)
		}
		if err != nil {
			return err
		}
		name = blockName(v, p, p.Layout[p.Layout.Index(instance)])
		to := v.Form.Get("vers")
		if to == "_" {
			to = ""
		}
		if !v.Form.Has("vers") || to == p.Sheet {
			return nil
		}
		said = "web.block.moved"
		return p.MoveToSheet(instance, to)
	})
	if errors.KindOf(err) == errors.Invalid {
		return a.ownBlock(v, v.Form, err)
	}
	if err != nil {
		return nil, err
	}
	at := draw.WidgetAnchor(instance)
	if said == "web.block.moved" {
		at = draw.SheetsAnchor
	}
	return visit.GoTo(draw.EditAt(sheet)).Near(at).Say(said, "name", name), nil
}
