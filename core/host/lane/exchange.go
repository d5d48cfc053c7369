package lane

import (
	"context"
	"io"
	"net/http"
	"sync"

	"github.com/preau-ent/preau/sdk/errors"
)

// exchange is one request and its answer on one connection. The connection is
// given back by whichever direction ends last, if both ended cleanly.
type exchange struct {
	client  *Client
	conn    *conn
	request *Request
	unhook  func() bool   // ends the watch on the context; nil: none
	written chan struct{} // closed when nobody reads the request's body any more; nil: nobody ever did

	mu     sync.Mutex
	open   int   // directions still under way
	spoilt bool  // the connection may not serve again
	cut    error // the person's side broke off
	headed bool  // the answer's head is there
}

// run sends the request and reads the answer's head.
func (x *exchange) run(ctx context.Context) (*Answer, error) {
	r, c := x.request, x.conn
	c.got = false
	if ctx.Done() != nil {
		x.unhook = context.AfterFunc(ctx, func() { c.Close() })
	}
	r.writeHead(c)
	x.open = 1
	if r.Body != nil {
		if err := x.begin(); err != nil {
			return nil, x.fail(err)
		}
	} else if err := c.out.Flush(); err != nil {
		return nil, x.fail(err)
	}
	resp, err := x.head()
	if err != nil {
		return nil, x.fail(err)
	}
	a, err := answerOf(resp, r.Base)
	if err != nil {
		return nil, x.fail(err)
	}
	if resp.StatusCode == http.StatusSwitchingProtocols {
		if !r.upgrades() {
			return nil, x.fail(errGarbage)
		}
		c.arm(0)
		a.Conn = &stream{UnixConn: c.UnixConn, in: c.in, done: x.leave}
		return a, nil
	}
	if resp.Close {
		x.spoil()
	}
	if resp.Body == http.NoBody {
		if r.Method != http.MethodHead {
			a.Length = 0
		}
		x.end()
	}
	a.Body = &body{in: resp.Body, x: x, ended: resp.Body == http.NoBody}
	return a, nil
}

// head reads the head of the answer, passing over 100 Continue and the like.
func (x *exchange) head() (*http.Response, error) {
	c, r := x.conn, x.request
	if x.written == nil {
		c.arm(r.FirstByte)
	}
	c.left = maxHead
	for range 5 {
		resp, err := http.ReadResponse(c.in, methodOf(r.Method))
		if err != nil {
			return nil, err
		}
		if resp.StatusCode >= 200 || resp.StatusCode == http.StatusSwitchingProtocols {
			c.left = -1
			x.mu.Lock()
			x.headed = true
			x.mu.Unlock()
			return resp, nil
		}
	}
	return nil, errGarbage
}

// end ends one direction cleanly; the last one gives the connection back.
func (x *exchange) end() {
	x.mu.Lock()
	x.open--
	last, spoilt := x.open == 0, x.spoilt
	x.mu.Unlock()
	if !last {
		return
	}
	if !x.watched() || spoilt {
		x.conn.Close()
		return
	}
	x.client.give(x.conn)
}

// spoil keeps the connection from serving again.
func (x *exchange) spoil() {
	x.mu.Lock()
	x.spoilt = true
	x.mu.Unlock()
}

// watched ends the watch on the context; false when the context ended first and
// the connection is closed.
func (x *exchange) watched() bool { return x.unhook == nil || x.unhook() }

// leave ends everything now: the connection is closed and the request's body
// is not read after it returns.
func (x *exchange) leave() {
	x.spoil()
	x.watched()
	x.conn.Close()
	if x.written != nil {
		if c, ok := x.request.Body.(io.Closer); ok {
			select {
			case <-x.written:
			default:
				c.Close()
			}
		}
		<-x.written
	}
}

// fail leaves, and tells the real reason when the person's side was it.
func (x *exchange) fail(err error) error {
	x.leave()
	x.mu.Lock()
	defer x.mu.Unlock()
	var known *errors.Error
	switch {
	case errors.As(x.cut, &known): // a limit of ours, say
		return x.cut
	case x.cut != nil:
		return errors.Wrap(x.cut, errors.Cancelled, "host.cut")
	}
	return err
}

var methods = map[string]*http.Request{}

func init() {
	for _, m := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} {
		methods[m] = &http.Request{Method: m}
	}
}

// methodOf returns a request of which http.ReadResponse only reads the method.
func methodOf(m string) *http.Request {
	if r := methods[m]; r != nil {
		return r
	}
	return &http.Request{Method: m}
}
