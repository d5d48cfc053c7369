package supervise

import (
	"sync"
	"time"
)

// Limit is how many crashes within a time are too many.
type Limit struct {
	Crashes int
	Within  time.Duration
}

// Limits are those of a module's process; a failed start is a crash too.
var Limits = []Limit{{3, time.Minute}, {5, time.Hour}}

// Crashes remembers when a process crashed, and that it did so too often. It
// outlives the supervisor, so that stopping and starting again forgives
// nothing. Make one with [NewCrashes].
type Crashes struct {
	limits []Limit

	mu   sync.Mutex
	at   []time.Time // oldest first, as many as the largest limit counts
	over Limit
}

// NewCrashes returns an empty memory with these limits.
func NewCrashes(limits ...Limit) *Crashes { return &Crashes{limits: limits} }

// Add notes a crash and returns the limit it reached, if any. Once a limit was
// reached it stays so until [Crashes.Forgive].
func (c *Crashes) Add(at time.Time) (over Limit, reached bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = append(c.at, at)
	most := 0
	for _, l := range c.limits {
		most = max(most, l.Crashes)
		if n := len(c.at); c.over == (Limit{}) && n >= l.Crashes && at.Sub(c.at[n-l.Crashes]) < l.Within {
			c.over = l
		}
	}
	c.at = c.at[max(0, len(c.at)-most):]
	return c.over, c.over != Limit{}
}

// Over returns the limit that was reached, if any.
func (c *Crashes) Over() (over Limit, reached bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.over, c.over != Limit{}
}

// Forgive forgets every crash.
func (c *Crashes) Forgive() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.over = nil, Limit{}
}
