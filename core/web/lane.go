package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/web/api"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// serveModule takes a request through the page lane: the manifest says whether
// the address exists and who may use it, the module answers, and the core draws
// the tree or lets the rest through.
func (a *App) serveModule(c *call) error {
	module := ids.ModuleID(c.Params("module"))
	if !isModule(string(module)) {
		return errors.New(errors.NotFound, "web.notfound")
	}
	c.module = module
	path, ok := insidePath(c)
	if !ok {
		return errors.New(errors.NotFound, "web.notfound")
	}
	r, err := a.Host.Route(c.session.School, module, c.Method(), path)
	if err != nil {
		return err
	}
	if !c.may(r.Permission) {
		return errors.New(errors.Denied, "web.denied")
	}
	if c.unsafe() {
		defer a.Home.Acted(c.session.School, c.session.Person)
	}
	return a.through(c, c.callerNow(), r)
}

// through sends the request down the lane and answers what comes back.
func (a *App) through(c *call, who host.Caller, r host.Route) error {
	limit := r.Upload
	if limit == 0 {
		limit = defaultLimit
	}
	if err := c.bound(limit); err != nil {
		return err
	}
	req, cancel := c.request(r)
	answer, err := a.Host.Open(req.Context(), who, r, req)
	if err != nil {
		cancel()
		if c.body != nil && c.body.exceeded() {
			return errTooLarge
		}
		return err
	}
	return a.answer(c, r, answer, cancel)
}

// insidePath is the decoded path inside the module, when it has one reading.
func insidePath(c *call) (string, bool) {
	raw := string(c.Request().URI().PathOriginal())
	u, err := url.ParseRequestURI(raw)
	if err != nil {
		return "", false
	}
	path, ok := manifest.PathOf(u)
	if c.route.program {
		path = strings.TrimPrefix(path, api.Root)
	}
	path = strings.TrimPrefix(path, "/m/"+string(c.module))
	if path == "" {
		path = "/"
	}
	return path, ok
}

// request is the visitor's request as net/http knows it. Nothing in it belongs
// to fasthttp but the body, which is read only while the connection is ours.
func (c *call) request(r host.Route) (*http.Request, func()) {
	ctx, cancel := contextOf(c)
	req := &http.Request{Method: c.Method(), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{},
		Host: c.Get(fiber.HeaderHost), URL: &url.URL{Path: r.Path, RawQuery: string(c.Request().URI().QueryString())}}
	for k, v := range c.Request().Header.All() {
		req.Header.Add(string(k), string(v))
	}
	if c.body != nil {
		req.Body = c.body
		req.ContentLength = int64(c.Request().Header.ContentLength())
		if req.ContentLength == 0 {
			req.Body = http.NoBody
		}
	}
	return req.WithContext(ctx), cancel
}
