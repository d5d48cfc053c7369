package supervise

import (
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// mostLines is how many lines a process may write in a second, for long; as
// many may come at once.
const mostLines = 100

// Throttle is the way of a process's lines into its log: a flood is cut down,
// and a line a second says how much of it was dropped. Make one with
// [NewThrottle].
type Throttle struct {
	lines *Lines
	limit *rate.Limiter

	mu      sync.Mutex
	dropped int
}

// NewThrottle returns a way into these lines.
func NewThrottle(lines *Lines) *Throttle {
	return &Throttle{lines: lines, limit: rate.NewLimiter(mostLines, mostLines)}
}

// Add keeps one line, or counts it.
func (t *Throttle) Add(level, text string) {
	now := time.Now()
	if t.limit.AllowN(now, 1) {
		t.lines.Add(now, level, text)
		return
	}
	t.Drop(1)
}

// Drop counts lines that were not even read.
func (t *Throttle) Drop(lines int) {
	if lines <= 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.dropped == 0 {
		time.AfterFunc(time.Second, t.tell)
	}
	t.dropped += lines
}

// tell says how many lines were dropped since it was said last.
func (t *Throttle) tell() {
	t.mu.Lock()
	n := t.dropped
	t.dropped = 0
	t.mu.Unlock()
	t.lines.Add(time.Now(), "warn", fmt.Sprintf("preau: %d lines dropped, more than %d a second", n, mostLines))
}
