package home

import (
	"context"
	"sync"

	"github.com/preau-ent/preau/sdk/ids"
)

// flights are the calls under way. A second request for the same copy joins the
// first; a module holds at most a fixed number of calls, so that a hung one
// costs a few goroutines and never more.
type flights struct {
	most int
	mu   sync.Mutex
	at   map[copyKey]*flight
	busy map[ids.ModuleID]int
	all  sync.WaitGroup
	ctx  context.Context
	stop context.CancelFunc
}

// flight is one call; copy may be read once done is closed.
type flight struct {
	done chan struct{}
	copy *Copy
	mark uint64
}

func newFlights(most int) *flights {
	ctx, stop := context.WithCancel(context.Background())
	return &flights{most: most, at: map[copyKey]*flight{}, busy: map[ids.ModuleID]int{}, ctx: ctx, stop: stop}
}

func (f *flights) close() {
	f.mu.Lock()
	f.stop()
	f.mu.Unlock()
	f.all.Wait()
}

// join returns the flight for key, starting call when there is none that usable
// accepts. nil: the module holds all the calls it may.
func (f *flights) join(key copyKey, module ids.ModuleID, mark uint64, usable func(mark uint64) bool, call func(ctx context.Context) *Copy) *flight {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fl, ok := f.at[key]; ok && usable(fl.mark) {
		return fl
	}
	if f.busy[module] >= f.most || f.ctx.Err() != nil {
		return nil
	}
	fl := &flight{done: make(chan struct{}), mark: mark}
	f.at[key] = fl
	f.busy[module]++
	f.all.Go(func() {
		fl.copy = call(f.ctx)
		close(fl.done)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.busy[module]--
		if f.at[key] == fl {
			delete(f.at, key)
		}
	})
	return fl
}
