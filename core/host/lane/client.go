package lane

import (
	"context"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/preau-ent/preau/sdk/errors"
)

const maxIdle = 128 // connections kept; 32 busy ones are a lot for one module

// Client speaks to one module process. It is safe for concurrent use; make one
// with [New] and close it when the process is gone.
type Client struct {
	socket string
	dialer net.Dialer

	mu     sync.Mutex
	idle   []*conn // last in, first out: the others may rest
	closed bool
}

// New returns a client of the server that listens on socket. Nothing is dialled yet.
func New(socket string) *Client { return &Client{socket: socket} }

// Do sends r and returns the answer once its head is there. Errors: Unavailable
// when the module is not to be reached or answers what is no HTTP, Timeout when
// r.FirstByte or ctx's deadline passes, Cancelled when ctx ends. When Do fails
// r.Body is no longer read; when it succeeds the same holds once the answer's
// Body is closed.
func (c *Client) Do(ctx context.Context, r *Request) (*Answer, error) {
	if err := ctx.Err(); err != nil {
		return nil, failure(ctx, err)
	}
	again := r.repeatable()
	cn, err := c.take(ctx)
	for {
		if err != nil {
			return nil, failure(ctx, err)
		}
		x := &exchange{client: c, conn: cn, request: r}
		var a *Answer
		if a, err = x.run(ctx); err == nil {
			return a, nil
		}
		// A kept connection may have been closed by the other side meanwhile:
		// then not one byte of an answer came, and once more does no harm.
		if !cn.kept || !again || cn.heard() || ctx.Err() != nil {
			return nil, failure(ctx, err)
		}
		cn, err = c.dial(ctx)
	}
}

// Close closes the idle connections; those at work end with their exchange.
func (c *Client) Close() {
	c.mu.Lock()
	idle := c.idle
	c.idle, c.closed = nil, true
	c.mu.Unlock()
	for _, cn := range idle {
		cn.Close()
	}
}

// take returns a kept connection or a new one. A kept one is looked at first: it
// may have been closed, or hold a second answer to somebody else's request.
func (c *Client) take(ctx context.Context) (*conn, error) {
	for {
		c.mu.Lock()
		n := len(c.idle)
		if n == 0 {
			c.mu.Unlock()
			return c.dial(ctx)
		}
		cn := c.idle[n-1]
		c.idle[n-1] = nil
		c.idle = c.idle[:n-1]
		c.mu.Unlock()
		if !cn.quiet() {
			cn.Close()
			continue
		}
		cn.kept = true
		return cn, nil
	}
}

// Knock reports whether the module still listens; an error is Unavailable. That
// it is too busy to take a connection just now is no error.
func (c *Client) Knock(ctx context.Context) error {
	cn, err := c.connect(ctx)
	switch {
	case err == nil:
		return cn.Close()
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, os.ErrNotExist):
		return errors.Wrap(err, errors.Unavailable, "host.away")
	}
	return nil
}

// patience bounds how long a module may leave a connection waiting before it is
// taken for one that does not listen.
const patience = 2 * time.Second

// dial connects, and waits a little for a module that cannot take one more
// connection just now: many come at once when a process takes over from
// another, and the queue of a socket is short.
func (c *Client) dial(ctx context.Context) (*conn, error) {
	pause := &backoff.ExponentialBackOff{InitialInterval: time.Millisecond, MaxInterval: 20 * time.Millisecond, RandomizationFactor: 0.5, Multiplier: 2}
	return backoff.Retry(ctx, func() (*conn, error) {
		cn, err := c.connect(ctx)
		if err != nil && !errors.Is(err, syscall.EAGAIN) {
			err = backoff.Permanent(err)
		}
		return cn, err
	}, backoff.WithBackOff(pause), backoff.WithMaxElapsedTime(patience))
}

func (c *Client) connect(ctx context.Context) (*conn, error) {
	nc, err := c.dialer.DialContext(ctx, "unix", c.socket)
	if err != nil {
		return nil, err
	}
	return newConn(nc.(*net.UnixConn)), nil
}

// give takes a connection back.
func (c *Client) give(cn *conn) {
	if cn.in.Buffered() > 0 { // words nobody asked for
		cn.Close()
		return
	}
	c.mu.Lock()
	keep := !c.closed && len(c.idle) < maxIdle
	if keep {
		c.idle = append(c.idle, cn)
	}
	c.mu.Unlock()
	if !keep {
		cn.Close()
	}
}

// failure gives an error the kind that callers act on.
func failure(ctx context.Context, err error) error {
	var known *errors.Error
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return errors.Wrap(err, errors.Timeout, "host.late")
	case ctx.Err() != nil:
		return errors.Wrap(err, errors.Cancelled, "host.gone")
	case errors.As(err, &known):
		return err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return errors.Wrap(err, errors.Timeout, "host.late")
	}
	return errors.Wrap(err, errors.Unavailable, "host.away")
}
