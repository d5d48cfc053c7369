package events

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Bus carries events. Make one with [New].
type Bus struct {
	engine store.Engine
	log    *slog.Logger
	pauses pauses

	mu       sync.Mutex
	readers  Target // knows who subscribes; nil before Aim and Start
	target   Target // nil before Start and after Stop
	ctx      context.Context
	cancel   context.CancelFunc
	couriers map[ids.ModuleID]*courier
	running  sync.WaitGroup
	inside   map[int]func(Event)
	next     int
}

// New returns a bus that keeps undelivered events in the core's store; log may
// be nil.
func New(engine store.Engine, log *slog.Logger) *Bus {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Bus{engine: engine, log: log, pauses: usual, couriers: map[ids.ModuleID]*courier{}, inside: map[int]func(Event){}}
}

// Publish keeps e for every module that subscribes, tells the subscribers in
// this process, and returns; delivery follows. Publishing the same ID again
// while it waits changes nothing.
func (b *Bus) Publish(ctx context.Context, e Event) error {
	if e.Name == "" || e.School == "" {
		return errors.New(errors.Invalid, "events.nameless")
	}
	if e.ID == "" {
		e.ID = ids.New()
	}
	if e.At.IsZero() {
		e.At = time.Now()
	}
	b.mu.Lock()
	readers := b.readers
	b.mu.Unlock()
	if readers != nil {
		modules := readers.Subscribers(e.School, e.Name)
		if err := b.keep(ctx, e, modules); err != nil {
			return err
		}
		for _, m := range modules {
			b.send(m, e.School)
		}
	}
	for _, fn := range b.listeners() {
		fn(e)
	}
	return nil
}

func (b *Bus) keep(ctx context.Context, e Event, modules []ids.ModuleID) error {
	if len(modules) == 0 {
		return nil
	}
	space, err := b.engine.Open(ctx, e.School)
	if err != nil {
		return err
	}
	return space.Update(ctx, func(tx store.Tx) error {
		for _, m := range modules {
			d := &delivery{ID: deliveryID(e, m), Module: m, Event: e}
			if err := waiting.Insert(tx, d); err != nil && errors.KindOf(err) != errors.Conflict {
				return err
			}
		}
		return nil
	})
}

// Subscribe calls fn, which must be quick, for each event published from now
// on, until cancel is called.
func (b *Bus) Subscribe(fn func(Event)) (cancel func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	id := b.next
	b.next++
	b.inside[id] = fn
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.inside, id)
	}
}

func (b *Bus) listeners() []func(Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make([]func(Event), 0, len(b.inside))
	for i := range b.next { // in the order of subscribing
		if fn, ok := b.inside[i]; ok {
			out = append(out, fn)
		}
	}
	return out
}

// Aim says who subscribes before [Bus.Start]: what is published meanwhile is
// kept, and delivered once deliveries start.
func (b *Bus) Aim(target Target) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.readers = target
}

// Start delivers to target what waits and what comes, until [Bus.Stop]; it also
// publishes what the core's own transactions emitted before a crash. Started
// already, it does nothing.
func (b *Bus) Start(ctx context.Context, target Target) error {
	b.mu.Lock()
	if b.target != nil {
		b.mu.Unlock()
		return nil
	}
	b.readers, b.target = target, target
	b.ctx, b.cancel = context.WithCancel(context.WithoutCancel(ctx))
	b.mu.Unlock()
	schools, err := b.engine.Spaces(ctx)
	if err != nil {
		return err
	}
	for _, school := range schools {
		if err := b.Pump(ctx, school); err != nil {
			return err
		}
		if err := b.resume(ctx, school); err != nil {
			return err
		}
	}
	return nil
}

// resume hands what waits in a school to the couriers.
func (b *Bus) resume(ctx context.Context, school ids.SchoolID) error {
	space, err := b.engine.Open(ctx, school)
	if err != nil {
		return err
	}
	modules := map[ids.ModuleID]bool{}
	err = space.View(ctx, func(tx store.Tx) error {
		for d, err := range waiting.Range(tx, "") {
			if err != nil {
				return err
			}
			modules[d.Module] = true
		}
		return nil
	})
	for m := range modules {
		b.send(m, school)
	}
	return err
}

// Pump publishes what the core's own transactions emitted in a school; called
// after such a transaction, so that the event follows its commit.
func (b *Bus) Pump(ctx context.Context, school ids.SchoolID) error {
	space, err := b.engine.Open(ctx, school)
	if err != nil {
		return err
	}
	pending, err := space.Pending(ctx, 0)
	if err != nil {
		return err
	}
	for _, p := range pending {
		err := b.Publish(ctx, Event{ID: p.ID, Name: p.Name, School: school, Payload: p.Payload, People: p.People, At: p.At})
		if err != nil {
			return err
		}
		if err := space.Delivered(ctx, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// Wake has a module's deliveries tried at once: it serves again.
func (b *Bus) Wake(module ids.ModuleID) {
	b.mu.Lock()
	c := b.couriers[module]
	b.mu.Unlock()
	if c != nil {
		c.nudge()
	}
}

// Stop ends delivery; what waits stays in the store.
func (b *Bus) Stop() {
	b.mu.Lock()
	if b.target == nil {
		b.mu.Unlock()
		return
	}
	b.target = nil
	b.cancel()
	clear(b.couriers)
	b.mu.Unlock()
	b.running.Wait()
}

// send tells the module's courier, hired when there is none, of a school where
// something waits.
func (b *Bus) send(module ids.ModuleID, school ids.SchoolID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.target == nil {
		return
	}
	c := b.couriers[module]
	if c == nil {
		c = &courier{bus: b, target: b.target, module: module, nudged: make(chan struct{}, 1), schools: map[ids.SchoolID]bool{}}
		b.couriers[module] = c
		ctx := b.ctx
		b.running.Go(func() { c.run(ctx) })
	}
	c.add(school)
}
