package events

import (
	"context"
	"log/slog"

	"github.com/preau-ent/preau/sdk/store"
)

// Bus carries events. Make one with [New].
type Bus struct{}

// New returns a bus that keeps undelivered events in the core's store.
func New(engine store.Engine, log *slog.Logger) *Bus { return &Bus{} }

// Publish keeps e for every module that subscribes, tells the subscribers in
// this process, and returns; delivery follows. Publishing the same ID again
// while it waits changes nothing.
func (b *Bus) Publish(ctx context.Context, e Event) error { return nil }

// Subscribe calls fn, which must be quick, for each event published from now
// on, until cancel is called.
func (b *Bus) Subscribe(fn func(Event)) (cancel func()) { return func() {} }

// Start delivers to target what waits and what comes, until [Bus.Stop].
func (b *Bus) Start(ctx context.Context, target Target) error { return nil }

// Stop ends delivery; what waits stays in the store.
func (b *Bus) Stop() {}
