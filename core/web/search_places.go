package web

import (
	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Places lists the pages, settings and help of the core that can be found: those
// of this package, then those of [Deps.Places].
func (a *App) Places() []search.Place {
	list := []search.Place{
		{Source: search.Pages, Path: "/", Label: "search.place.home", Detail: "search.place.home.detail", Icon: ui.IconHome, Permission: access.Home},
		{Source: search.Pages, Path: draw.Notices, Label: "search.place.notices", Detail: "search.place.notices.detail", Icon: ui.IconBell},
		{Source: search.Pages, Path: draw.Account, Label: "search.place.account", Detail: "search.place.account.detail", Icon: ui.IconPerson},
		{Source: search.Pages, Path: draw.Status, Label: "search.place.status", Detail: "search.place.status.detail", Icon: ui.IconTrend},
		{Source: search.Pages, Path: draw.Declaration, Label: "search.place.access", Detail: "search.place.access.detail", Icon: ui.IconEye},
		{Source: search.Help, Path: home.HelpPath, Label: "search.place.help", Detail: "search.place.help.detail", Icon: ui.IconHelp},
	}
	for _, n := range a.Nav {
		list = append(list, search.Place{Source: search.Pages, Path: n.Path, Label: n.Label, Icon: n.Icon, Permission: n.Permission})
	}
	for _, e := range a.entries() {
		list = append(list, search.Place{Source: search.Settings, Path: e.Path, Label: e.Label, Detail: e.Detail, Icon: e.Icon, Permission: e.Permission})
	}
	return append(list, a.Deps.Places...)
}

// titles of the groups of the core.
var titles = map[string]string{search.People: "search.people", search.Classes: "search.classes", search.Pages: "search.pages",
	search.Settings: "search.settings", search.Help: "search.help"}

// groupTitle is what a source is called.
func (a *App) groupTitle(v *visit.Visit, source string) string {
	if key, ok := titles[source]; ok {
		return v.Say.T(key)
	}
	m, err := a.Host.Manifest(ids.ModuleID(source))
	if err != nil {
		return source
	}
	return v.Say.In(m.ID).T(m.Name)
}

func (a *App) iconOf(source string) string {
	if m, err := a.Host.Manifest(ids.ModuleID(source)); err == nil {
		return m.Icon
	}
	return ui.IconText
}

// said puts words of a source as the visitor reads them. Pages and settings of
// modules, which the core lists, are called by their modules' words.
func (a *App) said(v *visit.Visit, source string, words *wire.Text) string {
	if words == nil {
		return ""
	}
	return v.Say.In(a.Findable.ModuleOf(source, words.GetKey())).Text(words)
}
