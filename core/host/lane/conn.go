package lane

import (
	"bufio"
	"io"
	"net"
	"syscall"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

const (
	maxHead = 64 << 10 // bytes of an answer's head
	bufSize = 4 << 10
)

// conn is one connection with its buffers.
type conn struct {
	*net.UnixConn
	in   *bufio.Reader
	out  *bufio.Writer
	kept bool  // has served before
	left int64 // bytes that may still be read; below zero: any number
	got  bool  // a byte was read since the last request

	until time.Time // the reads' deadline; zero: none

	raw   syscall.RawConn // nil: it cannot be looked at, and is not kept
	peek  func(fd uintptr) bool
	still bool // what peek found
}

func newConn(nc *net.UnixConn) *conn {
	c := &conn{UnixConn: nc, left: -1}
	c.raw, _ = nc.SyscallConn()
	c.peek = c.look
	c.in = bufio.NewReaderSize((*inward)(c), bufSize)
	c.out = bufio.NewWriterSize(nc, bufSize)
	return c
}

// arm gives the next reads this long; 0 or less: any time. A time of seconds
// may become half as long again: setting a deadline costs as much as parsing an
// answer, so one that still does is left alone.
func (c *conn) arm(d time.Duration) {
	if d <= 0 {
		if !c.until.IsZero() {
			c.until = time.Time{}
			c.SetReadDeadline(c.until)
		}
		return
	}
	now := time.Now()
	soonest, latest := now.Add(d), now.Add(d)
	if d >= time.Second {
		latest = latest.Add(d / 2)
	}
	if c.until.Before(soonest) || c.until.After(latest) {
		c.until = latest
		c.SetReadDeadline(latest)
	}
}

// armWrite is arm for writes.
func (c *conn) armWrite(d time.Duration) {
	if d > 0 {
		c.SetWriteDeadline(time.Now().Add(d))
	}
}

// heard reports whether any byte of an answer came.
func (c *conn) heard() bool { return c.got }

// inward is the reading side: it bounds the head of an answer, which
// http.ReadResponse does not.
type inward conn

var errHead = errors.New(errors.Unavailable, "host.garbage", "what", "head")

func (c *inward) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, errHead
	}
	if c.left > 0 && int64(len(p)) > c.left {
		p = p[:c.left]
	}
	n, err := c.UnixConn.Read(p)
	if n > 0 {
		c.got = true
	}
	if c.left > 0 {
		c.left -= int64(n)
	}
	return n, err
}

// quiet reports whether the other side neither closed nor said anything: one
// system call that does not wait, before every use of a kept connection.
func (c *conn) quiet() bool {
	c.still = false
	return c.raw != nil && c.raw.Read(c.peek) == nil && c.still
}

func (c *conn) look(fd uintptr) bool {
	var one [1]byte
	_, _, e := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
	c.still = e == syscall.EAGAIN
	return true
}

// stream is a connection handed over after 101: what was already read comes first.
type stream struct {
	*net.UnixConn
	in   io.Reader
	done func()
}

func (s *stream) Read(p []byte) (int, error) { return s.in.Read(p) }

func (s *stream) Close() error {
	err := s.UnixConn.Close()
	s.done()
	return err
}
