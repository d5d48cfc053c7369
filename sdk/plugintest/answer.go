package plugintest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Answer is what came back: of Page, Location, File, Err and Body one is set.
type Answer struct {
	Status   int
	Page     *ui.Page      // a tree; with status 422 the form with its errors
	Location string        // where a form led to, inside the module
	Flash    *ui.Words     // what it says there
	File     string        // the stored file the core is asked to send
	Err      *errors.Error // a refusal, by the core or by the module
	Body     []byte        // anything else: a feed, a file
	Header   http.Header

	v *Visitor
}

// Kind is the kind of refusal, OK when there is none.
func (a *Answer) Kind() errors.Kind {
	if a.Err == nil {
		return errors.OK
	}
	return a.Err.Kind
}

// Follow opens the page that a form led to; it fails the test when the form
// did not lead anywhere.
func (a *Answer) Follow() *ui.Page {
	a.v.h.t.Helper()
	if a.Location == "" {
		a.v.h.t.Fatalf("leads nowhere: %s", a)
	}
	return a.v.Get(a.Location)
}

// String is for failing tests.
func (a *Answer) String() string {
	switch {
	case a.Err != nil:
		return fmt.Sprintf("%d %v", a.Status, a.Err)
	case a.Location != "":
		return fmt.Sprintf("%d to %s (%s)", a.Status, a.Location, a.Flash.GetKey())
	case a.Page != nil:
		return fmt.Sprintf("%d page %v", a.Status, Texts(a.Page))
	case a.File != "":
		return fmt.Sprintf("%d file %s", a.Status, a.File)
	}
	return fmt.Sprintf("%d %d bytes of %s", a.Status, len(a.Body), a.Header.Get("Content-Type"))
}

// refused is the core's own refusal.
func refused(err error) *Answer {
	var e *errors.Error
	if !errors.As(err, &e) {
		e = errors.Internal(err)
	}
	return &Answer{Status: e.Kind.HTTP(), Err: e, Header: http.Header{}}
}

// readAnswer reads an answer as the core does.
func readAnswer(w *http.Response) (*Answer, error) {
	body, err := io.ReadAll(w.Body)
	if err != nil {
		return nil, err
	}
	a := &Answer{Status: w.StatusCode, Header: w.Header, Location: w.Header.Get("Location"), File: w.Header.Get(wire.HeaderFile)}
	if raw := w.Header.Get(wire.HeaderFlash); raw != "" {
		b, err := base64.RawURLEncoding.DecodeString(raw)
		if err != nil {
			return nil, err
		}
		a.Flash = &ui.Words{}
		if err := proto.Unmarshal(b, a.Flash); err != nil {
			return nil, err
		}
	}
	switch w.Header.Get("Content-Type") {
	case wire.MediaType:
		a.Page, err = ui.Decode(body)
		return a, err
	case wire.MediaTypeError:
		var r struct {
			Kind, Key string
			Args      []any
			Fields    map[string]string
			Filled    map[string][]any
		}
		if err := json.Unmarshal(body, &r); err != nil {
			return nil, err
		}
		a.Err = &errors.Error{Kind: errors.FromHTTP(w.StatusCode), Key: r.Key, Args: r.Args, Fields: r.Fields, Filled: r.Filled}
		if r.Kind != a.Err.Kind.String() {
			return nil, fmt.Errorf("status %d says %s", w.StatusCode, r.Kind)
		}
		return a, nil
	}
	a.Body = body
	return a, nil
}
