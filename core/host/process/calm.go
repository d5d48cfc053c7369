package process

import (
	"bytes"
	"io"
	"time"

	"golang.org/x/time/rate"
)

// How much of what a process prints is looked at: reading lines costs the core
// more than a flood costs the module.
const (
	readAtOnce = 256 << 10 // bytes
	readASec   = 128 << 10
	emptying   = 5 * time.Millisecond // between two looks into the pipe of who floods it
	resumeWith = 32 << 10             // bytes that may be read again before lines are
)

// calm reads what a process prints. Of a flood it throws bytes away unread,
// a pipe full at a time, and counts the lines: the process does not stand still
// for it, and the core hardly notices.
type calm struct {
	io.ReadCloser
	dropped func(lines int) // may be nil
	budget  *rate.Limiter
	flooded bool
	within  bool // the last byte given on was inside a line
}

func newCalm(r io.ReadCloser, dropped func(lines int)) *calm {
	return &calm{ReadCloser: r, dropped: dropped, budget: rate.NewLimiter(readASec, readAtOnce)}
}

// Read implements io.Reader.
func (c *calm) Read(p []byte) (int, error) {
	p = p[:min(len(p), readAtOnce)]
	for {
		if c.flooded {
			time.Sleep(emptying)
		}
		n, err := c.ReadCloser.Read(p)
		if n == 0 || c.allows(n) {
			return c.give(p[:n]), err
		}
		c.drop(p[:n])
		if err != nil {
			return 0, err
		}
		if c.within { // what was begun is cut
			p[0] = '\n'
			return c.give(p[:1]), nil
		}
	}
}

// allows reports whether n more bytes may be given on.
func (c *calm) allows(n int) bool {
	now := time.Now()
	if c.flooded && c.budget.TokensAt(now) < resumeWith {
		return false
	}
	c.flooded = !c.budget.AllowN(now, n)
	return !c.flooded
}

func (c *calm) drop(p []byte) {
	if c.dropped != nil {
		c.dropped(bytes.Count(p, []byte("\n")))
	}
}

func (c *calm) give(p []byte) int {
	if len(p) > 0 {
		c.within = p[len(p)-1] != '\n'
	}
	return len(p)
}
