package services

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// How many events a module may publish. What is more waits in its outbox, which
// hands them over one after the other: a storm comes in calmly.
const (
	eventsASec   = 200
	eventsAtOnce = 50
)

type publisher struct {
	wire.UnimplementedEventsServer
	*desk
}

// Publish takes an event from the module's own outbox: no call is under way, so
// the school is the one it names, if that school enabled the module.
func (p *publisher) Publish(ctx context.Context, in *wire.PublishRequest) (*wire.PublishResponse, error) {
	school := ids.SchoolID(in.School)
	if in.Name == wire.SearchChanged {
		return &wire.PublishResponse{}, p.searchChanged(ctx, school, in.Payload)
	}
	if !p.manifest.May(manifest.MayPublish(in.Name)) {
		return nil, errors.New(errors.Invalid, "host.capability", "capability", string(manifest.MayPublish(in.Name)))
	}
	if !p.may(manifest.MayPublish(in.Name)) { // may be granted later: not the event's fault
		return nil, errors.New(errors.Denied, "host.capability", "capability", string(manifest.MayPublish(in.Name)))
	}
	if in.Id == "" {
		return nil, errors.New(errors.Invalid, "host.event.id")
	}
	if !p.core.Host.IsEnabled(school, p.manifest.ID) {
		return nil, errors.New(errors.Denied, "host.disabled")
	}
	if p.core.Host.Halted(school, p.manifest.ID) {
		return nil, errors.New(errors.Unavailable, "host.halted") // it waits in the module's outbox
	}
	if err := p.events.Wait(ctx); err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "host.busy")
	}
	at := time.Now()
	if in.At != nil {
		at = in.At.AsTime()
	}
	return &wire.PublishResponse{}, p.core.Events.Publish(ctx, events.Event{
		ID: in.Id, Name: in.Name, School: school, Source: p.manifest.ID,
		Payload: in.Payload, People: named[ids.PersonID](in.People), At: at,
	})
}
