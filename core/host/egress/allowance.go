package egress

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// What one module may take.
const (
	atOnce    = 16              // exchanges under way
	queueing  = 2 * time.Second // for one of these places
	perSecond = 5               // exchanges for one school, after
	burst     = 50              // that many
)

// allowance is what is left to one module, whichever of its processes asks.
type allowance struct {
	places chan struct{}

	mu      sync.Mutex
	schools map[ids.SchoolID]*rate.Limiter
}

func newAllowance() *allowance {
	return &allowance{places: make(chan struct{}, atOnce), schools: map[ids.SchoolID]*rate.Limiter{}}
}

// spend takes one exchange off what the school's calls have left: TooMany.
func (a *allowance) spend(school ids.SchoolID) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	l := a.schools[school]
	if l == nil {
		l = rate.NewLimiter(perSecond, burst)
		a.schools[school] = l
	}
	if !l.Allow() {
		return errors.New(errors.TooMany, "egress.rate")
	}
	return nil
}

// enter takes a place, leave gives it back.
func (a *allowance) enter(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, queueing)
	defer cancel()
	select {
	case a.places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errors.Wrap(ctx.Err(), errors.TooMany, "egress.rate")
	}
}

func (a *allowance) leave() { <-a.places }
