package web

import (
	"net/url"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
)

// followLink answers a personal link: one route, for reading, as the person who
// made it, with the rights they have now. No session comes of it.
func (a *App) followLink(c *call) error {
	gone := errors.New(errors.NotFound, "web.link.gone")
	link, err := a.Host.Link(c.UserContext(), pathValue(c.Params("secret")))
	if err != nil {
		return err
	}
	u, err := url.ParseRequestURI(link.Path)
	if err != nil {
		return gone
	}
	r, err := a.Host.Route(link.School, link.Module, c.Method(), u.Path)
	if err != nil || !r.Link {
		return gone
	}
	viewer, roles, err := a.Identity.ViewerOf(c.UserContext(), link.School, link.Person)
	if err != nil {
		return gone
	}
	if !a.Access.May(link.School, roles, r.Permission) {
		return gone
	}
	c.module = link.Module
	c.Request().URI().SetQueryString(u.RawQuery)
	viewer.RequestId = c.id
	return a.through(c, host.Caller{Viewer: viewer, Roles: roles}, r)
}

// pathValue decodes a parameter of a path; what cannot be decoded is itself.
func pathValue(s string) string {
	if v, err := url.PathUnescape(s); err == nil {
		return v
	}
	return s
}
