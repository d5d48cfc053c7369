package egress

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// Client sends a module's requests to the core's socket. It is safe for
// concurrent use.
type Client struct{ socket http.Transport }

// NewClient returns the client of a socket; nothing is connected yet.
func NewClient(socket string) *Client {
	return &Client{http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", socket)
		},
		DisableCompression:     true, // MaxAnswer is what the module reads
		MaxResponseHeaderBytes: 2 * MaxHeader,
		MaxIdleConnsPerHost:    4,
	}}
}

// Close closes the connections that nobody uses.
func (c *Client) Close() { c.socket.CloseIdleConnections() }

// Do sends a request as part of a call, and ends with it. What the core refuses
// is an error of package errors.
func (c *Client) Do(call context.Context, handle string, r *http.Request) (*http.Response, error) {
	to, err := AddressOf(r.URL)
	if err != nil {
		return nil, refusedBody(r, err)
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	stop := context.AfterFunc(call, func() { cancel(context.Cause(call)) })
	end := func() { stop(); cancel(nil) }
	out := r.Clone(ctx)
	// An opaque address is written into the request's line as it is.
	out.URL = &url.URL{Scheme: "http", Host: "egress", RawQuery: r.URL.RawQuery, ForceQuery: r.URL.ForceQuery,
		Opaque: r.URL.Scheme + "://" + to.Host + path(r.URL)}
	out.Host = to.Host
	out.Header.Set(wire.HeaderCall, handle)
	a, err := c.socket.RoundTrip(out)
	if err != nil {
		if ended := context.Cause(ctx); ended != nil {
			err = ended
		} else {
			err = errors.Wrap(err, errors.Unavailable, "egress.none")
		}
		end()
		return nil, err
	}
	if err := Refusal(a); err != nil {
		a.Body.Close()
		end()
		return nil, err
	}
	a.Request = r
	Strip(a.Header)
	a.Body = &body{ReadCloser: a.Body, ctx: ctx, end: end}
	return a, nil
}

// path is the escaped path of an address, never empty.
func path(u *url.URL) string {
	if p := u.EscapedPath(); p != "" {
		return p
	}
	return "/"
}

// refusedBody closes the body, as a RoundTripper must.
func refusedBody(r *http.Request, err error) error {
	if r.Body != nil {
		r.Body.Close()
	}
	return err
}

// body says why an answer ended early.
type body struct {
	io.ReadCloser
	ctx  context.Context
	read int64
	end  func()
	once sync.Once
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	switch {
	case err == nil || err == io.EOF:
	case context.Cause(b.ctx) != nil:
		err = context.Cause(b.ctx)
	case b.read >= MaxAnswer:
		err = errors.Wrap(err, errors.TooLarge, "egress.answer", "limit", MaxAnswer>>20)
	default:
		err = errors.Wrap(err, errors.Unavailable, "egress.cut")
	}
	return n, err
}

// Close implements io.Closer.
func (b *body) Close() error {
	defer b.once.Do(b.end)
	return b.ReadCloser.Close()
}
