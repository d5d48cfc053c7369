package sdk

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
)

// TestNoWayOut: a module that asked for no capability to connect is told so, and
// the body it would have sent is closed.
func TestNoWayOut(t *testing.T) {
	body := &closed{Reader: strings.NewReader("x")}
	r, err := http.NewRequest("POST", "https://example.fr/", body)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Outside{}.Client().Do(r)
	if key, _ := errors.Public(err); errors.KindOf(err) != errors.Denied || key != "egress.none" || !body.done {
		t.Errorf("%v, body closed: %v", err, body.done)
	}
}

type closed struct {
	io.Reader
	done bool
}

func (c *closed) Close() error { c.done = true; return nil }
