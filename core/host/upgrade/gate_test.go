package upgrade

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/errors"
)

const patience = 2 * time.Second

func TestGateHoldsAndLetsIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewGate(3, patience)
		if err := g.Enter(t.Context()); err != nil {
			t.Fatal(err)
		}
		empty := g.Shut()
		var in atomic.Int32
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if err := g.Enter(t.Context()); err != nil {
					t.Error(err)
					return
				}
				in.Add(1)
				g.Leave()
			})
		}
		time.Sleep(patience / 2)
		synctest.Wait()
		if in.Load() != 0 {
			t.Error("somebody passed a shut gate")
		}
		if err := g.Enter(t.Context()); errors.KindOf(err) != errors.Unavailable {
			t.Errorf("one more than may wait: %v", err)
		}
		select {
		case <-empty:
			t.Error("empty with somebody inside")
		default:
		}
		g.Leave()
		<-empty
		g.Open()
		all.Wait()
		if in.Load() != 3 {
			t.Errorf("%d of 3 came in", in.Load())
		}
		if err := g.Enter(t.Context()); err != nil {
			t.Error(err)
		}
		g.Leave()
		<-g.Shut() // nobody is inside
	})
}

func TestGatePatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewGate(10, patience)
		g.Shut()
		began := time.Now()
		if err := g.Enter(t.Context()); errors.KindOf(err) != errors.Unavailable || time.Since(began) != patience {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
		defer cancel()
		began = time.Now()
		if err := g.Enter(ctx); errors.KindOf(err) != errors.Timeout || time.Since(began) != 150*time.Millisecond {
			t.Errorf("a caller in a hurry, after %v: %v", time.Since(began), err)
		}
	})
}

// TestGateNeverLies: however calls come, last and leave, and however often the
// gate is shut: nobody is inside between "empty" and Open, nobody waits longer
// than patience, and who waits less than that is let in.
func TestGateNeverLies(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		type plan struct{ at, last time.Duration }
		ms := rapid.IntRange(0, 6000)
		var calls []plan
		for range rapid.IntRange(1, 30).Draw(rt, "calls") {
			calls = append(calls, plan{time.Duration(ms.Draw(rt, "at")) * time.Millisecond, time.Duration(ms.Draw(rt, "last")) * time.Millisecond / 4})
		}
		var shuts []plan
		for range rapid.IntRange(0, 4).Draw(rt, "shuts") {
			shuts = append(shuts, plan{time.Duration(ms.Draw(rt, "after")) * time.Millisecond / 2, time.Duration(ms.Draw(rt, "shut")) * time.Millisecond})
		}
		var complaints []string
		synctest.Test(t, func(t *testing.T) {
			g := NewGate(len(calls), patience)
			var mu sync.Mutex
			inside, alone := 0, false
			complain := func(s string) { complaints = append(complaints, s) }
			var all sync.WaitGroup
			for _, c := range calls {
				all.Go(func() {
					time.Sleep(c.at)
					came := time.Now()
					err := g.Enter(context.Background())
					waited := time.Since(came)
					mu.Lock()
					if waited > patience || err != nil && waited != patience {
						complain("waited " + waited.String())
					}
					if err != nil {
						mu.Unlock()
						return
					}
					inside++
					if alone {
						complain("somebody entered an empty, shut gate")
					}
					mu.Unlock()
					time.Sleep(c.last)
					mu.Lock()
					inside--
					mu.Unlock()
					g.Leave()
				})
			}
			for _, s := range shuts {
				time.Sleep(s.at)
				empty := g.Shut()
				select {
				case <-empty:
					mu.Lock()
					if inside != 0 {
						complain("empty with somebody inside")
					}
					alone = true
					mu.Unlock()
				case <-time.After(s.last):
				}
				time.Sleep(s.last)
				mu.Lock()
				alone = false
				mu.Unlock()
				g.Open()
			}
			all.Wait()
		})
		for _, c := range complaints {
			rt.Error(c)
		}
	})
}
