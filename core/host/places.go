package host

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// places bound how many callers one lane of a module holds, and how many more
// may wait for one to leave. So a module that hangs costs a bounded number of
// callers, and whoever would wait behind them in vain is told at once.
type places struct {
	taken    chan struct{}
	waiting  atomic.Int64
	queue    int64         // most who may wait
	patience time.Duration // of those; 0: as long as their context allows
}

func newPlaces(most, queue int, patience time.Duration) *places {
	return &places{taken: make(chan struct{}, most), queue: int64(queue), patience: patience}
}

// enter takes a place; Unavailable when there is none in time.
func (p *places) enter(ctx context.Context) error {
	select {
	case p.taken <- struct{}{}:
		return nil
	default:
	}
	defer p.waiting.Add(-1)
	if p.waiting.Add(1) > p.queue {
		return errors.New(errors.Unavailable, "host.busy")
	}
	if p.patience > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, p.patience)
		defer cancel()
	}
	select {
	case p.taken <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errors.Wrap(ctx.Err(), errors.Unavailable, "host.busy")
	}
}

// leave gives the place back.
func (p *places) leave() { <-p.taken }
