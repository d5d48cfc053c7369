package web

import (
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/web/api"
)

// operations lists what the visitor may ask as a program: the core's operations
// for nobody, who learns nothing of any school.
func (c *call) operations() []api.Operation {
	all := api.Core()
	if c.session == nil {
		return all
	}
	for _, m := range c.app.openable(c.caller()) {
		all = append(all, api.Of(m)...)
	}
	mine := all[:0]
	for _, op := range all {
		if c.may(op.Permission) {
			mine = append(mine, op)
		}
	}
	return mine
}

// server is the address of the site as the visitor reached it.
func (c *call) server() string { return c.scheme() + "://" + c.Get(fiber.HeaderHost) }

// showDocument answers the OpenAPI document: of what the bearer of a token or
// the visitor may ask.
func (a *App) showDocument(c *call) error {
	if secret, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer "); ok {
		session, _, err := a.Identity.TokenSession(c.UserContext(), strings.Clone(secret))
		if err != nil {
			return err
		}
		c.session = session
	}
	return c.sendJSON(http.StatusOK, api.Document(c.speaker(), c.server(), c.operations()))
}

// showAPI answers the same as a page.
func (a *App) showAPI(c *call) error {
	tokens := ""
	if c.may(access.API) {
		tokens = tokensPath
	}
	return c.sendPage(http.StatusOK, "", api.Page(c.speaker(), c.server(), tokens, c.operations()))
}
