package upgrade

import (
	"context"
	"sync"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// Gate is what every call of a module passes. Shut, it holds new calls back, a
// bounded number for a bounded time, and says when those inside have left.
type Gate struct {
	most     int
	patience time.Duration

	mu      sync.Mutex
	opened  chan struct{} // nil: open; closed when it opens again
	empty   chan struct{} // closed when nobody is inside; nil while open
	inside  int
	waiting int
}

// NewGate returns an open gate, before which at most so many calls wait at a
// time, each no longer than patience.
func NewGate(most int, patience time.Duration) *Gate {
	return &Gate{most: most, patience: patience}
}

// Enter lets a call in, once the gate is open; it must Leave. Unavailable when
// that takes longer than the gate's patience or too many wait already; when ctx
// ends before, its own error with the kind it has.
func (g *Gate) Enter(ctx context.Context) error {
	g.mu.Lock()
	if g.opened == nil {
		g.inside++
		g.mu.Unlock()
		return nil
	}
	if g.waiting == g.most {
		g.mu.Unlock()
		return errors.New(errors.Unavailable, "host.upgrading")
	}
	g.waiting++
	defer func() {
		g.waiting--
		g.mu.Unlock()
	}()
	late := time.NewTimer(g.patience)
	defer late.Stop()
	for g.opened != nil {
		opened := g.opened
		g.mu.Unlock()
		var err error
		select {
		case <-opened:
		case <-late.C:
			err = errors.New(errors.Unavailable, "host.upgrading")
		case <-ctx.Done():
			err = errors.Wrap(ctx.Err(), errors.KindOf(ctx.Err()), "host.upgrading")
		}
		g.mu.Lock()
		if err != nil {
			return err
		}
	}
	g.inside++
	return nil
}

// Leave ends a call that entered.
func (g *Gate) Leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside--; g.inside == 0 && g.empty != nil {
		close(g.empty)
		g.empty = nil
	}
}

// Shut lets nobody in from now on, and returns what is closed once nobody is
// inside. Only an open gate may be shut.
func (g *Gate) Shut() (empty <-chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.opened = make(chan struct{})
	gone := make(chan struct{})
	if g.inside == 0 {
		close(gone)
	} else {
		g.empty = gone
	}
	return gone
}

// Open lets in those who wait and whoever comes. An open gate stays so.
func (g *Gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.opened != nil {
		close(g.opened)
		g.opened, g.empty = nil, nil
	}
}
