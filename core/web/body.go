package web

import (
	"io"

	"github.com/preau-ent/preau/sdk/errors"
)

// body is what the visitor sends, read once and never beyond its limit. Fiber's
// own limit is off for streams, so this is the one there is.
type body struct {
	from  io.Reader
	left  int64 // bytes that may still come
	ended bool  // all of it was read
}

var errTooLarge error = errors.New(errors.TooLarge, "web.toolarge")

// Read returns a TooLarge error with the first byte beyond the limit.
func (b *body) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.from.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLarge
	}
	b.ended = b.ended || err == io.EOF
	return n, err
}

// Close is for net/http; the connection is closed by who owns it.
func (b *body) Close() error { return nil }

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
	c.body = &body{from: from, left: limit}
	c.Context().SetUserValue(bodyKey, c.body)
	if int64(c.Request().Header.ContentLength()) > limit {
		return errTooLarge
	}
	return nil
}
