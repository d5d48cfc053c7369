package console

import (
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/locale/label"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

const labelsPath = root + "/libelles" // ?langue=

// labels lists what the school may rename: allow-listed words of the core, and
// the names of the modules it uses.
func (c *Console) labels(v *visit.Visit) []locale.Label {
	var out []locale.Label
	for _, key := range locale.CoreLabels() {
		out = append(out, locale.Label{Key: key})
	}
	for _, m := range c.Modules.Manifests() {
		if c.Modules.IsEnabled(v.School(), m.ID) {
			out = append(out, locale.Label{Module: m.ID, Key: m.Name})
		}
	}
	return out
}

// language is the one whose labels are being changed: the address's, else the
// visitor's.
func (c *Console) language(v *visit.Visit) (string, error) {
	lang := v.Query.Get("langue")
	if lang == "" {
		return v.Say.Lang, nil
	}
	if !slices.Contains(c.Words.Languages(), lang) {
		return "", errors.New(errors.NotFound, "console.labels.language")
	}
	return lang, nil
}

// showLabels answers the form in which the school says what it calls things.
func (c *Console) showLabels(v *visit.Visit) (*visit.Answer, error) {
	lang, err := c.language(v)
	if err != nil {
		return nil, err
	}
	own := map[string]string{}
	for l, text := range c.Labels.Of(v.School(), lang) {
		own[label.Field(l)] = text
	}
	return visit.Show(c.labelsPage(v, lang, c.labelsForm(v, lang, func(field string) string { return own[field] }))), nil
}

func (c *Console) labelsPage(v *visit.Visit, lang string, form *ui.Form) *ui.Page {
	var links []*ui.Link
	for _, l := range c.Words.Languages() {
		link := ui.ToOf(labelsPath+"?langue="+l, ui.S(c.Words.Name(l)))
		if l == lang {
			ui.Here(link)
		}
		links = append(links, link)
	}
	return page(ui.T("console.labels"), nil, ui.Text("console.labels.explain"),
		ui.Filters(ui.Filter("console.labels.language", links...)), ui.FormOf(form))
}

func (c *Console) labelsForm(v *visit.Visit, lang string, value func(field string) string) *ui.Form {
	say := c.Words.Speaker(lang, v.Say.Zone, v.Say.Now) // without the school's own
	form := ui.NewForm(labelsPath+"?langue="+lang, "console.save")
	for _, l := range c.labels(v) {
		usual := say.In(l.Module).T(l.Key)
		field := ui.TextField(label.Field(l), "", ui.Value(value(label.Field(l))), ui.Max(label.Most))
		form.Fields = append(form.Fields, labelled(field, usual, ""))
	}
	return form
}

// setLabels keeps the school's words; a field left empty gives the label back
// its own.
func (c *Console) setLabels(v *visit.Visit) (*visit.Answer, error) {
	lang, err := c.language(v)
	if err != nil {
		return nil, err
	}
	words := map[locale.Label]string{}
	for _, l := range c.labels(v) { // what is not in the list is not read at all
		words[l] = strings.TrimSpace(v.Form.Get(label.Field(l)))
	}
	if err := c.Labels.Set(v.Context, v.By(), v.School(), lang, words); err != nil {
		return again(err, nil, func() *ui.Page {
			return c.labelsPage(v, lang, ui.Blame(c.labelsForm(v, lang, v.Form.Get), err))
		})
	}
	return visit.GoTo(labelsPath + "?langue=" + lang).Say("console.saved"), nil
}
