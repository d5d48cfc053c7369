package main

import (
	"io"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"github.com/preau-ent/preau/sdk"
)

// pages adds what is plain HTTP: an echo, a stream, a socket, and answers that
// try to say what a module may not.
func pages(m *sdk.Module) {
	m.Handle("POST /echo", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Set-Cookie", "session=mine")
		w.Header().Set("Content-Security-Policy", "default-src *")
		w.Header().Set("Preau-Secret", "x")
		w.Header().Set("Seen-Cookie", r.Header.Get("Cookie"))
		w.Header().Set("Etag", `"`+r.Header.Get("Cookie")+r.Header.Get("Authorization")+r.Header.Get("Preau-Fake")+`"`)
		io.Copy(w, r.Body)
	}))
	m.Handle("POST /petit", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) }))
	m.Handle("GET /direct", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for range 3 {
			io.WriteString(w, "data: tick\n\n")
			http.NewResponseController(w).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}))
	m.Handle("GET /prise", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer c.CloseNow()
		for {
			kind, b, err := c.Read(r.Context())
			if err != nil || c.Write(r.Context(), kind, b) != nil {
				return
			}
		}
	}))
	m.Handle("GET /poignee", http.HandlerFunc(showHandle))
	m.Handle("GET /feed.ics", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := sdk.RequestOf(r)
		l, err := q.Links.Create("/feed.ics", "feed")
		if err != nil {
			sdk.Refuse(w, q, err)
			return
		}
		io.WriteString(w, l.Address)
	}))
}
