package events

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Event is something that happened in one school.
type Event struct {
	ID      string         `json:"id"`   // the same at every delivery; drawn when empty
	Name    string         `json:"name"` // devoirs.published
	School  ids.SchoolID   `json:"school"`
	Source  ids.ModuleID   `json:"source,omitempty"`  // empty: the core
	Payload []byte         `json:"payload,omitempty"` // JSON
	People  []ids.PersonID `json:"people,omitempty"`  // whom it touches; empty: the school
	At      time.Time      `json:"at"`
}

// Target delivers to modules; the host is one.
type Target interface {
	// Subscribers lists the modules that asked for events of this name and that
	// the school enabled.
	Subscribers(school ids.SchoolID, name string) []ids.ModuleID
	// Deliver hands one event over. An error that Is [ErrAway] means the module
	// was not there to be asked: that try does not count.
	Deliver(ctx context.Context, module ids.ModuleID, e Event) error
}

// ErrAway says that a module has no process to deliver to.
var ErrAway error = errors.New(errors.Unavailable, "events.away")
