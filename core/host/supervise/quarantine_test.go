package supervise

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// counted is the stage's configuration with the limits of a module.
func (s *stage) counted(c *Crashes) Config[*fake] {
	cfg := s.config()
	cfg.Crashes = c
	return cfg
}

// crash ends the process there is and waits for what follows.
func (s *stage) crash() {
	s.running().end(errors.New("crash"))
	synctest.Wait()
}

// until lets time pass until the supervisor is in this state, at most an hour.
func until[P Process](t *testing.T, s *Supervisor[P], want State) {
	t.Helper()
	for range 36000 {
		synctest.Wait()
		if s.Status().State == want {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("never %s: %+v", want, s.Status())
}

func TestThreeCrashesInAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{script: []error{nil, errors.New("no start")}} // a failed start counts
		sup := New(s.counted(NewCrashes(Limits...)))
		defer sup.Stop()
		synctest.Wait()
		time.Sleep(20 * time.Second)
		s.crash()
		time.Sleep(20 * time.Second)
		until(t, sup, Serving)
		s.crash()
		st := sup.Status()
		if st.State != Quarantined || st.Over != Limits[0] || st.LastError != "ended: crash" || st.PID != 0 {
			t.Errorf("after three crashes in 40 s: %+v", st)
		}
		if _, ok := sup.Current(); ok {
			t.Error("there is a process to be called")
		}
		starts := s.count()
		time.Sleep(48 * time.Hour)
		synctest.Wait()
		if s.count() != starts {
			t.Error("a quarantined process was started")
		}
		if err := sup.Restart(t.Context()); err != nil || sup.Status().State != Serving {
			t.Errorf("restart: %v, %+v", err, sup.Status())
		}
		s.crash()
		until(t, sup, Serving) // the crashes before are forgiven
	})
}

func TestFiveCrashesInAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{}
		sup := New(s.counted(NewCrashes(Limits...)))
		defer sup.Stop()
		for range 4 {
			time.Sleep(10 * time.Minute)
			s.crash()
			until(t, sup, Serving)
		}
		time.Sleep(10 * time.Minute)
		s.crash()
		if st := sup.Status(); st.State != Quarantined || st.Over != Limits[1] {
			t.Errorf("after five crashes in 50 min: %+v", st)
		}
	})
}

func TestRareCrashesAreForgiven(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{}
		sup := New(s.counted(NewCrashes(Limits...)))
		defer sup.Stop()
		for range 30 {
			time.Sleep(16 * time.Minute)
			s.crash()
			until(t, sup, Serving)
		}
		if n := sup.Status().Restarts; n != 30 {
			t.Errorf("%d restarts", n)
		}
	})
}

// TestQuarantineOutlivesItsSupervisor: switching a module off and on again is
// no way out.
func TestQuarantineOutlivesItsSupervisor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewCrashes(Limit{1, time.Minute})
		s := &stage{}
		sup := New(s.counted(c))
		synctest.Wait()
		s.crash()
		sup.Stop()
		sup = New(s.counted(c))
		defer sup.Stop()
		<-sup.Tried()
		if st := sup.Status(); st.State != Quarantined || s.count() != 1 {
			t.Errorf("%+v after %d starts", st, s.count())
		}
	})
}

func TestRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{}
		sup := New(s.config())
		synctest.Wait()
		first := s.running()
		if err := sup.Restart(t.Context()); err != nil || !first.drained() || s.running() == first {
			t.Errorf("serving: %v, drained %v", err, first.drained())
		}
		s.next(errors.New("a"), errors.New("b"), nil)
		if err := sup.Restart(t.Context()); err == nil || err.Error() != "a" || sup.Status().State != BackingOff {
			t.Errorf("a start that failed: %v, %+v", err, sup.Status())
		}
		if err := sup.Restart(t.Context()); err == nil || err.Error() != "b" {
			t.Errorf("backing off: %v", err)
		}
		began := time.Now()
		if err := sup.Restart(t.Context()); err != nil || time.Since(began) != 0 || sup.Status().Restarts != 4 {
			t.Errorf("after %v: %v, %+v", time.Since(began), err, sup.Status())
		}
		sup.Stop()
		if err := sup.Restart(t.Context()); !errors.Is(err, ErrStopped) {
			t.Errorf("stopped: %v", err)
		}
	})
}

// TestRestartEndsWithItsCaller: a caller with little time goes, the start stays.
func TestRestartEndsWithItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{}
		cfg := s.config()
		start := cfg.Start
		cfg.Start = func(ctx context.Context) (*fake, error) {
			time.Sleep(10 * time.Second)
			return start(ctx)
		}
		sup := New(cfg)
		defer sup.Stop()
		until(t, sup, Serving)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := sup.Restart(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		until(t, sup, Serving)
		if n := s.count(); n != 2 {
			t.Errorf("%d starts", n)
		}
	})
}

func TestLookEndsTheProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{}
		cfg := s.counted(NewCrashes(Limits...))
		var heavy atomic.Bool
		cfg.Look = func(*fake) error {
			if heavy.Load() {
				return errors.New("too heavy")
			}
			return nil
		}
		sup := New(cfg)
		defer sup.Stop()
		time.Sleep(time.Minute)
		synctest.Wait()
		first := s.running()
		heavy.Store(true)
		time.Sleep(looks)
		synctest.Wait()
		heavy.Store(false)
		until(t, sup, Serving)
		if st := sup.Status(); s.running() == first || st.LastError != "too heavy" || first.drained() {
			t.Errorf("%+v", st)
		}
	})
}

// TestHopeless: what another start cannot mend is put aside at once, and stays so
// until somebody asks for it.
func TestHopeless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bad := errors.New("not the one that was verified")
		crashes := NewCrashes(Limits...)
		s := &stage{script: []error{nil, bad, bad}}
		cfg := s.counted(crashes)
		cfg.Hopeless = func(err error) bool { return errors.Is(err, bad) }
		sup := New(cfg)
		synctest.Wait()
		s.crash() // no end of hope by itself
		until(t, sup, Quarantined)
		if st := sup.Status(); st.Over != (Limit{}) || st.LastError != bad.Error() || s.count() != 2 {
			t.Errorf("%+v after %d starts", st, s.count())
		}
		if over, held := crashes.Over(); !held || over != (Limit{}) {
			t.Errorf("%+v %v", over, held)
		}
		if err := sup.Restart(t.Context()); !errors.Is(err, bad) {
			t.Errorf("still bad: %v", err)
		}
		synctest.Wait()
		sup.Stop()
		sup = New(cfg) // no way out either
		defer sup.Stop()
		synctest.Wait()
		if st := sup.Status(); st.State != Quarantined || s.count() != 3 {
			t.Errorf("%+v after %d starts", st, s.count())
		}
		if err := sup.Restart(t.Context()); err != nil || sup.Status().State != Serving {
			t.Errorf("mended: %v, %+v", err, sup.Status())
		}
		if _, held := crashes.Over(); held {
			t.Error("still held against it")
		}
	})
}

// TestHeldLimit: a limit that was reached in an earlier life holds in this one.
func TestHeldLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		crashes := NewCrashes(Limits...)
		crashes.Hold(Limits[1])
		s := &stage{}
		sup := New(s.counted(crashes))
		defer sup.Stop()
		synctest.Wait()
		if st := sup.Status(); st.State != Quarantined || st.Over != Limits[1] || s.count() != 0 {
			t.Errorf("%+v", st)
		}
	})
}
