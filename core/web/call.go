package web

import (
	"net"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/core/web/api"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/live"
	"github.com/preau-ent/preau/sdk/ids"
)

// call is one request on its way through the application.
type call struct {
	*fiber.Ctx
	app     *App
	route   route
	id      string
	began   time.Time
	token   string
	session *identity.Session // nil: nobody
	since   live.Since        // before anything was read: what is new to the page begins here
	scopes  []string          // of the token of a program
	say     *locale.Speaker
	module  ids.ModuleID // whose words an error is in; empty: the core
	body    *body        // nil: the request has none

	tried    *theme.Sheet // the page is drawn with it instead of the school's; may be nil
	keepable bool         // the page may be kept by the browser, to be read offline
}

func newCall(a *App, f *fiber.Ctx, r route) *call {
	return &call{Ctx: f, app: a, route: r, id: ids.New(), began: a.Now()}
}

// caller is the visitor as the host knows them; only with a session.
func (c *call) caller() host.Caller {
	return host.Caller{Viewer: c.session.Viewer, Roles: c.session.Roles}
}

// may asks for a permission of the visitor.
func (c *call) may(p ids.Permission) bool {
	return c.session != nil && c.app.Access.May(c.session.School, c.session.Roles, p)
}

// speaker puts words for the visitor: their language, or what the browser asks
// for when nobody is signed in.
func (c *call) speaker() *locale.Speaker {
	if c.say != nil {
		return c.say
	}
	if c.session != nil {
		c.say = c.app.painter().speaker(c.session.Viewer)
		return c.say
	}
	lang := c.AcceptsLanguages(c.app.Words.Languages()...)
	c.say = c.app.Words.Speaker(lang, zone("Europe/Paris"), c.app.Now())
	return c.say
}

// drawing is the context in which trees of the core are drawn for the visitor.
func (c *call) drawing() *draw.Context {
	if c.session == nil {
		return &draw.Context{Say: c.speaker(), Here: c.here(), May: func(string, ids.ModuleID, string) bool { return true }}
	}
	d := c.app.painter().context(c.caller())
	d.Here = c.here()
	return d
}

// here is the page to come back to: what is shown, or what led to the request.
func (c *call) here() string {
	if c.Method() == fiber.MethodGet {
		return localPath(c.OriginalURL())
	}
	return "/"
}

// wantsJSON reports whether the visitor is a program.
func (c *call) wantsJSON() bool {
	if c.route.program || c.route.path == "" && strings.HasPrefix(c.Path(), api.Root+"/") {
		return true
	}
	accept := c.Get(fiber.HeaderAccept)
	return strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}

// fragment reports whether only a part of a page was asked for.
func (c *call) fragment() bool {
	return c.Get("HX-Request") == "true" || c.Get("Preau-Fragment") == "1"
}

// unsafe reports whether the request may change something.
func (c *call) unsafe() bool {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return false
	}
	return true
}

// address is the visitor's network address without port. Behind the proxy that
// ends TLS it is the last one that the proxy itself has seen.
func (c *call) address() string {
	ip := c.Context().RemoteIP()
	if c.app.Secure && ip.IsLoopback() {
		seen := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
		if last := net.ParseIP(strings.TrimSpace(seen[len(seen)-1])); last != nil {
			return last.String()
		}
	}
	return ip.String()
}
