package supervise

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Process is a running process as a supervisor sees it.
type Process interface {
	PID() int
	Done() <-chan struct{} // closed when it ended
	Err() error            // why; after Done
	Ping(ctx context.Context) error
	Stop(ctx context.Context) // lets it finish until ctx ends; nothing is left after
	Kill()                    // nothing is left after
}

// Config says how to supervise. All of it must be there but Changed.
type Config[P Process] struct {
	Start   func(ctx context.Context) (P, error) // leaves nothing behind when it fails
	Changed func(Status)                         // told of each new state, in order; must be quick

	Ping   time.Duration // between two pings
	Answer time.Duration // for one ping
	Misses int           // pings in a row without answer before the process is killed
	Stable time.Duration // of serving, after which the backoff begins anew
	Drain  time.Duration // for a clean stop
}

// Bounds of the pause before a start; the real one varies by half around it.
const (
	FirstPause = 100 * time.Millisecond
	LastPause  = 30 * time.Second
)

// Supervisor keeps one process running. Make one with [New].
type Supervisor[P Process] struct {
	cfg    Config[P]
	cancel context.CancelFunc
	done   chan struct{}
	tried  chan struct{} // closed after the first start, good or bad

	mu      sync.Mutex
	status  Status
	current P
	up      bool
}

// New starts supervising; the first start is under way when it returns.
func New[P Process](cfg Config[P]) *Supervisor[P] {
	ctx, cancel := context.WithCancel(context.Background())
	s := &Supervisor[P]{cfg: cfg, cancel: cancel, done: make(chan struct{}), tried: make(chan struct{})}
	s.set(Starting, nil)
	go s.run(ctx)
	return s
}

// Current returns the process when there is one to be called.
func (s *Supervisor[P]) Current() (p P, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current, s.up
}

// Status says how the process is.
func (s *Supervisor[P]) Status() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

// Tried is closed once the first start succeeded or failed.
func (s *Supervisor[P]) Tried() <-chan struct{} { return s.tried }

// Stop stops the process and supervising, and returns when nothing of either is
// left.
func (s *Supervisor[P]) Stop() {
	s.cancel()
	<-s.done
}

func (s *Supervisor[P]) run(ctx context.Context) {
	defer close(s.done)
	first := sync.OnceFunc(func() { close(s.tried) })
	defer first()
	pause := &backoff.ExponentialBackOff{
		InitialInterval: FirstPause, MaxInterval: LastPause, RandomizationFactor: 0.5, Multiplier: 2,
	}
	for {
		p, err := s.cfg.Start(ctx)
		if err == nil {
			began := time.Now()
			s.enter(p)
			first()
			err = s.watch(ctx, p)
			if time.Since(began) >= s.cfg.Stable {
				pause.Reset()
			}
		}
		first()
		if ctx.Err() != nil {
			s.set(Stopped, nil)
			return
		}
		s.set(BackingOff, err)
		select {
		case <-ctx.Done():
			s.set(Stopped, nil)
			return
		case <-time.After(pause.NextBackOff()):
		}
		s.set(Starting, nil)
	}
}

// watch returns when the process has ended and nothing of it is left.
func (s *Supervisor[P]) watch(ctx context.Context, p P) error {
	tick := time.NewTicker(s.cfg.Ping)
	defer tick.Stop()
	for missed := 0; ; {
		select {
		case <-p.Done():
			s.leave()
			p.Kill()
			return fmt.Errorf("ended: %w", p.Err())
		case <-ctx.Done():
			s.leave()
			bounded, cancel := context.WithTimeout(context.Background(), s.cfg.Drain)
			p.Stop(bounded)
			cancel()
			return nil
		case <-tick.C:
		}
		err := s.ping(ctx, p)
		switch {
		case ctx.Err() != nil: // stopping: the next round does it
		case err == nil:
			if missed > 0 {
				s.set(Serving, nil)
			}
			missed = 0
		default:
			if missed++; missed < s.cfg.Misses {
				s.set(Degraded, fmt.Errorf("ping not answered: %w", err))
				continue
			}
			s.leave()
			p.Kill()
			return fmt.Errorf("hung, killed after %d pings: %w", missed, err)
		}
	}
}

func (s *Supervisor[P]) ping(ctx context.Context, p P) error {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Answer)
	defer cancel()
	return p.Ping(ctx)
}

// enter makes p the process to be called.
func (s *Supervisor[P]) enter(p P) {
	s.mu.Lock()
	s.current, s.up = p, true
	s.status.PID = p.PID()
	s.mu.Unlock()
	s.set(Serving, nil)
}

// leave takes it away.
func (s *Supervisor[P]) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	var none P
	s.current, s.up = none, false
	s.status.PID = 0
}

func (s *Supervisor[P]) set(state State, err error) {
	s.mu.Lock()
	if s.status.State == BackingOff && state == Starting {
		s.status.Restarts++
	}
	s.status.State, s.status.Since = state, time.Now()
	if err != nil {
		s.status.LastError = err.Error()
	}
	now := s.status
	s.mu.Unlock()
	if s.cfg.Changed != nil {
		s.cfg.Changed(now)
	}
}
