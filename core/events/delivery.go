package events

import (
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// delivery is one event on its way to one module.
type delivery struct {
	ID     string       `json:"id"` // "<event>|<module>": the same event twice is one delivery
	Module ids.ModuleID `json:"module"`
	Event  Event        `json:"event"`
	Tries  int          `json:"tries,omitempty"`
	Next   time.Time    `json:"next,omitzero"` // not before
	Error  string       `json:"error,omitempty"`
}

func deliveryID(e Event, m ids.ModuleID) string { return e.ID + "|" + string(m) }

var (
	waiting = store.NewCollection("events.waiting",
		store.Index("module", func(d *delivery) store.Key { return store.K(d.Module, d.Event.At, d.ID) }))
	aside = store.NewCollection[delivery]("events.aside")
)
