package host

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

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
	p, err := w.process()
	if err != nil {
		return nil, err
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
	if err := h.queue(ctx, places); err != nil {
		return nil, err
	}
	c := &call{host: h, places: places}
	c.handle = h.calls.Open(&calls.Call{Module: route.Module, School: route.School, Viewer: viewer, Roles: caller.Roles})
	out.Call = c.handle
	a, err := p.Lane.Do(ctx, out)
	if err != nil {
		c.end()
		return nil, err
	}
	answer := &Answer{Status: a.Status, Header: a.Header, Length: a.Length, Tree: a.Tree, Flash: a.Flash, File: a.File}
	if a.Conn != nil {
		answer.Conn = &callConn{ReadWriteCloser: a.Conn, call: c}
	} else {
		answer.Body = &callBody{ReadCloser: a.Body, call: c}
	}
	return answer, nil
}

// queue waits for a place on the page lane, but not long: whoever would wait
// longer than for a page is better told.
func (h *Host) queue(ctx context.Context, places chan struct{}) error {
	select {
	case places <- struct{}{}:
		return nil
	default:
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return enter(ctx, places)
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

// call is what ends with the answer of a page: the handle and the place.
type call struct {
	host   *Host
	handle string
	places chan struct{}
	once   sync.Once
}

func (c *call) end() {
	c.once.Do(func() {
		c.host.calls.Close(c.handle)
		leave(c.places)
	})
}

type callBody struct {
	io.ReadCloser
	call *call
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
