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
	held bool
}

// NewCrashes returns an empty memory with these limits.
func NewCrashes(limits ...Limit) *Crashes { return &Crashes{limits: limits} }

// Add notes a crash and returns the limit it reached, if any. Once a limit was
// reached, or the process was put aside by [Crashes.Hold], it stays so until
// [Crashes.Forgive].
func (c *Crashes) Add(at time.Time) (over Limit, reached bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = append(c.at, at)
	most := 0
	for _, l := range c.limits {
		most = max(most, l.Crashes)
		if n := len(c.at); !c.held && n >= l.Crashes && at.Sub(c.at[n-l.Crashes]) < l.Within {
			c.over, c.held = l, true
		}
	}
	c.at = c.at[max(0, len(c.at)-most):]
	return c.over, c.held
}

// Hold puts the process aside, as if this limit had been reached; the zero limit
// is for another reason than crashes.
func (c *Crashes) Hold(over Limit) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over, c.held = over, true
}

// Over reports whether the process was put aside, and for which limit.
func (c *Crashes) Over() (over Limit, reached bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.over, c.held
}

// Forgive forgets every crash.
func (c *Crashes) Forgive() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.over, c.held = nil, Limit{}, false
}
