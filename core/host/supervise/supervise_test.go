package supervise

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// fake is a process that the test ends, or makes deaf.
type fake struct {
	mu    sync.Mutex
	done  chan struct{}
	err   error
	deaf  bool
	drain bool
	dying func() // called by Kill
}

func (f *fake) PID() int              { return 42 }
func (f *fake) Done() <-chan struct{} { return f.done }

func (f *fake) Err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

func (f *fake) Kill() {
	if f.dying != nil {
		f.dying()
	}
	f.end(errors.New("killed"))
}

func (f *fake) Stop(context.Context) {
	f.mu.Lock()
	f.drain = true
	f.mu.Unlock()
	f.Kill()
}

func (f *fake) drained() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.drain
}

func (f *fake) Ping(ctx context.Context) error {
	f.mu.Lock()
	deaf := f.deaf
	f.mu.Unlock()
	if deaf {
		<-ctx.Done()
		return ctx.Err()
	}
	return nil
}

func (f *fake) setDeaf(deaf bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.deaf = deaf
}

func (f *fake) end(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	select {
	case <-f.done:
	default:
		f.err = err
		close(f.done)
	}
}

// stage runs a supervisor of fakes; each start is taken from script, nil: fine.
type stage struct {
	mu     sync.Mutex
	script []error
	starts []time.Time
	last   *fake
	states []State
}

func (s *stage) start(context.Context) (*fake, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.starts = append(s.starts, time.Now())
	if len(s.script) > 0 {
		err := s.script[0]
		if s.script = s.script[1:]; err != nil {
			return nil, err
		}
	}
	s.last = &fake{done: make(chan struct{})}
	return s.last, nil
}

// running returns the last process there was.
func (s *stage) running() *fake {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// count counts the starts.
func (s *stage) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.starts)
}

// next says how the next starts end.
func (s *stage) next(script ...error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = script
}

func (s *stage) config() Config[*fake] {
	return Config[*fake]{Start: s.start, Ping: 5 * time.Second, Answer: 2 * time.Second, Misses: 3,
		Stable: 30 * time.Second, Drain: time.Second, Changed: func(st Status) { s.states = append(s.states, st.State) }}
}

func TestBackoffGrowsAndBeginsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bad := errors.New("no")
		s := &stage{script: []error{bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, nil}} // and nobody counts
		sup := New(s.config())
		defer sup.Stop()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		want := FirstPause
		for i := 1; i < len(s.starts); i++ {
			if pause := s.starts[i].Sub(s.starts[i-1]); pause < want/2 || pause > want*3/2+time.Microsecond {
				t.Errorf("pause %d was %v, want around %v", i, pause, want)
			}
			want = min(want*2, LastPause)
		}
		if st := sup.Status(); st.State != Serving || st.Restarts != 12 || st.LastError != "no" || st.PID != 42 {
			t.Errorf("%+v", st)
		}
		s.running().end(errors.New("crash")) // after a long good time
		ended := time.Now()
		synctest.Wait()
		if pause := s.starts[len(s.starts)-1].Sub(ended); pause != 0 || s.count() != 14 {
			t.Errorf("after a stable time the pause was %v", pause)
		}
		s.running().end(errors.New("crash")) // again, at once
		ended = time.Now()
		time.Sleep(time.Second)
		synctest.Wait()
		if pause := s.starts[len(s.starts)-1].Sub(ended); pause < FirstPause/2 || pause > FirstPause*3/2+time.Microsecond {
			t.Errorf("the pause after a second crash was %v", pause)
		}
	})
}

// TestStatusIsOfOneMoment: also while what is left of a process is being ended, a
// status that names a state with a process names that process.
func TestStatusIsOfOneMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{}
		sup := New(s.config())
		defer sup.Stop()
		synctest.Wait()
		seen := Status{}
		first := s.running()
		first.dying = func() { seen = sup.Status() }
		first.end(errors.New("crash"))
		synctest.Wait()
		if !seen.State.Called() || seen.PID != first.PID() {
			t.Errorf("%+v", seen)
		}
	})
}

func TestDegradedThenBackThenHung(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{}
		sup := New(s.config())
		defer sup.Stop()
		synctest.Wait()
		first := s.running()
		first.setDeaf(true)
		time.Sleep(8 * time.Second) // one ping missed
		synctest.Wait()
		if st := sup.Status(); st.State != Degraded {
			t.Errorf("after one missed ping: %+v", st)
		}
		if _, ok := sup.Current(); !ok {
			t.Error("a degraded process is not called any more")
		}
		first.setDeaf(false)
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if st := sup.Status(); st.State != Serving {
			t.Errorf("after an answered ping: %+v", st)
		}
		first.setDeaf(true)
		time.Sleep(20 * time.Second)
		synctest.Wait()
		if st := sup.Status(); st.Restarts != 1 || st.State != Serving || s.running() == first {
			t.Errorf("after three missed pings: %+v", st)
		}
	})
}

func TestStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{}
		sup := New(s.config())
		<-sup.Tried()
		sup.Stop()
		if !s.running().drained() || sup.Status().State != Stopped {
			t.Errorf("drained %v, %+v", s.running().drained(), sup.Status())
		}
		s = &stage{script: []error{errors.New("no")}}
		sup = New(s.config())
		synctest.Wait() // backing off
		sup.Stop()
		if sup.Status().State != Stopped || s.count() != 1 {
			t.Errorf("stopped while backing off: %+v after %d starts", sup.Status(), s.count())
		}
	})
}
