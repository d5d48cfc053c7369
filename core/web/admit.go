package web

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/sdk/errors"
)

// passwordPath is the page to change one's password: the only one open to who
// must.
const passwordPath = "/compte/mot-de-passe"

// admit decides whether a request reaches its handler: session, origin,
// permission, size of the body. What is not allowed is refused.
func (a *App) admit(c *call) error {
	if c.route.bare {
		return a.measure(c)
	}
	if c.route.program {
		return a.admitProgram(c)
	}
	if err := a.signedIn(c); err != nil {
		return err
	}
	if err := c.sameOrigin(); err != nil {
		return err
	}
	if err := a.allowed(c); err != nil {
		return err
	}
	return a.measure(c)
}

// signedIn finds the session behind the cookie. A token that is no longer good
// is nobody, not a failure: the route decides whether that is enough.
func (a *App) signedIn(c *call) error {
	c.token = c.sessionToken()
	if c.token == "" {
		return nil
	}
	s, err := a.Identity.SessionOf(c.UserContext(), c.token)
	switch {
	case err == nil:
		c.session, c.since = s, a.since.Now()
	case errors.KindOf(err) == errors.SignIn || errors.KindOf(err) == errors.NotFound:
		c.token = ""
	default:
		return err
	}
	return nil
}

// allowed asks for the permission that the route's line names.
func (a *App) allowed(c *call) error {
	if c.route.public {
		return nil
	}
	if c.session == nil {
		return errors.New(errors.SignIn, "web.signin")
	}
	if c.session.MustChange && c.route.path != passwordPath {
		return errMustChange
	}
	if c.route.delegated || c.may(c.route.permission) {
		return nil
	}
	return errors.New(errors.Denied, "web.denied")
}

// errMustChange sends everything to the page where the first password is
// replaced.
var errMustChange error = errors.New(errors.Denied, "web.mustchange")

// sameOrigin refuses what another site sends: on every unsafe method, and on
// upgrades, which carry the cookie without being unsafe. A browser says where a
// request comes from; who says nothing at all is refused too.
func (c *call) sameOrigin() error {
	if !c.unsafe() && c.Get(fiber.HeaderUpgrade) == "" {
		return nil
	}
	refused := errors.New(errors.Denied, "web.origin")
	if site := c.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return refused
	}
	switch origin := c.Get(fiber.HeaderOrigin); {
	case origin != "":
		if u, err := url.Parse(origin); err != nil || !strings.EqualFold(u.Host, c.Get(fiber.HeaderHost)) || u.Scheme != c.scheme() {
			return refused
		}
	case c.Get("Sec-Fetch-Site") == "":
		return refused
	}
	return nil
}

// scheme is how the visitor reached the site.
func (c *call) scheme() string {
	if c.app.Secure || c.Context().IsTLS() {
		return "https"
	}
	return "http"
}
