package sdk

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// Request is a page request: net/http's own, with the scope of its viewer.
type Request struct {
	Scope
	*http.Request
}

// WidgetRequest asks for one widget.
type WidgetRequest struct {
	Scope
	Widget  string
	Size    string            // s m l full
	Options map[string]string // the person's settings of this instance
	ctx     context.Context
}

// Context ends when the core no longer waits for the answer.
func (r *WidgetRequest) Context() context.Context { return r.ctx }

// CalendarRequest asks for the entries that touch [From, To).
type CalendarRequest struct {
	Scope
	From, To time.Time // in the viewer's time zone
	ctx      context.Context
}

// Context ends when the core no longer waits for the answer.
func (r *CalendarRequest) Context() context.Context { return r.ctx }

// Event is something that happened in this or another module, or in the core.
type Event struct {
	Scope
	ID      string // the same at every delivery of the same event
	Name    string // "devoirs.published"
	Payload []byte // JSON
	At      time.Time
}

// Into decodes the payload.
func (e *Event) Into(v any) error {
	if err := json.Unmarshal(e.Payload, v); err != nil {
		return errors.Wrap(err, errors.Invalid, "error.event.payload")
	}
	return nil
}

// requestKey is the context key of a *Request.
type requestKey struct{}

// RequestOf returns the request of a handler given to [Module.Handle]. Outside
// of one it panics.
func RequestOf(r *http.Request) *Request {
	return &Request{Scope: r.Context().Value(requestKey{}).(*Request).Scope, Request: r}
}
