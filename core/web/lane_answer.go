package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/web/api"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// contextOf is the context of a call down the lane: it ends with the
// application, or when cancel is called.
func contextOf(c *call) (context.Context, func()) { return context.WithCancel(c.app.ctx) }

// callerNow is the visitor with the id of this request and the address of the
// site as they reached it, which links that leave the site begin with.
func (c *call) callerNow() host.Caller {
	who := c.caller()
	who.Viewer = proto.CloneOf(who.Viewer)
	who.Viewer.RequestId, who.Viewer.Site = c.id, c.scheme()+"://"+c.Get(fiber.HeaderHost)
	return who
}

// errorType marks an answer as an error of sdk/errors.
const errorType = "application/vnd.preau.error+json"

// answer sends what a module said. cancel ends the call down the lane.
func (a *App) answer(c *call, r host.Route, answer *host.Answer, cancel func()) error {
	if answer.Conn != nil {
		return a.upgrade(c, answer, cancel)
	}
	kind, _, _ := strings.Cut(answer.Header.Get(fiber.HeaderContentType), ";")
	if answer.Tree || answer.File != "" || kind == errorType || answer.Header.Get(fiber.HeaderLocation) != "" {
		defer cancel()
		defer answer.Body.Close()
		c.sayNext(r.Module, ui.Ok, answer.Flash)
		return a.finish(c, r, answer, kind)
	}
	c.passHeaders(answer)
	if r.Stream && c.Method() == fiber.MethodGet {
		return a.stream(c, answer, cancel)
	}
	c.Status(answer.Status)
	c.Context().SetBodyStream(lane{answer.Body, cancel}, int(answer.Length))
	return nil
}

// lane is the body of an answer; closing it ends the call.
type lane struct {
	io.ReadCloser
	cancel func()
}

// Close implements io.Closer.
func (l lane) Close() error {
	err := l.ReadCloser.Close()
	l.cancel()
	return err
}

// finish answers what the core makes of a short answer: a page, a stored file,
// an error, another address.
func (a *App) finish(c *call, r host.Route, answer *host.Answer, kind string) error {
	if to := answer.Header.Get(fiber.HeaderLocation); to != "" {
		return c.redirected(r.Module, to)
	}
	if answer.File != "" {
		return a.sendFile(c, r, answer)
	}
	b, err := io.ReadAll(io.LimitReader(answer.Body, ui.MaxBytes+1))
	if err != nil {
		return errors.Wrap(err, errors.Unavailable, "web.module.broken")
	}
	if kind == errorType {
		return moduleError(answer.Status, b)
	}
	page, err := ui.Decode(b)
	if err != nil {
		return errors.Wrap(err, errors.Unavailable, "web.module.broken")
	}
	c.keepable = r.Offline && answer.Status == http.StatusOK
	return c.sendPage(answer.Status, r.Module, page)
}

// redirected sends the visitor to another address of the same module: a module
// leads nowhere else, but back to where its button was pressed. The host has put
// the module's own prefix in front.
func (c *call) redirected(module ids.ModuleID, to string) error {
	if !strings.HasPrefix(to, "/m/"+string(module)+"/") {
		return errors.New(errors.Unavailable, "web.module.broken")
	}
	if back := c.back(); back != "" {
		to = back
	}
	if c.route.program {
		to = api.Root + to // a program stays where its token is good
	}
	c.Set(fiber.HeaderLocation, to)
	c.Status(fiber.StatusSeeOther)
	return nil
}

// moduleError reads an error as a module sends it; its kind is that of the
// status, so that body and status cannot disagree.
func moduleError(status int, b []byte) error {
	var said struct {
		Key    string            `json:"key"`
		Args   []any             `json:"args"`
		Fields map[string]string `json:"fields"`
		Filled map[string][]any  `json:"filled"`
	}
	if err := json.Unmarshal(b, &said); err != nil {
		return errors.Wrap(err, errors.Unavailable, "web.module.broken")
	}
	kind := errors.FromHTTP(status)
	if kind == errors.OK {
		kind = errors.Bug
	}
	for _, args := range said.Filled {
		whole(args)
	}
	return &errors.Error{Kind: kind, Key: said.Key, Args: whole(said.Args), Fields: said.Fields, Filled: said.Filled}
}

// whole turns the numbers of JSON back into whole ones, which choose plurals.
func whole(args []any) []any {
	for i, a := range args {
		if f, ok := a.(float64); ok && f == float64(int64(f)) {
			args[i] = int64(f)
		}
	}
	return args
}

// statusText is for the answers written by hand on a connection.
func statusText(status int) string { return http.StatusText(status) }
