package web

import (
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// followShared answers an address that somebody shared: it names the school, so
// it means the same page to everyone who may see it. Who is in another of their
// schools is taken over to this one, and told so.
func (a *App) followShared(c *call) error {
	school := ids.SchoolID(strings.Clone(c.Params("school")))
	at := slices.IndexFunc(c.session.Schools, func(b identity.Belonging) bool { return b.School == school })
	if at < 0 {
		return errors.New(errors.Denied, "web.shared.elsewhere")
	}
	if school != c.session.School {
		if p := c.Get("Sec-Purpose") + c.Get("Purpose"); strings.Contains(p, "prefetch") {
			return errors.New(errors.Denied, "web.origin") // looking ahead moves nobody
		}
		if _, err := a.Identity.Switch(c.UserContext(), c.token, school); err != nil {
			return err
		}
		c.sayNext("", ui.Info, ui.T("web.shared.switched", "school", c.session.Schools[at].Name))
	}
	return c.goTo(sharedPath(c.OriginalURL(), string(school)))
}

// sharedPath is the path and query inside the site that a shared address means.
func sharedPath(address, school string) string {
	return localPath("/" + strings.TrimPrefix(strings.TrimPrefix(address, draw.SharePath+school), "/"))
}

// shareable is the address of the page being answered that the visitor may give
// to others of the same school, "" when it means nothing to them.
func (c *call) shareable() string {
	at := c.here()
	if c.session == nil || strings.HasPrefix(at, draw.Account) || strings.HasPrefix(at, draw.Notices) || strings.HasPrefix(at, draw.SignInPath) {
		return ""
	}
	return draw.Shared(c.session.School, at)
}

// elsewhere lists the same address in the visitor's other schools: where to look
// for a page that is not in this one.
func (c *call) elsewhere() (out []draw.Choice) {
	if c.session == nil || !strings.HasPrefix(c.Path(), "/m/") || c.Method() != "GET" {
		return nil
	}
	for _, b := range c.session.Schools {
		if b.School != c.session.School {
			out = append(out, draw.Choice{ID: draw.Shared(b.School, c.here()), Name: b.Name})
		}
	}
	return out
}
