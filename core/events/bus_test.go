package events

import (
	"context"
	stderrors "errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const school = ids.SchoolID("0750655E")

// target is two modules whose answers the test chooses.
type target struct {
	mu   sync.Mutex
	off  map[ids.ModuleID]bool
	say  func(m ids.ModuleID, e Event, try int) error
	seen map[ids.ModuleID][]string
	news chan struct{}
}

func newTarget() *target {
	return &target{off: map[ids.ModuleID]bool{}, seen: map[ids.ModuleID][]string{}, news: make(chan struct{}, 1000)}
}

func (t *target) Subscribers(_ ids.SchoolID, name string) (out []ids.ModuleID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, m := range []ids.ModuleID{"a", "b"} {
		if name != "nobody" && !t.off[m] {
			out = append(out, m)
		}
	}
	return out
}

func (t *target) Deliver(_ context.Context, m ids.ModuleID, e Event) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seen[m] = append(t.seen[m], e.ID)
	n := 0
	for _, id := range t.seen[m] {
		if id == e.ID {
			n++
		}
	}
	t.news <- struct{}{}
	if t.say == nil {
		return nil
	}
	return t.say(m, e, n)
}

// until waits for deliveries until ok says enough.
func (t *target) until(tb testing.TB, ok func() bool) {
	tb.Helper()
	limit := time.After(20 * time.Second)
	for {
		t.mu.Lock()
		done := ok()
		t.mu.Unlock()
		if done {
			return
		}
		select {
		case <-t.news:
		case <-limit:
			tb.Fatalf("never; seen %v", t.seen)
		}
	}
}

func newBus(t *testing.T) (*Bus, store.Engine) {
	engine, err := bolt.Open(filepath.Join(t.TempDir(), "core"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	b := New(engine, nil)
	b.pauses = pauses{first: time.Millisecond, last: 5 * time.Millisecond, away: time.Millisecond, tries: 4}
	t.Cleanup(b.Stop)
	return b, engine
}

// left counts what waits in the school.
func left(t *testing.T, engine store.Engine) (n int) {
	t.Helper()
	space, err := engine.Open(t.Context(), school)
	if err == nil {
		err = space.View(t.Context(), func(tx store.Tx) (err error) { n, err = waiting.Count(tx, ""); return err })
	}
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func settled(t *testing.T, engine store.Engine) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); left(t, engine) > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d deliveries still wait", left(t, engine))
		}
	}
}

func publish(t *testing.T, b *Bus, id, name string) {
	t.Helper()
	if err := b.Publish(t.Context(), Event{ID: id, Name: name, School: school}); err != nil {
		t.Fatal(err)
	}
}

func TestEveryoneOnceInOrder(t *testing.T) {
	b, engine := newBus(t)
	to := newTarget()
	if err := b.Start(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	var inside []string
	defer b.Subscribe(func(e Event) { inside = append(inside, e.ID) })()
	want := []string{"1", "2", "3", "4", "5"}
	for _, id := range want {
		publish(t, b, id, "x.done")
	}
	settled(t, engine)
	if !slices.Equal(to.seen["a"], want) || !slices.Equal(to.seen["b"], want) || !slices.Equal(inside, want) {
		t.Errorf("a %v, b %v, inside %v, want %v", to.seen["a"], to.seen["b"], inside, want)
	}
}

func TestTriedAgainAndSetAside(t *testing.T) {
	b, engine := newBus(t)
	to := newTarget()
	to.say = func(m ids.ModuleID, e Event, try int) error {
		switch {
		case m == "a" && e.ID == "poison", m == "a" && e.ID == "hard" && try < 3:
			return stderrors.New("no")
		}
		return nil
	}
	if err := b.Start(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"poison", "hard", "fine"} {
		publish(t, b, id, "x.done")
	}
	settled(t, engine)
	count := map[string]int{}
	for _, id := range to.seen["a"] {
		count[id]++
	}
	if count["poison"] != 4 || count["hard"] != 3 || count["fine"] != 1 || len(to.seen["b"]) != 3 {
		t.Errorf("a saw %v, b %v", count, to.seen["b"])
	}
	aside, err := b.SetAside(t.Context(), school)
	if err != nil || len(aside) != 1 || aside[0].Event.ID != "poison" || aside[0].Module != "a" || aside[0].Tries != 4 {
		t.Errorf("set aside: %+v %v", aside, err)
	}
}

func TestAwayDoesNotCount(t *testing.T) {
	b, engine := newBus(t)
	to := newTarget()
	to.say = func(m ids.ModuleID, _ Event, try int) error {
		if m == "a" && try <= 20 {
			return ErrAway
		}
		return nil
	}
	if err := b.Start(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	publish(t, b, "1", "x.done")
	settled(t, engine)
	if n := len(to.seen["a"]); n != 21 {
		t.Errorf("delivered at try %d", n)
	}
}

func TestSurvivesARestart(t *testing.T) {
	b, engine := newBus(t)
	to := newTarget()
	to.say = func(ids.ModuleID, Event, int) error { return ErrAway }
	if err := b.Start(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	publish(t, b, "1", "x.done")
	publish(t, b, "1", "x.done") // the module's outbox was not sure
	if n := left(t, engine); n != 2 {
		t.Errorf("%d deliveries wait, want one for each module", n)
	}
	b.Stop()
	again := New(engine, nil)
	defer again.Stop()
	to = newTarget()
	to.off["b"] = true // switched off meanwhile
	if err := again.Start(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	to.until(t, func() bool { return len(to.seen["a"]) == 1 })
	settled(t, engine)
	if len(to.seen["b"]) > 0 {
		t.Error("delivered to a module that was switched off")
	}
}

func TestPumpTakesTheCoresOwn(t *testing.T) {
	b, engine := newBus(t)
	space, err := engine.Open(t.Context(), school)
	if err != nil {
		t.Fatal(err)
	}
	err = space.Update(t.Context(), func(tx store.Tx) error { return tx.Emit("identity.left", "p1", "p1") })
	if err != nil {
		t.Fatal(err)
	}
	to := newTarget()
	if err := b.Start(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	settled(t, engine)
	if len(to.seen["a"]) != 1 {
		t.Errorf("a saw %v", to.seen["a"])
	}
	if pending, err := space.Pending(t.Context(), 0); err != nil || len(pending) > 0 {
		t.Errorf("%d still pending (%v)", len(pending), err)
	}
}

// What is published before deliveries start, by a demonstration that fills its
// schools first, is kept for the start.
func TestPublishedBeforeStart(t *testing.T) {
	b, _ := newBus(t)
	to := newTarget()
	b.Aim(to)
	if err := b.Publish(t.Context(), Event{ID: "1", Name: "x", School: school}); err != nil {
		t.Fatal(err)
	}
	if len(to.seen) > 0 {
		t.Fatal("delivered before the start")
	}
	if err := b.Start(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Stop)
	to.until(t, func() bool { return len(to.seen["a"]) == 1 && len(to.seen["b"]) == 1 })
}
