package events

import (
	"context"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Aside is an event that a module could not digest.
type Aside struct {
	Event  Event
	Module ids.ModuleID
	Tries  int
	Error  string // of the last try
}

// SetAside lists the events that were given up in a school.
func (b *Bus) SetAside(ctx context.Context, school ids.SchoolID) (out []Aside, err error) {
	space, err := b.engine.Open(ctx, school)
	if err != nil {
		return nil, err
	}
	return out, space.View(ctx, func(tx store.Tx) error {
		for d, err := range aside.Range(tx, "") {
			if err != nil {
				return err
			}
			out = append(out, Aside{Event: d.Event, Module: d.Module, Tries: d.Tries, Error: d.Error})
		}
		return nil
	})
}
