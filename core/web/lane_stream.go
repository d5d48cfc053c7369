package web

import (
	"io"
	"net"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/host"
)

// stream sends an answer that has no end of its own (server-sent events) on the
// connection itself: fasthttp would not tell that the visitor has gone, a read
// on the connection does.
func (a *App) stream(c *call, answer *host.Answer, cancel func()) error {
	res := c.byHand(answer.Status)
	res.Body = answer.Body
	res.ContentLength = answer.Length
	if answer.Length < 0 {
		res.TransferEncoding = []string{"chunked"}
	}
	c.takeOver(func(conn net.Conn) {
		left := make(chan struct{})
		go func() {
			defer close(left)
			_, _ = io.Copy(io.Discard, conn) // ends when the visitor goes, or we do
			cancel()                         // wakes the read of the answer
		}()
		_ = res.Write(conn) // each event as it comes; an error is a visitor who went
		cancel()
		answer.Body.Close()
		rawConn(conn).Close()
		<-left
	})
	return nil
}

// upgrade joins the two ends of a WebSocket.
func (a *App) upgrade(c *call, answer *host.Answer, cancel func()) error {
	res := c.byHand(http.StatusSwitchingProtocols)
	for _, k := range []string{fiber.HeaderUpgrade, fiber.HeaderSecWebSocketAccept, fiber.HeaderSecWebSocketProtocol, fiber.HeaderSecWebSocketExtensions} {
		if v := answer.Header.Get(k); v != "" {
			res.Header.Set(k, v)
		}
	}
	res.Header.Set(fiber.HeaderConnection, "Upgrade")
	c.takeOver(func(conn net.Conn) {
		defer cancel()
		if res.Write(conn) != nil {
			answer.Conn.Close()
			return
		}
		join(conn, answer.Conn)
	})
	return nil
}

// join copies both ways until either end has gone, then closes both.
func join(visitor net.Conn, module io.ReadWriteCloser) {
	done := make(chan struct{}, 2)
	go func() {
		_, _ = io.Copy(module, visitor)
		done <- struct{}{}
	}()
	go func() {
		_, _ = io.Copy(visitor, module)
		done <- struct{}{}
	}()
	<-done
	module.Close()
	rawConn(visitor).Close()
	<-done
}

// byHand begins an answer that is written on the connection, with the headers
// set so far.
func (c *call) byHand(status int) *http.Response {
	res := &http.Response{StatusCode: status, Status: statusText(status), ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}}
	for k, v := range c.Response().Header.All() {
		if key := string(k); key != fiber.HeaderContentLength && key != fiber.HeaderConnection {
			res.Header.Add(key, string(v))
		}
	}
	return res
}

// takeOver runs use on the connection once fasthttp has let go of it. The
// application's end closes the connection under it.
func (c *call) takeOver(use func(conn net.Conn)) {
	a, f := c.app, c.Context()
	done := a.streams.open()
	f.HijackSetNoResponse(true)
	f.Hijack(func(conn net.Conn) {
		defer done()
		ended := make(chan struct{})
		defer close(ended)
		raw := rawConn(conn)
		go func() {
			select {
			case <-a.ctx.Done():
			case <-ended:
			}
			raw.Close()
		}()
		use(conn)
	})
}

// rawConn is the connection below what fasthttp hands out.
func rawConn(conn net.Conn) net.Conn {
	if c, ok := conn.(interface{ UnsafeConn() net.Conn }); ok {
		return c.UnsafeConn()
	}
	return conn
}
