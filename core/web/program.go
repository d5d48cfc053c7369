package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/web/api"
	"github.com/preau-ent/preau/sdk/errors"
)

// admitProgram decides about a request under /api/v1. A token, and nothing else,
// says who asks: a browser never sends one by itself, so no other site can borrow
// a visitor's rights here. The scope is asked first, then the person's permission,
// which a token cannot exceed.
func (a *App) admitProgram(c *call) error {
	secret, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
	if !ok {
		return errors.New(errors.SignIn, "web.api.token")
	}
	session, token, err := a.Identity.TokenSession(c.UserContext(), strings.Clone(strings.TrimSpace(secret)))
	if err != nil {
		return err
	}
	c.session, c.scopes = session, token.Scopes
	if !c.may(access.API) {
		return errors.New(errors.Denied, "web.denied")
	}
	scope := c.route.scope
	if c.route.delegated {
		scope = api.ScopeOf(strings.Clone(c.Params("module")), c.Method())
	}
	if !slices.Contains(c.scopes, string(scope)) {
		return errors.New(errors.Denied, "web.api.scope", "scope", string(scope))
	}
	if !c.route.delegated && !c.may(c.route.permission) {
		return errors.New(errors.Denied, "web.denied")
	}
	return a.measure(c)
}

// challenge tells a program how to say who it is, or when to ask again.
func (c *call) challenge(kind errors.Kind) {
	switch kind {
	case errors.SignIn:
		c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="`+api.Root+`"`)
	case errors.TooMany:
		c.Set(fiber.HeaderRetryAfter, "10")
	}
}

// apiRoutes are the core's operations and the modules' pages for programs.
func (a *App) apiRoutes() []route {
	handlers := a.apiHandlers()
	lane := api.ModulePath + ":module"
	out := []route{
		{method: "*", path: lane, delegated: true, program: true, handle: a.serveModule},
		{method: "*", path: lane + "/*", delegated: true, program: true, handle: a.serveModule},
	}
	for _, op := range api.Core() {
		out = append(out, route{method: op.Method, path: op.Path, permission: op.Permission, scope: op.Scope, program: true, handle: handlers[op.ID]})
	}
	return out
}
