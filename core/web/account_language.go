package web

import (
	"slices"

	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

const languagePath = "/compte/langue"

// spoken is the language the visitor reads, in itself.
func (a *App) spoken(v *visit.Visit) (*ui.Words, error) { return ui.S(a.Words.Name(v.Say.Lang)), nil }

// showLanguage answers the languages to choose from, each in its own words.
func (a *App) showLanguage(v *visit.Visit) (*visit.Answer, error) {
	var languages []*ui.Option
	for _, lang := range a.Words.Languages() {
		languages = append(languages, ui.OptionOf(lang, ui.S(a.Words.Name(lang))))
	}
	return visit.Show(AccountPage("web.account.language", ui.FormOf(ui.NewForm(languagePath, "web.save",
		ui.ChoiceField("langue", "web.account.language", languages, ui.Chosen(v.Say.Lang), ui.Expanded()))))), nil
}

// setLocale keeps the language the visitor reads.
func (a *App) setLocale(v *visit.Visit) (*visit.Answer, error) {
	lang := v.Form.Get("langue")
	if !slices.Contains(a.Words.Languages(), lang) {
		return nil, errors.New(errors.Invalid, "web.garbage")
	}
	if _, err := a.Identity.SetLocale(v.Context, v.Token, lang); err != nil {
		return nil, err
	}
	return visit.GoTo(draw.Account).Say("web.account.language.set"), nil
}
