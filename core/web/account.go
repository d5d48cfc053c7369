package web

import (
	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// AccountEntry is one line of the page of one's own account: it leads to a page
// where something of one's own is chosen. Rooms add theirs to [Deps.Account].
type AccountEntry struct {
	Path       string
	Label      string         // translation key
	Detail     string         // translation key: what is found there, in one sentence
	Icon       string         // of sdk/ui's closed set
	Permission ids.Permission // who is shown the line besides having an account; "" everybody
	// Value says in a word or two what is chosen now; it may be nil, and an error
	// leaves it out.
	Value func(v *visit.Visit) (*ui.Words, error)
}

// entries are the lines of the core, then those of the rooms.
func (a *App) entries() []AccountEntry {
	own := []AccountEntry{
		{Path: passwordPath, Label: "web.account.password", Detail: "web.account.password.detail", Icon: ui.IconKey},
		{Path: languagePath, Label: "web.account.language", Detail: "web.account.language.detail", Icon: ui.IconLanguages, Value: a.spoken},
		{Path: draw.Looks, Label: "web.looks.title", Detail: "web.account.looks.detail", Icon: ui.IconSun},
		{Path: modePath, Label: "web.account.home", Detail: "web.account.home.detail", Icon: ui.IconHome, Value: a.homeMode},
		{Path: devicesPath, Label: "web.account.sessions", Detail: "web.account.sessions.lead", Icon: ui.IconComputer},
		{Path: tokensPath, Label: "web.tokens", Detail: "web.tokens.detail", Icon: ui.IconLink, Permission: access.API},
	}
	own = append(own, AccountEntry{Path: choicePath, Label: "web.ways.title", Detail: "web.ways.lead", Icon: ui.IconBell, Value: a.noticeWays},
		AccountEntry{Path: emailPath, Label: "web.email.title", Detail: "web.email.detail", Icon: ui.IconMail, Permission: access.OwnEmail, Value: a.mailed})
	return append(own, a.Account...)
}

// showAccount answers the page of one's own account: who one is here, and the
// list of what may be chosen.
func (a *App) showAccount(v *visit.Visit) (*visit.Answer, error) {
	s := v.Session
	who := ui.Facts(
		&ui.Fact{Label: ui.T("web.account.name"), Value: ui.S(s.Viewer.GetName())},
		&ui.Fact{Label: ui.T("web.account.login"), Value: ui.S(s.Login)},
		&ui.Fact{Label: ui.T("web.account.school"), Value: ui.S(s.Viewer.GetSchoolName())},
	)
	var items []*ui.Item
	for _, e := range a.entries() {
		if e.Permission != "" && !a.Access.May(v.School(), s.Roles, e.Permission) {
			continue
		}
		item := &ui.Item{Title: ui.T(e.Label), Detail: ui.T(e.Detail), Icon: e.Icon, Link: ui.To(e.Path, e.Label)}
		if e.Value != nil {
			if value, err := e.Value(v); err == nil {
				item.Badge = value
			} else {
				a.Log.Error("web: account entry", "path", e.Path, "error", err)
			}
		}
		items = append(items, item)
	}
	return visit.Show(ui.NewPage("web.account.title",
		ui.Titled("web.account.who", who),
		ui.Titled("web.account.choices", ui.List(items...)))), nil
}

// AccountPage returns a page that a line of the account leads to, with the way
// back to the list.
func AccountPage(titleKey string, nodes ...*ui.Node) *ui.Page {
	p := ui.NewPage(titleKey, nodes...)
	p.Crumbs = []*ui.Link{ui.To(draw.Account, "web.account.title")}
	return p
}
