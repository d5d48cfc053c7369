package lane

import (
	"io"
	"time"
)

// body is the answer's body; its end and its Close end the exchange.
type body struct {
	in    io.Reader
	x     *exchange
	ended bool
}

// grace is for a request body whose last bytes are on their way when the answer
// has already come: an echo, say.
const grace = 100 * time.Millisecond

func (b *body) Read(p []byte) (int, error) {
	if b.ended {
		return 0, io.EOF
	}
	c := b.x.conn
	if wait := b.x.request.FirstByte; wait > 0 && c.in.Buffered() == 0 {
		c.arm(wait) // a module that falls silent half-way
	}
	n, err := b.in.Read(p)
	switch {
	case err == io.EOF:
		b.ended = true
		b.x.end()
	case err != nil:
		b.x.spoil()
	}
	return n, err
}

func (b *body) Close() error {
	x := b.x
	if !b.ended {
		b.ended = true
		x.leave()
		return nil
	}
	if x.written == nil {
		return nil
	}
	select {
	case <-x.written:
		return nil
	default:
	}
	t := time.NewTimer(grace)
	defer t.Stop()
	select {
	case <-x.written:
	case <-t.C:
		x.leave()
	}
	return nil
}
