package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/ids"
)

// living is what the script of a page needs to keep it current and, when the
// page may be kept, to have it read offline.
func (c *call) living() *draw.Live {
	return &draw.Live{Since: c.since.String(), Who: string(c.session.Person), Keep: c.keepable, Shared: c.shared(), At: c.began}
}

// sharedCookie says that the person signed in on a machine that others use. It
// goes when the browser is closed, as the session does then.
const sharedCookie = "preau-partage"

func (c *call) shared() bool { return c.Cookies(sharedCookie) != "" }

// onShared keeps nothing here beyond the closing of the browser.
func (c *call) onShared() {
	c.Cookie(&fiber.Cookie{Name: sharedCookie, Value: "1", Path: "/", SessionOnly: true,
		Secure: c.scheme() == "https", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
	c.Cookie(&fiber.Cookie{Name: c.cookieName(), Value: c.token, Path: "/", SessionOnly: true,
		Secure: c.scheme() == "https", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
	c.forget()
}

// forget has the browser drop what this site kept in it: the pages to be read
// offline and what was still to be sent.
func (c *call) forget() { c.Set("Clear-Site-Data", `"storage"`) }

// waits reports whether what is posted to an address of a module may be sent
// later by who is offline.
func (p painter) waits(school ids.SchoolID) func(address string) bool {
	return func(address string) bool {
		module, path, ok := strings.Cut(strings.TrimPrefix(address, "/m/"), "/")
		if !ok || !strings.HasPrefix(address, "/m/") {
			return false
		}
		r, err := p.host.Route(school, ids.ModuleID(module), fiber.MethodPost, "/"+beforeQuery(path))
		return err == nil && r.Offline
	}
}
