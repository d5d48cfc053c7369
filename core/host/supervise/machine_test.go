package supervise

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// step is something that happens to a supervised process, and how much time
// passes after it.
type step struct {
	what string
	then time.Duration
}

var anything = rapid.Custom(func(t *rapid.T) step {
	return step{
		what: rapid.SampledFrom([]string{"crash", "deaf", "hears", "fails", "starts", "restart", "nothing"}).Draw(t, "what"),
		then: rapid.OneOf(rapid.Just(time.Duration(0)), rapid.Map(rapid.Int64Range(1, 20_000), func(ms int64) time.Duration {
			return time.Duration(ms) * time.Millisecond
		}), rapid.Map(rapid.Int64Range(1, 90), func(min int64) time.Duration { return time.Duration(min) * time.Minute })).Draw(t, "then"),
	}
})

// TestLegalSteps lets anything happen to a supervised process, in any order and
// at any time: every step between states is one of the table, the process is
// never given out but while it serves or is degraded, there is never more than
// one, and a quarantine ends only because somebody asked.
func TestLegalSteps(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		all := rapid.SliceOfN(anything, 1, 60).Draw(r, "steps")
		var wrong []string
		synctest.Test(t, func(t *testing.T) { wrong = (&chance{}).run(t, all) })
		if len(wrong) > 0 {
			r.Fatalf("%q", wrong)
		}
	})
}

// chance is one life and what was wrong with it.
type chance struct {
	mu    sync.Mutex
	last  State
	asked int  // orders that nobody took yet
	fails bool // the next starts
	now   *fake
	wrong []string
}

func (c *chance) start(context.Context) (*fake, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fails {
		return nil, errors.New("no start")
	}
	if c.now != nil && !ended(c.now) {
		c.wrong = append(c.wrong, "a second process beside the first")
	}
	c.now = &fake{done: make(chan struct{})}
	return c.now, nil
}

func (c *chance) changed(s Status) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case !c.last.To(s.State):
		c.wrong = append(c.wrong, string("from "+c.last+" to "+s.State))
	case c.last == Quarantined && s.State == Starting && c.asked == 0:
		c.wrong = append(c.wrong, "left its quarantine by itself")
	case (s.PID != 0) != s.State.Called():
		c.wrong = append(c.wrong, string(s.State)+" with the wrong process")
	}
	c.last = s.State
}

func (c *chance) run(t *testing.T, all []step) []string {
	cfg := (&stage{}).counted(NewCrashes(Limits...))
	cfg.Start, cfg.Changed = c.start, c.changed
	sup := New(cfg)
	var asking sync.WaitGroup
	for _, s := range all {
		c.mu.Lock()
		now := c.now
		c.fails = s.what == "fails" || c.fails && s.what != "starts"
		c.mu.Unlock()
		switch {
		case s.what == "restart":
			c.ask(1)
			asking.Go(func() { sup.Restart(t.Context()); c.ask(-1) })
		case now == nil:
		case s.what == "crash":
			now.end(errors.New("crash"))
		case s.what == "deaf", s.what == "hears":
			now.setDeaf(s.what == "deaf")
		}
		time.Sleep(s.then)
		synctest.Wait()
		c.look(sup)
	}
	sup.Stop()
	asking.Wait()
	c.look(sup)
	return c.wrong
}

func (c *chance) ask(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked += n
}

// look asks for the process as a caller would.
func (c *chance) look(sup *Supervisor[*fake]) {
	current, ok := sup.Current()
	c.mu.Lock()
	defer c.mu.Unlock()
	if ok != c.last.Called() || ok && current != c.now {
		c.wrong = append(c.wrong, string(c.last)+": the wrong process is given out")
	}
}

// TestStepsAreClosed: the table knows no state but the six, and each can be
// reached and left as the doc says.
func TestStepsAreClosed(t *testing.T) {
	reached := map[State]bool{}
	for from, next := range steps {
		for _, to := range next {
			reached[to] = true
		}
		_ = from
	}
	for _, s := range States() {
		if !reached[s] {
			t.Errorf("%s cannot be reached", s)
		}
		if s != Stopped && !s.To(Stopped) {
			t.Errorf("%s cannot be stopped", s)
		}
	}
	if len(reached) != len(States()) || len(steps[Stopped]) != 0 {
		t.Errorf("%d states, %v after stopped", len(reached), steps[Stopped])
	}
}
