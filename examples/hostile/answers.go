package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

const ofAnswers = "faults of answers"

var answers = []wrong{
	{Name: "huge", Family: ofAnswers, Tries: "answers a widget of 8 MB", widget: func() *ui.Node { return ui.TextOf(ui.S(strings.Repeat("a", 8<<20))) }},
	{Name: "huge-page", Family: ofAnswers, Tries: "answers a page of 64 MB", answer: hugePage},
	{Name: "million", Family: ofAnswers, Tries: "answers a list of a million items", widget: millionItems, answer: million},
	{Name: "deep", Family: ofAnswers, Tries: "answers sections 9,000 levels deep", answer: deep},
	{Name: "invalid", Family: ofAnswers, Tries: "answers bytes that are no page", answer: func(w http.ResponseWriter, _ *http.Request) {
		asTree(w)
		io.WriteString(w, "\xff\xff\xff\xff no tree")
	}},
	{Name: "garbage", Family: ofAnswers, Tries: "answers a widget whose text is no UTF-8", widget: func() *ui.Node { return ui.TextOf(ui.S("\xff\xfe no UTF-8")) }},
	{Name: "raw", Family: ofAnswers, Tries: "answers a widget with bytes that are no message", start: func() { raw(rawSpoils) }},
	{Name: "late", Family: ofAnswers, Tries: "answers a page after its time", answer: late},
	{Name: "double", Family: ofAnswers, Tries: "answers twice, so that the second answer meets the next request", answer: double},
	{Name: "endless-head", Family: ofAnswers, Tries: "answers headers without end", answer: endlessHead},
	{Name: "short", Family: ofAnswers, Tries: "promises 1,000 bytes and sends ten", answer: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, "ten bytes.")
	}},
}

func asTree(w http.ResponseWriter) { w.Header().Set("Content-Type", wire.MediaType) }

// hugePage is one text of 64 MB, written as it goes.
func hugePage(w http.ResponseWriter, _ *http.Request) {
	const size = 64 << 20
	asTree(w)
	text := protowire.AppendVarint(protowire.AppendTag(nil, 3, protowire.BytesType), size) // Text.plain
	title := protowire.AppendVarint(protowire.AppendTag(nil, 1, protowire.BytesType), uint64(len(text)+size))
	w.Write(append(title, text...)) // Page.title
	block := []byte(strings.Repeat("a", 1<<20))
	for range size / len(block) {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

// million is a list of a million empty items: two bytes each, far more once
// they are decoded.
func million(w http.ResponseWriter, _ *http.Request) {
	const items = 1_000_000
	list := make([]byte, 0, 2*items)
	for range items {
		list = append(list, 1<<3|2, 0) // List.items
	}
	node := protowire.AppendBytes(protowire.AppendTag(nil, 10, protowire.BytesType), list)
	asTree(w)
	w.Write(protowire.AppendBytes(protowire.AppendTag(nil, 4, protowire.BytesType), node))
}

func millionItems() *ui.Node {
	items := make([]*ui.Item, 1_000_000)
	for i := range items {
		items[i] = &ui.Item{}
	}
	return ui.List(items...)
}

// deep nests sections as far as a decoder of messages follows.
func deep(w http.ResponseWriter, _ *http.Request) {
	var b []byte
	for range 4500 { // each level is a node and a section
		section := protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), b)
		b = protowire.AppendBytes(protowire.AppendTag(nil, 30, protowire.BytesType), section)
	}
	asTree(w)
	w.Write(protowire.AppendBytes(protowire.AppendTag(nil, 4, protowire.BytesType), b))
}

// late answers once the core has given up: the time comes with the request.
func late(w http.ResponseWriter, r *http.Request) {
	ms, _ := strconv.Atoi(r.FormValue("ms"))
	time.Sleep(min(time.Duration(ms)*time.Millisecond, 10*time.Second))
	io.WriteString(w, "too late")
}

// double takes the connection and answers one request twice; the second answer
// waits for whoever the core sends down this connection next.
func double(w http.ResponseWriter, r *http.Request) {
	sdk.RequestOf(r).Log.Warn("answers twice")
	seize(w, func(c net.Conn, rw *bufio.ReadWriter) {
		one := "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n"
		io.WriteString(c, one+"first")
		if word() == "double" { // not in the same packet
			time.Sleep(50 * time.Millisecond)
		}
		io.WriteString(c, one+"other")
		os.WriteFile(filepath.Join(os.Getenv("HOME"), "doubled"), nil, 0o600)
		time.Sleep(5 * time.Second)
	})
}

// endlessHead stops after a megabyte.
func endlessHead(w http.ResponseWriter, _ *http.Request) {
	seize(w, func(c net.Conn, _ *bufio.ReadWriter) {
		io.WriteString(c, "HTTP/1.1 200 OK\r\n")
		for i := range 1 << 14 {
			if _, err := io.WriteString(c, "X-"+strconv.Itoa(i)+": "+strings.Repeat("a", 50)+"\r\n"); err != nil {
				return
			}
		}
	})
}

// seize speaks on the connection itself.
func seize(w http.ResponseWriter, speak func(net.Conn, *bufio.ReadWriter)) {
	c, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer c.Close()
	speak(c, rw)
}
