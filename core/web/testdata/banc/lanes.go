package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/coder/websocket"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/wire"
)

var (
	events = make(chan string, 8)   // what /direct sends next
	gone   = make(chan struct{}, 8) // a reader of /direct has left
)

// lanes adds what is plain HTTP.
func lanes(m *sdk.Module) {
	m.Handle("POST /puits", http.HandlerFunc(sink))
	m.Handle("POST /petit", http.HandlerFunc(sink))
	m.Handle("POST /hatif", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "already") }))
	m.Handle("GET /source", http.HandlerFunc(source))
	m.Handle("GET /direct", http.HandlerFunc(direct))
	m.Handle("POST /pousse", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { events <- r.FormValue("quoi") }))
	m.Handle("GET /parti", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-gone:
			io.WriteString(w, "gone")
		case <-r.Context().Done():
		}
	}))
	m.Handle("GET /prise", http.HandlerFunc(echo))
	m.Handle("GET /html", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Set-Cookie", "a=b")
		w.Header().Set("Content-Security-Policy", "default-src *")
		io.WriteString(w, "<script>alert(1)</script>")
	}))
	m.Handle("POST /fichier", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, err := sdk.RequestOf(r).Files.Put("notes.txt", strings.NewReader("0123456789"))
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		io.WriteString(w, f.ID)
	}))
	m.Handle("GET /fichier/{id}", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { sdk.SendFile(w, r.PathValue("id")) }))
	m.Handle("POST /lien", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l, err := sdk.RequestOf(r).Links.Create("/flux.ics", "feed")
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		io.WriteString(w, l.Address)
	}))
	m.Handle("GET /flux.ics", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/calendar")
		fmt.Fprintf(w, "feed of %s", sdk.RequestOf(r).Viewer.FirstName)
	}))
	m.Handle("GET /ailleurs", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "https://evil.test/")
		w.WriteHeader(http.StatusFound)
	}))
	m.Handle("GET /ordures", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", wire.MediaType)
		io.WriteString(w, "\xff\xff this is no page")
	}))
}

// sink reads everything and says what it was.
func sink(w http.ResponseWriter, r *http.Request) {
	h := sha256.New()
	n, err := io.Copy(h, r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	fmt.Fprintf(w, "%d %s", n, hex.EncodeToString(h.Sum(nil)))
}

// source sends as many bytes as asked for, without saying how many.
func source(w http.ResponseWriter, r *http.Request) {
	left, _ := strconv.Atoi(r.FormValue("n"))
	b := make([]byte, 64<<10)
	for left > 0 {
		n, err := w.Write(b[:min(left, len(b))])
		if left -= n; err != nil {
			return
		}
	}
}

// direct sends each event when it is pushed, until the reader leaves.
func direct(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	http.NewResponseController(w).Flush()
	for {
		select {
		case <-r.Context().Done():
			gone <- struct{}{}
			return
		case e := <-events:
			fmt.Fprintf(w, "data: %s\n\n", e)
			http.NewResponseController(w).Flush()
		}
	}
}

func echo(w http.ResponseWriter, r *http.Request) {
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
}
