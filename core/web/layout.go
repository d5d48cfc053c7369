package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ids"
)

// layout is what stands around a page for this visitor.
func (c *call) layout() *draw.Layout {
	a := c.app
	l := &draw.Layout{Appearance: c.appearance(), Flash: c.takeFlash(), Trying: c.Path() == draw.Looks}
	if a.Bell != nil {
		l.Script = bellScript
	}
	school := c.school()
	look := a.look(c, school.ID)
	l.School = school.Name
	sheet := c.tried
	if sheet == nil {
		sheet = a.Themes.Worn(look.Look)
	}
	l.Stylesheet, l.Logo = sheet.Path, cmp.Or(look.Logo, sheet.Logo)
	c.Response().Header.Set(fiber.HeaderLink, "<"+l.Stylesheet+">; rel=preload; as=style") // asked for before the page has come
	if c.session == nil {
		return l
	}
	s := c.session
	l.Person, l.Profile = s.Viewer.GetName(), string(s.Profile)
	for _, b := range s.Schools {
		l.Schools = append(l.Schools, draw.Choice{ID: string(b.School), Name: b.Name, Current: b.School == s.School})
	}
	if children := s.Viewer.GetChildren(); len(children) > 1 {
		l.Children = append(l.Children, draw.Choice{Name: c.speaker().T("web.children.all"), Current: s.Child == ""})
	}
	for _, ch := range s.Viewer.GetChildren() {
		l.Children = append(l.Children, draw.Choice{ID: ch.GetPerson(), Name: ch.GetFirstName(), Current: ch.GetPerson() == string(s.Child)})
	}
	if s.MustChange {
		return l
	}
	l.Live = c.living()
	l.Nav, l.Share, l.Search = c.nav(), c.shareable(), a.answers(draw.Search)
	if a.answers(home.HelpPath) {
		l.Guide = home.HelpPath
	}
	unread, err := a.Notify.UnreadOf(c.UserContext(), s.Person, schoolsOf(s)...) // as the list and the streams count
	if err != nil {
		a.Log.Error("web: unread notices", "request", c.id, "error", err)
	}
	l.Unread = unread
	return l
}

// school is the one whose name and colours the page wears: the visitor's, for
// who is not signed in the only one there is; the zero School where that says
// nothing.
func (c *call) school() identity.School {
	if s := c.session; s != nil {
		return identity.School{ID: s.School, Name: s.Viewer.GetSchoolName()}
	}
	only, err := c.app.Identity.Only(c.UserContext())
	if err != nil {
		c.app.Log.Error("web: the only school", "request", c.id, "error", err)
	}
	return only
}

// look returns the theme of a school, the default for none.
func (a *App) look(c *call, school ids.SchoolID) Look {
	if a.Look == nil || school == "" {
		return Look{}
	}
	look, err := a.Deps.Look(c.UserContext(), school)
	if err != nil {
		a.Log.Error("web: look of a school", "request", c.id, "error", err)
		return Look{}
	}
	return look
}

// families is the order of the groups of the navigation.
var families = []string{"", "scolarite", "communication", "vie", "outils"}

// nav lists the home page and the first page of every module the visitor may
// open, then the entries of the core for those who may.
func (c *call) nav() []draw.NavItem {
	say, at := c.speaker(), c.Path()
	items := []draw.NavItem{{Href: "/", Label: say.T("web.nav.home"), Icon: "house", Current: at == "/", Main: true}}
	for _, m := range c.app.openable(c.caller()) {
		root := "/m/" + string(m.ID)
		items = append(items, draw.NavItem{Href: root + m.Start, Label: say.In(m.ID).T(m.Name), Icon: m.Icon, Family: m.Family,
			Current: at == root || strings.HasPrefix(at, root+"/"), Main: true})
	}
	for _, n := range c.app.Nav {
		if c.may(n.Permission) {
			items = append(items, draw.NavItem{Href: n.Path, Label: say.T(n.Label), Icon: n.Icon, Family: n.Family,
				Current: strings.HasPrefix(at, n.Path)})
		}
	}
	slices.SortStableFunc(items, func(a, b draw.NavItem) int {
		return cmp.Compare(slices.Index(families, a.Family), slices.Index(families, b.Family))
	})
	return items
}

// isModule reports whether a string may be the id of a module at all.
func isModule(s string) bool {
	return s != "" && ids.ModuleID(s) != "core" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
