package web

import (
	"bytes"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/errors"
)

// fail answers with what went wrong: a problem to a program, the way to sign in
// or to change the password to who must, else the error page. The cause goes to
// the log only.
func (a *App) fail(c *call, err error) error {
	kind := errors.KindOf(err)
	a.logFailure(c, kind, err)
	c.Response().ResetBody()
	switch {
	case c.wantsJSON():
		c.challenge(kind)
		return c.problem(kind, err)
	case err == errMustChange:
		return c.goTo(passwordPath)
	case kind == errors.SignIn && !c.fragment():
		return c.goTo(signInAgain(c))
	}
	say := c.speaker().In(c.module)
	f := &draw.FailurePage{Kind: kind, ID: c.id, Back: "/", Message: say.Error(err),
		Stopped: host.IsHalted(err) || host.IsAside(err)}
	switch {
	case f.Stopped:
		f.Back = "" // there is the way home
	case kind == errors.Timeout, kind == errors.Unavailable, kind == errors.TooMany:
		f.Back = c.here() // to be tried again
	}
	if kind == errors.NotFound || kind == errors.Denied {
		f.Elsewhere = c.elsewhere()
	}
	var b bytes.Buffer
	if err := draw.Failure(&b, c.drawing(), c.layout(), f); err != nil {
		a.Log.Error("web: cannot draw a failure", "request", c.id, "error", err)
		return c.SendStatus(kind.HTTP())
	}
	return c.send(kind.HTTP(), htmlType, b.Bytes())
}

// signInAgain is the sign-in page that leads back to what was asked for.
func signInAgain(c *call) string {
	if back := c.here(); back != "/" {
		return draw.SignInPath + "?retour=" + url.QueryEscape(back)
	}
	return draw.SignInPath
}

// problem answers a program as RFC 9457 says, in the viewer's words.
func (c *call) problem(kind errors.Kind, err error) error {
	key, _ := errors.Public(err)
	say := c.speaker().In(c.module)
	fields := map[string]string{}
	for name, key := range errors.FieldsOf(err) {
		fields[name] = say.T(key, errors.FilledOf(err)[name]...)
	}
	problem := map[string]any{"type": "about:blank", "status": kind.HTTP(), "kind": kind.String(), "key": key,
		"title": say.Error(err), "request": c.id}
	if len(fields) > 0 {
		problem["fields"] = fields
	}
	if err := c.sendJSON(kind.HTTP(), problem); err != nil {
		return err
	}
	c.Response().Header.SetContentType("application/problem+json")
	return nil
}

func (a *App) logFailure(c *call, kind errors.Kind, err error) {
	switch kind {
	case errors.Bug, errors.Timeout, errors.Unavailable:
		a.Log.Error("web: failed", "request", c.id, "route", c.route.path, "error", err)
	case errors.SignIn, errors.NotFound, errors.Cancelled:
	default:
		a.Log.Debug("web: refused", "request", c.id, "route", c.route.path, "error", err)
	}
}

// fiberFailed answers what Fiber itself refuses, before any route.
func (a *App) fiberFailed(f *fiber.Ctx, err error) error {
	status := fiber.StatusInternalServerError
	var e *fiber.Error
	if errors.As(err, &e) {
		status = e.Code
	}
	a.Log.Warn("web: request refused", "status", status, "error", err)
	return f.SendStatus(status)
}
