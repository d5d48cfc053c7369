package web

import (
	"context"
	"sync"
)

// streams counts the connections taken away from fasthttp, which it no longer
// waits for.
type streams struct{ all sync.WaitGroup }

func newStreams() *streams { return &streams{} }

// open counts one more until done is called.
func (s *streams) open() (done func()) {
	s.all.Add(1)
	return s.all.Done
}

// wait returns when all have ended, or with ctx.
func (s *streams) wait(ctx context.Context) {
	ended := make(chan struct{})
	go func() {
		s.all.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-ctx.Done():
	}
}
