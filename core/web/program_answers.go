package web

import (
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// apiHandlers says who answers which operation of api.Core.
func (a *App) apiHandlers() map[string]func(*call) error {
	return map[string]func(*call) error{
		"moi": a.apiMe, "accueil": a.apiHome, "modules": a.apiModules, "notifications": a.apiNotices, "notificationsLues": a.apiReadNotices,
		"classes": a.apiGroups, "personnes": a.apiPeople,
	}
}

type apiNamed struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type apiGroup struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

type apiChild struct {
	Person string     `json:"person"`
	Name   string     `json:"name"`
	Groups []apiGroup `json:"groups"`
}

func apiGroups(list []*wire.Group) []apiGroup {
	out := make([]apiGroup, 0, len(list))
	for _, g := range list {
		out = append(out, apiGroup{g.GetId(), g.GetName(), g.GetKind()})
	}
	return out
}

// apiMe answers whose token it is and what it is good for.
func (a *App) apiMe(c *call) error {
	v := c.session.Viewer
	children := make([]apiChild, 0, len(v.GetChildren()))
	for _, ch := range v.GetChildren() {
		children = append(children, apiChild{ch.GetPerson(), ch.GetName(), apiGroups(ch.GetGroups())})
	}
	return c.sendJSON(http.StatusOK, struct {
		Person   string     `json:"person"`
		Name     string     `json:"name"`
		Profile  string     `json:"profile"`
		School   apiNamed   `json:"school"`
		Language string     `json:"language"`
		Groups   []apiGroup `json:"groups"`
		Children []apiChild `json:"children"`
		Scopes   []string   `json:"scopes"`
		Expires  time.Time  `json:"expires"`
	}{v.GetPerson(), v.GetName(), v.GetProfile(), apiNamed{v.GetSchool(), v.GetSchoolName()}, v.GetLocale(), apiGroups(v.GetGroups()),
		children, c.scopes, c.session.Expires})
}

// apiHome answers the widgets of the home page.
func (a *App) apiHome(c *call) error {
	composed, err := a.Home.Compose(c.UserContext(), c.caller())
	if err != nil {
		return err
	}
	return a.homeJSON(c, composed)
}

// apiModules answers the modules that the person may open.
func (a *App) apiModules(c *call) error {
	type module struct {
		ID      ids.ModuleID `json:"id"`
		Name    string       `json:"name"`
		Version string       `json:"version"`
		Start   string       `json:"start"`
	}
	out := []module{}
	for _, m := range a.openable(c.caller()) {
		out = append(out, module{m.ID, c.speaker().In(m.ID).T(m.Name), m.Version, draw.Href(m.ID, m.Start)})
	}
	return c.sendJSON(http.StatusOK, map[string]any{"modules": out})
}

// apiGroups answers the classes and groups of the school.
func (a *App) apiGroups(c *call) error {
	list, err := a.Identity.Groups(c.UserContext(), c.session.School)
	if err != nil {
		return err
	}
	out := make([]apiGroup, 0, len(list))
	for _, g := range list {
		out = append(out, apiGroup{g.ID, g.Name, g.Kind})
	}
	return c.sendJSON(http.StatusOK, map[string]any{"groups": out})
}

// apiPeople answers people of the school, as the console finds them.
func (a *App) apiPeople(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	profile := ids.Profile(v.Query.Get("profil"))
	if profile != "" && !profile.Valid() {
		return errors.New(errors.Invalid, "web.garbage")
	}
	list, next, err := a.Identity.ListPeople(v.Context, v.School(), identity.PeopleQuery{Words: v.Query.Get("q"), Profile: profile,
		Group: ids.GroupID(v.Query.Get("classe")), Cursor: v.Query.Get("suite"), Limit: 200})
	if err != nil {
		return err
	}
	type person struct {
		Person    string         `json:"person"`
		Name      string         `json:"name"`
		First     string         `json:"first_name"`
		Last      string         `json:"last_name"`
		Profile   ids.Profile    `json:"profile"`
		Groups    []ids.GroupID  `json:"groups"`
		Children  []ids.PersonID `json:"children,omitempty"`
		Guardians []ids.PersonID `json:"guardians,omitempty"`
	}
	out := make([]person, 0, len(list))
	for _, m := range list {
		out = append(out, person{m.ID, m.Name(), m.FirstName, m.LastName, m.Profile, append([]ids.GroupID{}, m.Groups...), m.Children, m.Guardians})
	}
	answer := map[string]any{"people": out}
	if next != "" {
		answer["next"] = next
	}
	return c.sendJSON(http.StatusOK, answer)
}

// apiReadNotices marks notices read: those named (avis), else all.
func (a *App) apiReadNotices(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	if err := a.Notify.MarkRead(v.Context, v.School(), v.Session.Person, v.Form["avis"]...); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
