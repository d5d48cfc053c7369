package lane

import (
	"io"
	"net/http/httputil"
	"sync"
	"time"
)

// begin sends the body with the head when it is small and in memory; otherwise
// it leaves both to a goroutine, which writes while the answer is read.
func (x *exchange) begin() error {
	r, c := x.request, x.conn
	if r.small() {
		if _, err := io.CopyN(c.out, r.Body, r.Length); err != nil {
			return err
		}
		return c.out.Flush()
	}
	c.arm(0) // the time for an answer begins when the body is sent
	x.open = 2
	x.written = make(chan struct{})
	go func() {
		defer close(x.written)
		if !x.send() {
			x.spoil()
		}
		x.sent()
		x.end()
	}()
	return nil
}

// send writes head and body, and reports whether it could. When the module does
// not read on, nothing is closed: its answer may still come.
func (x *exchange) send() bool {
	r, c := x.request, x.conn
	if c.out.Flush() != nil {
		return false
	}
	buf := buffers.Get().(*[]byte)
	defer buffers.Put(buf)
	var w io.Writer = c.out
	var chunks io.WriteCloser
	if r.Length < 0 {
		chunks = httputil.NewChunkedWriter(c.out)
		w = chunks
	}
	for left := r.Length; left != 0; {
		p := *buf
		if left > 0 && int64(len(p)) > left {
			p = p[:left]
		}
		n, err := r.Body.Read(p)
		if n > 0 {
			if left > 0 {
				left -= int64(n)
			}
			c.armWrite(r.FirstByte)
			if _, werr := w.Write(p[:n]); werr != nil || c.out.Flush() != nil {
				return false
			}
		}
		if err == io.EOF && r.Length < 0 {
			break
		}
		if err != nil && left != 0 {
			x.broke(err)
			return false
		}
	}
	if chunks != nil {
		chunks.Close() // writes the last chunk; the blank line after it is ours
		c.out.WriteString("\r\n")
		if c.out.Flush() != nil {
			return false
		}
	}
	if r.FirstByte > 0 {
		c.SetWriteDeadline(time.Time{})
	}
	return true
}

// broke closes the connection, so that a body that was cut is never taken for a
// whole one.
func (x *exchange) broke(err error) {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	x.mu.Lock()
	x.cut = err
	x.mu.Unlock()
	x.conn.Close()
}

// sent starts the time for the answer's first byte, the body being sent or not
// taken: whoever uploads slowly is not the module's fault.
func (x *exchange) sent() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.headed {
		x.conn.arm(x.request.FirstByte)
	}
}

var buffers = sync.Pool{New: func() any { b := make([]byte, 32<<10); return &b }}
