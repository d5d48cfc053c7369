package web

import (
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/sdk/errors"
)

// unknown stands for every address that no line of the table names.
var unknown = route{public: true, handle: func(*call) error { return errors.New(errors.NotFound, "web.notfound") }}

// serve takes a request through admission to its handler; whatever goes wrong
// on the way becomes a page that says so.
func (a *App) serve(f *fiber.Ctx, r route) error {
	c := newCall(a, f, r)
	a.secure(c)
	err := a.handle(c)
	if err != nil {
		err = a.fail(c, err)
	}
	a.note(c)
	return err
}

// handle runs the handler; a panic is an error like any other.
func (a *App) handle(c *call) (err error) {
	defer func() {
		if r := recover(); r != nil {
			a.Log.Error("web: panic", "request", c.id, "path", c.Path(), "panic", r, "stack", string(debug.Stack()))
			err = errors.Internal(fmt.Errorf("panic: %v", r))
		}
	}()
	if err := a.admit(c); err != nil {
		return err
	}
	return a.handleOnce(c)
}

// note writes the access log and the metrics of one request.
func (a *App) note(c *call) {
	took := a.Now().Sub(c.began)
	status := c.Response().StatusCode()
	a.metrics.request(c.route.path, status, took)
	if !a.Log.Enabled(a.ctx, slog.LevelInfo) {
		return
	}
	who := slog.String("person", "")
	if c.session != nil {
		who = slog.String("person", string(c.session.Person))
	}
	// The path of a personal link is its secret: the log has the route.
	path := c.Path()
	if c.route.path == "/lien/:secret" {
		path = c.route.path
	}
	a.Log.LogAttrs(a.ctx, slog.LevelInfo, "web: request", slog.String("request", c.id), slog.String("method", c.Method()),
		slog.String("path", path), slog.Int("status", status), slog.Duration("took", took), who)
}
