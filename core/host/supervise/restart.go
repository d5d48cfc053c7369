package supervise

import (
	"context"
	"errors"
)

// ErrStopped says that there is nobody left to start a process.
var ErrStopped = errors.New("supervise: stopped")

// order is somebody who asked for a fresh process and waits for it; nil is
// nobody.
type order struct{ done chan error }

// answer tells whoever waits, and forgets them.
func (o *order) answer(err error) *order {
	if o != nil {
		o.done <- err
	}
	return nil
}

// Restart drains the process when there is one, forgets its crashes and starts
// a fresh one, from whatever state but stopped. It returns once that start
// succeeded, or with what it failed of; ErrStopped after [Supervisor.Stop]. When
// ctx ends first the start goes on.
func (s *Supervisor[P]) Restart(ctx context.Context) error {
	o := &order{done: make(chan error, 1)}
	select {
	case s.orders <- o:
	case <-s.done:
		return ErrStopped
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-o.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
