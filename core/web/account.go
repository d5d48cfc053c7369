package web

import (
	"slices"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// showAccount answers the page of one's own account: who one is here, password,
// language, home page, sessions.
func (a *App) showAccount(v *visit.Visit) (*visit.Answer, error) {
	page, err := a.Home.Page(v.Context, v.Caller())
	if err != nil {
		return nil, err
	}
	s := v.Session
	who := ui.Facts(
		&ui.Fact{Label: ui.T("web.account.name"), Value: ui.S(s.Viewer.GetName())},
		&ui.Fact{Label: ui.T("web.account.login"), Value: ui.S(s.Login)},
		&ui.Fact{Label: ui.T("web.account.school"), Value: ui.S(s.Viewer.GetSchoolName())},
	)
	languages := make([]*ui.Option, 0, len(locale.Languages))
	for _, l := range locale.Languages {
		languages = append(languages, &ui.Option{Value: l, Label: ui.T("web.language." + l), Selected: l == v.Say.Lang})
	}
	modes := []*ui.Option{
		{Value: string(home.GuidedMode), Label: ui.T("web.mode.guide"), Detail: ui.T("web.mode.guide.detail"), Selected: page.Mode == home.GuidedMode},
		{Value: string(home.ExpertMode), Label: ui.T("web.mode.expert"), Detail: ui.T("web.mode.expert.detail"), Selected: page.Mode == home.ExpertMode},
	}
	return visit.Show(ui.NewPage("web.account.title",
		ui.Titled("web.account.who", who),
		ui.Section("web.account.password", ui.Toolbar(ui.To(passwordPath, "web.account.password.change"))),
		ui.Section("web.account.home", ui.FormOf(ui.NewForm(draw.HomeMode, "web.save", ui.ChoiceField("mode", "web.account.mode", modes, ui.Expanded())))),
		ui.Section("web.account.language", ui.FormOf(ui.NewForm("/compte/langue", "web.save", ui.ChoiceField("langue", "web.account.language", languages)))),
		ui.Section("web.account.sessions", ui.Text("web.account.sessions.detail"),
			ui.Act(ui.Confirm(ui.Button("/compte/sessions", "web.account.sessions.end"), "web.account.sessions.sure"))),
	)), nil
}

// setLocale keeps the language the visitor reads.
func (a *App) setLocale(v *visit.Visit) (*visit.Answer, error) {
	lang := v.Form.Get("langue")
	if !slices.Contains(locale.Languages, lang) {
		return nil, errors.New(errors.Invalid, "web.garbage")
	}
	if _, err := a.Identity.SetLocale(v.Context, v.Token, lang); err != nil {
		return nil, err
	}
	return visit.GoTo(draw.Account).Say("web.account.language.set"), nil
}

// endSessions signs the visitor out everywhere, here too.
func (a *App) endSessions(v *visit.Visit) (*visit.Answer, error) {
	if err := a.Identity.SignOutEverywhere(v.Context, v.Session.Person); err != nil {
		return nil, err
	}
	return visit.GoTo(draw.SignInPath), nil
}

// switchSchool moves the session to another school of the visitor. The page
// they were on may not exist there: home does.
func (a *App) switchSchool(v *visit.Visit) (*visit.Answer, error) {
	if _, err := a.Identity.Switch(v.Context, v.Token, ids.SchoolID(v.Form.Get("etablissement"))); err != nil {
		return nil, err
	}
	return visit.GoTo("/"), nil
}

// chooseChild keeps the child a parent looks at; none is all.
func (a *App) chooseChild(v *visit.Visit) (*visit.Answer, error) {
	if _, err := a.Identity.LookAt(v.Context, v.Token, ids.PersonID(v.Form.Get("enfant"))); err != nil {
		return nil, err
	}
	return visit.GoTo(localPath(v.Form.Get("retour"))), nil
}
