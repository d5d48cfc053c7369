package web

import (
	"bytes"
	"net"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/web/live"
)

// livePath is where open pages hear what is new: server-sent events.
const livePath = "/direct"

// openLive makes the connection a stream of the hub: what is new to the visitor
// as it comes. The page says where it was with Last-Event-ID, or with "depuis"
// when it opens. 204, which tells a browser to stay away, is for who has enough.
func (a *App) openLive(c *call) error {
	place, ok := a.live.Reserve(c.session)
	if !ok {
		c.Status(fiber.StatusNoContent)
		return nil
	}
	var since *live.Since
	for _, said := range []string{c.Get("Last-Event-Id"), c.Query("depuis")} {
		if at, ok := live.Parse(said); ok && since == nil {
			since = &at
		}
	}
	h := &c.Response().Header
	h.SetContentType("text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	head := c.liveHead()
	done := a.streams.open()
	c.Context().HijackSetNoResponse(true)
	c.Context().Hijack(func(conn net.Conn) {
		defer done() // the hub counts its own from here
		place.Keep(rawConn(conn), head, since)
	})
	return nil
}

// liveHead is the head of the answer as it goes on the wire, with how long to
// wait before coming back. The answer ends with the connection.
func (c *call) liveHead() []byte {
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 200 OK\r\nConnection: close\r\n")
	for k, v := range c.Response().Header.All() {
		if key := string(k); key != fiber.HeaderContentLength && key != fiber.HeaderConnection {
			b.WriteString(key + ": " + string(v) + "\r\n")
		}
	}
	b.WriteString("\r\nretry: 5000\n\n")
	return b.Bytes()
}
