package host

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/core/host/lane"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// defaultUpload is the most bytes of a body on a route that says nothing.
const defaultUpload = 4 << 20

// Open sends a page request down the lane. Of r, method, query, headers and
// body are used; the path is the route's. The answer's Body (or Conn) must be
// closed: the call handle lives until then. When it is closed, r.Body is no
// longer read; a Body whose Read can wait must be woken by its Close.
func (h *Host) Open(ctx context.Context, caller Caller, route Route, r *http.Request) (*Answer, error) {
	w := h.worker(route.Module)
	if w == nil || !h.IsEnabled(route.School, route.Module) || caller.School() != route.School {
		return nil, errors.New(errors.NotFound, "host.noroute")
	}
	if !h.cfg.Permissions.May(route.School, caller.Roles, route.Permission) {
		return nil, errors.New(errors.Denied, "host.denied", "permission", string(route.Permission))
	}
	viewer := h.viewer(caller, route.Module)
	raw, err := proto.Marshal(viewer)
	if err != nil {
		return nil, errors.Internal(err)
	}
	out := &lane.Request{Method: r.Method, Target: target(route.Path, r.URL), Header: r.Header,
		Viewer: raw, Base: "/m/" + string(route.Module), FirstByte: h.cfg.Pace.Page}
	if err := load(out, r, route.Upload); err != nil {
		return nil, err
	}
	places := w.pages
	if route.Stream {
		places, out.FirstByte = w.streams, 0
	}
	c, err := w.admit(ctx, &calls.Call{Module: route.Module, School: route.School, Viewer: viewer, Roles: caller.Roles}, places)
	if err != nil {
		return nil, err
	}
	out.Call = c.handle
	a, err := c.process.Lane.Do(c.ctx, out)
	if err != nil {
		o := pageOutcome(0, err)
		if c.told(o); o == fault {
			w.complain("page "+route.Path, err)
		}
		err = c.reason(err)
		c.end()
		return nil, err
	}
	c.told(pageOutcome(a.Status, nil))
	if route.Stream {
		c.outside() // it lasts: another version does not wait for it
	}
	answer := &Answer{Status: a.Status, Header: a.Header, Length: a.Length, Tree: a.Tree, Flash: a.Flash, File: a.File}
	if a.Conn != nil {
		answer.Conn = &callConn{ReadWriteCloser: a.Conn, call: c}
	} else {
		answer.Body = &callBody{ReadCloser: a.Body, call: c}
	}
	return answer, nil
}

// pageOutcome says what an answer, or the lack of one, says about the module. A
// body over its limit and a visitor who left do not speak against it.
func pageOutcome(status int, err error) outcome {
	switch kind := errors.KindOf(err); {
	case kind == errors.Timeout, kind == errors.Unavailable, kind == errors.Bug:
		return fault
	case err != nil:
		return moot
	case status == http.StatusInternalServerError, status == http.StatusGatewayTimeout:
		return fault
	}
	return fine
}

// load gives the request its body, within the route's limit.
func load(out *lane.Request, r *http.Request, limit int64) error {
	if r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0 {
		return nil
	}
	if limit == 0 {
		limit = defaultUpload
	}
	if r.ContentLength > limit {
		return errors.New(errors.TooLarge, "host.upload", "limit", limit)
	}
	out.Body, out.Length = r.Body, r.ContentLength
	if r.ContentLength < 0 {
		out.Body = &bounded{ReadCloser: r.Body, left: limit, limit: limit}
	}
	return nil
}

// bounded breaks a body of unknown length off at its limit.
type bounded struct {
	io.ReadCloser
	left, limit int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errors.New(errors.TooLarge, "host.upload", "limit", b.limit)
	}
	return n, err
}

func target(path string, u *url.URL) string {
	t := (&url.URL{Path: path}).EscapedPath()
	if u.RawQuery != "" {
		q := u.RawQuery
		for i := range len(q) {
			if q[i] <= ' ' || q[i] >= 0x7f { // would end the request line
				return t + "?" + u.Query().Encode()
			}
		}
		return t + "?" + q
	}
	return t
}

// viewer is the caller as this module sees them: with the permissions it
// declared and no others.
func (h *Host) viewer(c Caller, module ids.ModuleID) *wire.Viewer {
	v, granted := c.Viewer, h.cfg.Permissions.Granted(c.School(), c.Roles, module)
	out := &wire.Viewer{Person: v.Person, Name: v.Name, FirstName: v.FirstName, School: v.School, SchoolName: v.SchoolName,
		Profile: v.Profile, Groups: v.Groups, Children: v.Children, Child: v.Child, Locale: v.Locale, TimeZone: v.TimeZone,
		RequestId: v.RequestId, Site: v.Site, Permissions: make([]string, len(granted))}
	for i, p := range granted {
		out.Permissions[i] = string(p)
	}
	return out
}

// callBody ends the call with the answer. A body that breaks off is the
// module's fault, unless the visitor left or the core cut it.
type callBody struct {
	io.ReadCloser
	call *call
}

func (b *callBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF && b.call.ctx.Err() == nil {
		b.call.circuit.blame()
	}
	return n, err
}

func (b *callBody) Close() error {
	defer b.call.end()
	return b.ReadCloser.Close()
}

type callConn struct {
	io.ReadWriteCloser
	call *call
}

func (c *callConn) Close() error {
	defer c.call.end()
	return c.ReadWriteCloser.Close()
}
