package web

import (
	"bufio"
	"io"
	"net"
	"time"

	"github.com/valyala/fasthttp"
)

// bodyKey is where the *body of a request is kept with it.
const bodyKey = "preau-body"

// Bounds of reading what nobody wants, so that the answer is not lost.
const (
	lingerIdle = time.Second
	lingerMost = 30 * time.Second
)

// linger takes care of a request whose body was not read to its end: fasthttp
// would take the rest for the next request. The answer is written at once, then
// what still comes is thrown away for a while, because closing on unread bytes
// makes the other side lose the answer.
func (a *App) linger(ctx *fasthttp.RequestCtx) {
	from := ctx.RequestBodyStream()
	if from == nil || ctx.Hijacked() {
		return
	}
	if b, ok := ctx.UserValue(bodyKey).(*body); ok && b.isEnded() {
		return
	}
	if ctx.Response.StatusCode() < 400 && !ctx.Response.IsBodyStream() && drained(from) {
		return
	}
	ctx.HijackSetNoResponse(true)
	done := a.streams.open()
	ctx.Hijack(func(conn net.Conn) {
		defer done()
		defer rawConn(conn).Close()
		ctx.Response.Header.SetConnectionClose()
		w := bufio.NewWriter(conn)
		if ctx.Response.Write(w) != nil || w.Flush() != nil {
			return
		}
		throwAway(conn, from)
	})
}

// drained reads the little that may be left of a body that was understood
// before its end.
func drained(from io.Reader) bool {
	n, err := io.CopyN(io.Discard, from, 1)
	return n == 0 && err == io.EOF
}

// throwAway ends our side and reads what still comes.
func throwAway(conn net.Conn, from io.Reader) {
	raw := conn
	if c, ok := conn.(interface{ UnsafeConn() net.Conn }); ok {
		raw = c.UnsafeConn()
	}
	if tcp, ok := raw.(interface{ CloseWrite() error }); ok {
		_ = tcp.CloseWrite() // the other side may be gone: reading tells
	}
	until := time.Now().Add(lingerMost)
	buf := make([]byte, 32<<10)
	for time.Now().Before(until) {
		if raw.SetReadDeadline(time.Now().Add(lingerIdle)) != nil {
			return
		}
		if _, err := from.Read(buf); err != nil {
			return
		}
	}
}
