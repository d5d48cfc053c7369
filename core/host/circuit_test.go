package host

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/preau-ent/preau/sdk/errors"
)

// calls makes this many calls with one outcome and counts those let through.
func (c *circuit) calls(n int, o outcome) (through int) {
	for range n {
		if tell, err := c.enter(); err == nil {
			tell(o)
			through++
		}
	}
	return through
}

func TestCircuit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var steps []Circuit
		c := newCircuit(func(to Circuit) { steps = append(steps, to) })
		if c.calls(19, fault); c.state() != Closed {
			t.Error("a handful of calls opened it")
		}
		if c.calls(1, fault); c.state() != Open || c.calls(100, fine) != 0 {
			t.Error("twenty faults did not open it")
		}
		if _, err := c.enter(); errors.KindOf(err) != errors.Unavailable {
			t.Errorf("open: %v", err)
		}
		time.Sleep(circuitPause + time.Millisecond)
		tell, err := c.enter()
		if err != nil || c.calls(5, fine) != 0 {
			t.Errorf("half-open it let through not one: %v", err)
		}
		if tell(moot); c.state() != HalfOpen {
			t.Error("a caller who left decided")
		}
		if c.calls(1, fault); c.state() != Open {
			t.Error("a fault when half-open did not open it again")
		}
		time.Sleep(circuitPause + time.Millisecond)
		if c.calls(1, fine) != 1 || c.state() != Closed || c.calls(30, fine) != 30 {
			t.Error("it did not close")
		}
		if want := []Circuit{Open, HalfOpen, Open, HalfOpen, Closed}; !slices.Equal(steps, want) {
			t.Errorf("steps %v, want %v", steps, want)
		}
	})
}

func TestCircuitHalf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCircuit(func(Circuit) {})
		c.calls(11, fine)
		c.calls(200, moot)
		if c.calls(10, fault); c.state() != Closed {
			t.Error("opened below a half")
		}
		if c.blame(); c.state() != Open {
			t.Error("a fault that shows late does not count")
		}
		c = newCircuit(func(Circuit) {})
		c.calls(19, fault)
		time.Sleep(circuitWindow + circuitStep)
		if c.calls(19, fault); c.state() != Closed {
			t.Error("what is long ago counts")
		}
	})
}

func TestPlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlaces(2, 3, time.Second)
		ctx := t.Context()
		for range 2 {
			if err := p.enter(ctx); err != nil {
				t.Fatal(err)
			}
		}
		answers := make(chan error, 5)
		for range 5 {
			go func() { answers <- p.enter(ctx) }()
		}
		var said []error
		hear := func() {
			synctest.Wait()
			for len(answers) > 0 {
				said = append(said, <-answers)
			}
		}
		hear()
		if len(said) != 2 || errors.KindOf(said[0]) != errors.Unavailable {
			t.Errorf("told at once: %v, want two of five", said)
		}
		p.leave()
		hear()
		if len(said) != 3 || said[2] != nil {
			t.Errorf("after one left: %v", said)
		}
		time.Sleep(2 * time.Second)
		hear()
		if len(said) != 5 || said[3] == nil || said[4] == nil {
			t.Errorf("after their patience: %v", said)
		}
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if err := newPlaces(0, 1, 0).enter(gone); err == nil {
			t.Error("a place where there is none")
		}
	})
}

// TestBlame: what an error of a call says about the module.
func TestBlame(t *testing.T) {
	for _, c := range []struct {
		kind errors.Kind
		said bool
		want outcome
	}{
		{errors.Timeout, false, fault}, {errors.Timeout, true, fault}, {errors.Bug, true, fault},
		{errors.Unavailable, false, fault}, {errors.Unavailable, true, fine}, {errors.TooLarge, false, fault}, {errors.TooLarge, true, fine},
		{errors.Denied, true, fine}, {errors.NotFound, true, fine}, {errors.Invalid, true, fine}, {errors.Cancelled, false, moot},
	} {
		if got := blame(errors.New(c.kind, "x"), c.said); got != c.want {
			t.Errorf("%v, said by itself %v: %d, want %d", c.kind, c.said, got, c.want)
		}
	}
	if blame(nil, false) != fine {
		t.Error("a call that went well speaks against the module")
	}
}

// TestUnderstand: a call that nobody took back did not end by anybody's wish.
func TestUnderstand(t *testing.T) {
	gone, stop := context.WithCancel(t.Context())
	stop()
	closing := status.Error(codes.Canceled, "grpc: the client connection is closing")
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		want errors.Kind
	}{
		{"the process ended meanwhile", t.Context(), closing, errors.Unavailable},
		{"the caller went away", gone, closing, errors.Cancelled},
		{"the module's own word", t.Context(), errors.ToStatus(errors.New(errors.Cancelled, "x")), errors.Cancelled},
		{"no answer in time", t.Context(), status.Error(codes.DeadlineExceeded, ""), errors.Timeout},
		{"garbage", t.Context(), status.Error(codes.Internal, ""), errors.Unavailable},
	} {
		if got := errors.KindOf(understand(c.ctx, c.err)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
