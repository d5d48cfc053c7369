package supervise

import (
	"context"
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

// Config says how to supervise. What has no "may" must be there.
type Config[P Process] struct {
	Start   func(ctx context.Context) (P, error) // leaves nothing behind when it fails
	Changed func(Status)                         // told of each new state, in order; must be quick; may be nil
	Look    func(P) error                        // looks at the process from outside; an error ends it as a crash; may be nil
	Crashes *Crashes                             // may be nil: no number of crashes is too many
	// Hopeless says of a failed start that another would fail just so: the process
	// is put aside at once. May be nil.
	Hopeless func(error) bool

	Ping   time.Duration // between two pings
	Answer time.Duration // for one ping
	Misses int           // pings in a row without answer before the process is killed
	Stable time.Duration // of serving, after which the backoff begins anew
	Drain  time.Duration // for a clean stop
}

// Bounds of the pause before a start; the real one varies by half around it.
// A process that crashes after a good life is started again without a pause.
const (
	FirstPause = 100 * time.Millisecond
	LastPause  = 30 * time.Second
)

// looks is the time between two looks at a process.
const looks = time.Second

// Supervisor keeps one process running. Make one with [New].
type Supervisor[P Process] struct {
	cfg    Config[P]
	cancel context.CancelFunc
	done   chan struct{}
	tried  chan struct{} // closed after the first start, good or bad
	orders chan *order

	mu      sync.Mutex
	status  Status
	current P
	up      bool
}

// New starts supervising; the first start is under way when it returns, unless
// the process crashed too often before.
func New[P Process](cfg Config[P]) *Supervisor[P] {
	ctx, cancel := context.WithCancel(context.Background())
	if cfg.Crashes == nil {
		cfg.Crashes = NewCrashes()
	}
	s := &Supervisor[P]{cfg: cfg, cancel: cancel, done: make(chan struct{}), tried: make(chan struct{}), orders: make(chan *order)}
	over, held := cfg.Crashes.Over()
	if held {
		s.set(Status{State: Quarantined, Over: over}, nil)
	} else {
		s.set(Status{State: Starting}, nil)
	}
	go s.run(ctx, held)
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

// run is the whole life: start, watch, and what follows from how it ended.
func (s *Supervisor[P]) run(ctx context.Context, held bool) {
	defer close(s.done)
	first := sync.OnceFunc(func() { close(s.tried) })
	defer first()
	pause := newPause()
	var asked *order // whoever waits for the next start
	if held {
		first()
		asked = s.rest(ctx, nil)
	}
	for ctx.Err() == nil {
		p, err := s.cfg.Start(ctx)
		var lived time.Duration
		if err == nil {
			began := time.Now()
			s.enter(p)
			first()
			asked.answer(nil)
			asked, err = s.watch(ctx, p)
			lived = time.Since(began)
		} else {
			asked = asked.answer(err)
		}
		first()
		switch {
		case ctx.Err() != nil:
		case asked != nil: // ended because it was told to: no crash
			pause = newPause()
		default:
			asked = s.crashed(ctx, err, pause.after(lived, s.cfg.Stable))
			if asked != nil {
				pause = newPause()
			}
		}
	}
	asked.answer(ErrStopped)
	s.set(Status{State: Stopped}, nil)
}

// crashed waits for the next start: a pause, or as long as it takes when the
// process crashed too often or there is no hope for it. Whoever asked meanwhile is returned.
func (s *Supervisor[P]) crashed(ctx context.Context, err error, wait time.Duration) *order {
	if s.cfg.Hopeless != nil && s.cfg.Hopeless(err) {
		s.cfg.Crashes.Hold(Limit{})
	}
	if over, reached := s.cfg.Crashes.Add(time.Now()); reached {
		s.set(Status{State: Quarantined, Over: over}, err)
		return s.rest(ctx, nil)
	}
	s.set(Status{State: BackingOff}, err)
	timer := time.NewTimer(wait)
	defer timer.Stop()
	return s.rest(ctx, timer.C)
}

// rest waits until it is time, somebody asks or ctx ends.
func (s *Supervisor[P]) rest(ctx context.Context, time <-chan time.Time) (asked *order) {
	select {
	case <-ctx.Done():
		return nil
	case <-time:
	case asked = <-s.orders:
		s.cfg.Crashes.Forgive()
	}
	s.set(Status{State: Starting}, nil)
	return asked
}

// enter makes p the process to be called.
func (s *Supervisor[P]) enter(p P) {
	s.mu.Lock()
	s.current, s.up = p, true
	s.mu.Unlock()
	s.set(Status{State: Serving, PID: p.PID()}, nil)
}

// leave takes it away, whatever comes next. Until that is known its status stays
// what it was: a state with a process, and the number of that process.
func (s *Supervisor[P]) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	var none P
	s.current, s.up = none, false
}

// set enters a state; restarts and the last error go on from state to state.
func (s *Supervisor[P]) set(next Status, err error) {
	s.mu.Lock()
	next.Since, next.Restarts, next.LastError = time.Now(), s.status.Restarts, s.status.LastError
	if next.State == Starting && s.status.State != "" {
		next.Restarts++
	}
	if err != nil {
		next.LastError = err.Error()
	}
	s.status = next
	s.mu.Unlock()
	if s.cfg.Changed != nil {
		s.cfg.Changed(next)
	}
}

// pause is the time before the next start.
type pause struct {
	*backoff.ExponentialBackOff
	fresh bool
}

func newPause() *pause {
	return &pause{&backoff.ExponentialBackOff{
		InitialInterval: FirstPause, MaxInterval: LastPause, RandomizationFactor: 0.5, Multiplier: 2,
	}, true}
}

// after returns the pause for a process that lived this long, 0 when it did not
// even start.
func (p *pause) after(lived, stable time.Duration) time.Duration {
	if lived >= stable {
		p.Reset()
		p.fresh = true
	}
	fresh := p.fresh
	p.fresh = false
	if fresh && lived > 0 {
		return 0
	}
	return p.NextBackOff()
}
