package sdk

import (
	"context"
	"sync"
)

// inflight counts the control lane's calls under way: stores close after the
// last of them.
type inflight struct {
	mu      sync.Mutex
	n       int
	closing bool
	idle    chan struct{} // closed when closing and n is 0
}

func newInflight() *inflight { return &inflight{idle: make(chan struct{})} }

// enter counts a call; false when nothing may begin any more.
func (f *inflight) enter() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closing {
		f.n++
	}
	return !f.closing
}

// leave ends a call that entered.
func (f *inflight) leave() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.n--; f.n == 0 && f.closing {
		close(f.idle)
	}
}

// stop lets nothing begin and waits for what is under way until ctx ends. To be
// called once.
func (f *inflight) stop(ctx context.Context) {
	f.mu.Lock()
	f.closing = true
	if f.n == 0 {
		close(f.idle)
	}
	f.mu.Unlock()
	select {
	case <-f.idle:
	case <-ctx.Done():
	}
}
