package web

import (
	"io"
	"net"
	"sync"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// body is what the visitor sends, read once and never beyond its limit. Fiber's
// own limit is off for streams, so this is the one there is.
type body struct {
	conn net.Conn
	mu   sync.Mutex // held by the one who reads
	from io.Reader
	left int64 // bytes that may still come

	state  sync.Mutex
	ended  bool // all of it was read
	closed bool
}

var errTooLarge error = errors.New(errors.TooLarge, "web.toolarge")

// Read returns a TooLarge error with the first byte beyond the limit.
func (b *body) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.isClosed() {
		return 0, io.ErrClosedPipe
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.from.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLarge
	}
	if err == io.EOF {
		b.end()
	}
	return n, err
}

// Close makes a Read that waits return, and every later one fail. What was not
// read stays for [App.linger].
func (b *body) Close() error {
	b.state.Lock()
	waiting := !b.ended && !b.closed
	b.closed = true
	b.state.Unlock()
	if waiting {
		_ = b.conn.SetReadDeadline(time.Unix(1, 0)) // the connection may be gone: Read tells
	}
	b.mu.Lock() // no Read is under way when Close returns
	defer b.mu.Unlock()
	return nil
}

func (b *body) end() {
	b.state.Lock()
	b.ended = true
	b.state.Unlock()
}

func (b *body) isEnded() bool {
	b.state.Lock()
	defer b.state.Unlock()
	return b.ended
}

func (b *body) isClosed() bool {
	b.state.Lock()
	defer b.state.Unlock()
	return b.closed
}

// exceeded reports whether more came than may.
func (b *body) exceeded() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.left < 0
}

// measure refuses a body that announces more than the route takes, and bounds
// the others. The page lane does so itself, with the limit of the manifest.
func (a *App) measure(c *call) error {
	if c.route.delegated {
		return nil
	}
	limit := c.route.limit
	if limit == 0 {
		limit = smallBody
	}
	return c.bound(limit)
}

// bound opens the body with a limit in bytes.
func (c *call) bound(limit int64) error {
	from := c.Context().RequestBodyStream()
	if from == nil {
		return nil
	}
	c.body = &body{conn: c.Context().Conn(), from: from, left: limit}
	c.Context().SetUserValue(bodyKey, c.body)
	if int64(c.Request().Header.ContentLength()) > limit {
		return errTooLarge
	}
	return nil
}
