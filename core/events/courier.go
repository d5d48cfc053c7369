package events

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// pauses say how a delivery is tried again.
type pauses struct {
	first, last time.Duration // between two tries, doubling
	away        time.Duration // while the module has no process
	tries       int           // then the event is set aside
}

var usual = pauses{first: 200 * time.Millisecond, last: time.Minute, away: time.Second, tries: 10}

// after returns the pause behind the n-th failed try, half of it by chance so
// that what failed together does not come back together.
func (p pauses) after(n int) time.Duration {
	d := p.last
	if n < 20 {
		d = min(p.last, p.first<<(n-1))
	}
	return d/2 + rand.N(d/2+1)
}

// batch is how many deliveries of one school are read at once.
const batch = 64

// courier delivers to one module, one event after the other, so that a module
// that hangs holds up nobody else's events.
type courier struct {
	bus    *Bus
	target Target
	module ids.ModuleID
	nudged chan struct{}

	mu      sync.Mutex
	schools map[ids.SchoolID]bool // where something waits
}

func (c *courier) add(school ids.SchoolID) {
	c.mu.Lock()
	c.schools[school] = true
	c.mu.Unlock()
	c.nudge()
}

func (c *courier) nudge() {
	select {
	case c.nudged <- struct{}{}:
	default:
	}
}

func (c *courier) run(ctx context.Context) {
	for ctx.Err() == nil {
		next := c.round(ctx)
		timer := time.NewTimer(next)
		select {
		case <-ctx.Done():
		case <-c.nudged:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// round tries all that is due and returns how long nothing will be.
func (c *courier) round(ctx context.Context) time.Duration {
	wait := time.Hour
	for _, school := range c.list() {
		next, err := c.school(ctx, school)
		if err != nil && ctx.Err() == nil {
			c.bus.log.Error("events cannot be read", "school", school, "module", c.module, "err", err)
			next = c.bus.pauses.last
		}
		wait = min(wait, next)
	}
	return wait
}

func (c *courier) list() []ids.SchoolID {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]ids.SchoolID, 0, len(c.schools))
	for s := range c.schools {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

// school goes through what waits in one school, oldest first.
func (c *courier) school(ctx context.Context, school ids.SchoolID) (time.Duration, error) {
	space, err := c.bus.engine.Open(ctx, school)
	if err != nil {
		return 0, err
	}
	c.mu.Lock()
	delete(c.schools, school) // what is added from now on is seen in the next round
	c.mu.Unlock()
	wait, left, cursor := time.Hour, false, ""
	for {
		var some []*delivery
		err := space.View(ctx, func(tx store.Tx) (err error) {
			some, cursor, err = waiting.Page(tx, "module", cursor, batch, store.Prefix(c.module))
			return err
		})
		if err != nil {
			return 0, errors.Join(err, c.again(school))
		}
		for _, d := range some {
			next, gone, err := c.one(ctx, space, d)
			if err != nil {
				return 0, errors.Join(err, c.again(school))
			}
			if !gone {
				left, wait = true, min(wait, next)
			}
		}
		if cursor == "" || ctx.Err() != nil {
			break
		}
	}
	if left {
		c.again(school)
	}
	return wait, nil
}

// again keeps the school on the list without a nudge.
func (c *courier) again(school ids.SchoolID) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.schools[school] = true
	return nil
}

// one tries a delivery that is due; gone means that it waits no longer.
func (c *courier) one(ctx context.Context, space store.Space, d *delivery) (next time.Duration, gone bool, err error) {
	if next = time.Until(d.Next); next > 0 {
		return next, false, nil
	}
	school := space.School()
	if !slices.Contains(c.target.Subscribers(school, d.Event.Name), c.module) {
		return 0, true, c.remove(ctx, space, d, nil) // switched off meanwhile
	}
	failed := c.target.Deliver(ctx, c.module, d.Event)
	switch {
	case failed == nil:
		return 0, true, c.remove(ctx, space, d, nil)
	case ctx.Err() != nil:
		return 0, false, nil
	case errors.Is(failed, ErrAway):
		return c.bus.pauses.away, false, nil
	}
	d.Tries++
	d.Error = failed.Error()
	if d.Tries >= c.bus.pauses.tries {
		c.bus.log.Error("event set aside", "event", d.Event.Name, "id", d.Event.ID, "school", school,
			"module", c.module, "tries", d.Tries, "err", failed)
		return 0, true, c.remove(ctx, space, d, d)
	}
	next = c.bus.pauses.after(d.Tries)
	d.Next = time.Now().Add(next)
	return next, false, space.Update(ctx, func(tx store.Tx) error { return waiting.Put(tx, d) })
}

// remove takes a delivery off the list, and onto the other one when it is set aside.
func (c *courier) remove(ctx context.Context, space store.Space, d, setAside *delivery) error {
	return space.Update(ctx, func(tx store.Tx) error {
		if setAside != nil {
			if err := aside.Put(tx, setAside); err != nil {
				return err
			}
		}
		if err := waiting.Delete(tx, d.ID); err != nil && errors.KindOf(err) != errors.NotFound {
			return err
		}
		return nil
	})
}
