package lane

import (
	"bytes"
	"encoding/base64"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk/wire"
)

// Request is what goes to the module.
type Request struct {
	Method string
	Target string      // path inside the module, escaped, with its query
	Header http.Header // the person's; what may not pass is left out here
	Body   io.Reader   // nil: none; closed with the exchange when it is an io.Closer
	Length int64       // of Body in bytes; -1: unknown

	Viewer    []byte        // a marshalled wire.Viewer
	Call      string        // the call handle
	Base      string        // "/m/devoirs": what a Location inside the module begins with
	FirstByte time.Duration // for the head of the answer, once the request is sent; 0: any
}

const inline = 16 << 10 // a body this small, in memory, goes with the head

// repeatable reports whether sending r twice does no harm.
func (r *Request) repeatable() bool {
	if r.Body != nil {
		return false
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return !r.upgrades()
	}
	return false
}

// upgrades reports whether the person's side asks for another protocol.
func (r *Request) upgrades() bool {
	up := r.Header["Upgrade"]
	return len(up) == 1 && hasToken(r.Header["Connection"], "upgrade")
}

// small reports a body that needs no goroutine: it is in memory already and
// fits the socket's buffer.
func (r *Request) small() bool {
	if r.Length < 0 || r.Length > inline {
		return false
	}
	switch r.Body.(type) {
	case *bytes.Reader, *bytes.Buffer, *strings.Reader:
		return true
	}
	return false
}

// writeHead buffers request line and headers.
func (r *Request) writeHead(c *conn) {
	w := c.out
	w.WriteString(r.Method)
	w.WriteByte(' ')
	w.WriteString(r.Target)
	w.WriteString(" HTTP/1.1\r\nHost: " + host + "\r\n" + wire.HeaderCall + ": ")
	w.WriteString(r.Call)
	w.WriteString("\r\n" + wire.HeaderViewer + ": ")
	room := w.AvailableBuffer()
	if n := base64.RawURLEncoding.EncodedLen(len(r.Viewer)); n <= cap(room) {
		w.Write(base64.RawURLEncoding.AppendEncode(room, r.Viewer))
	} else {
		w.Write(base64.RawURLEncoding.AppendEncode(nil, r.Viewer))
	}
	w.WriteString("\r\n")
	var named []string // headers that Connection says are for this hop only
	for _, v := range r.Header["Connection"] {
		named = append(named, strings.Split(v, ",")...)
	}
	for key, values := range r.Header {
		if !passes(key) || hasName(named, key) {
			continue
		}
		for _, v := range values {
			if clean(v) {
				w.WriteString(key)
				w.WriteString(": ")
				w.WriteString(v)
				w.WriteString("\r\n")
			}
		}
	}
	switch {
	case r.upgrades() && clean(r.Header["Upgrade"][0]):
		w.WriteString("Connection: Upgrade\r\nUpgrade: " + r.Header["Upgrade"][0] + "\r\n")
	case r.Body != nil && r.Length < 0:
		w.WriteString("Transfer-Encoding: chunked\r\n")
	case r.Body != nil && r.Length >= 0, r.Method == http.MethodPost, r.Method == http.MethodPut, r.Method == http.MethodPatch:
		var room [20]byte
		w.WriteString("Content-Length: ")
		w.Write(strconv.AppendInt(room[:0], max(r.Length, 0), 10))
		w.WriteString("\r\n")
	}
	w.WriteString("\r\n")
}

func hasName(names []string, key string) bool {
	for _, n := range names {
		if strings.EqualFold(textproto.TrimString(n), key) {
			return true
		}
	}
	return false
}

func hasToken(values []string, token string) bool {
	for _, v := range values {
		if hasName(strings.Split(v, ","), token) {
			return true
		}
	}
	return false
}
