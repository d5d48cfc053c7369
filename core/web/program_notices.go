package web

import (
	"net/http"
	"time"

	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ids"
)

// apiNotice is a notice in words already, with the children it is about.
type apiNotice struct {
	ID     string         `json:"id"`
	Text   string         `json:"text"`
	At     time.Time      `json:"at"`
	Read   bool           `json:"read"`
	Module ids.ModuleID   `json:"module"`
	About  []apiConcerned `json:"about"`
	Link   string         `json:"link,omitempty"` // address of the page, which leads to the right school
}

type apiConcerned struct {
	Person string `json:"person"`
	Name   string `json:"name"`
}

// apiNotices answers the person's notices, the newest first.
func (a *App) apiNotices(c *call) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	all, next, err := a.Notify.List(v.Context, v.School(), v.Session.Person, v.Query.Get("suite"), noticesOnPage)
	if err != nil {
		return err
	}
	out := make([]apiNotice, 0, len(all))
	for _, n := range all {
		one := apiNotice{ID: n.ID, Text: v.Say.In(n.Module).Text(n.Text), At: n.At, Read: n.Read, Module: n.Module, About: []apiConcerned{}}
		for _, about := range n.About {
			one.About = append(one.About, apiConcerned{about.GetPerson(), about.GetName()})
		}
		if n.Link != nil {
			module := ids.ModuleID(n.Link.GetModule())
			if module == "" {
				module = n.Module
			}
			one.Link = draw.Shared(v.School(), draw.Href(module, n.Link.GetPath()))
		}
		out = append(out, one)
	}
	answer := map[string]any{"notices": out}
	if next != "" {
		answer["next"] = next
	}
	return c.sendJSON(http.StatusOK, answer)
}
