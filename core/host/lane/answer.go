package lane

import (
	"encoding/base64"
	"io"
	"net/http"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// Answer is what the module said, cleaned of what it may not say.
type Answer struct {
	Status int
	Header http.Header
	Length int64              // of Body in bytes, -1 when unknown
	Body   io.ReadCloser      // to be closed; nil after 101
	Tree   bool               // Body is a ui tree
	Flash  *wire.Text         // to say on the next page
	File   string             // a stored file to send instead of Body
	Conn   io.ReadWriteCloser // after 101; to be closed
}

var errGarbage = errors.New(errors.Unavailable, "host.garbage")

// answerOf sorts out a response's head.
func answerOf(resp *http.Response, base string) (*Answer, error) {
	h := resp.Header
	a := &Answer{Status: resp.StatusCode, Header: h, Length: resp.ContentLength}
	if v := h[wire.HeaderFile]; len(v) == 1 {
		a.File = v[0]
	}
	if v := h[wire.HeaderFlash]; len(v) == 1 {
		raw, err := base64.RawURLEncoding.DecodeString(v[0])
		text := new(wire.Text)
		if err != nil || proto.Unmarshal(raw, text) != nil {
			return nil, errGarbage
		}
		a.Flash = text
	}
	if v := h["Content-Type"]; len(v) == 1 {
		a.Tree = v[0] == wire.MediaType
	}
	location := h["Location"]
	if resp.StatusCode == http.StatusSwitchingProtocols {
		sift(h, upgraded)
		return a, nil
	}
	sift(h, nil)
	switch {
	case len(location) == 1:
		to, ok := inside(base, location[0])
		if !ok { // a module cannot send a person elsewhere
			return nil, errGarbage
		}
		h["Location"] = []string{to}
	case redirects(resp.StatusCode):
		return nil, errGarbage
	}
	return a, nil
}

func redirects(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}
