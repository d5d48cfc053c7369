package host_test

import (
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
)

// TestCrashLoop: a module that leaves again and again is put aside, with its
// reason and its last words, until somebody asks for it.
func TestCrashLoop(t *testing.T) {
	for _, fault := range []string{"exit", "crash-loop"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, nil, victim, voisin)
			h.fault(t, victim, fault)
			h.start(t)
			eventually(t, "it is put aside", func() bool { return h.status(t, victim).State == supervise.Quarantined })
			if !h.Ready() {
				t.Error("one module that is put aside takes the whole core out of service")
			}
			s := h.status(t, victim)
			if s.Quarantine == nil || s.Quarantine.Limit != supervise.Limits[0] || !strings.Contains(s.Quarantine.Reason, "exit status") || s.PID != 0 || s.Restarts != 2 {
				t.Fatalf("%+v", s)
			}
			if n := len(s.Quarantine.Lines); n == 0 || n > 100 || !strings.Contains(s.Quarantine.Lines[n-1].Text, "quarantined") {
				t.Errorf("%d lines are kept: %v", n, s.Quarantine.Lines)
			}
			h.says(t, school, victim, "host.aside")
			h.says(t, school, voisin, "")

			check(t, h.Disable(t.Context(), school, victim)) // no way out
			check(t, h.Enable(t.Context(), school, victim))
			eventually(t, "it is supervised again", func() bool { return h.status(t, victim).State == supervise.Quarantined })
			if again := h.status(t, victim); again.Quarantine == nil || again.Quarantine.At != s.Quarantine.At {
				t.Errorf("switched off and on: %+v", again)
			}

			h.fault(t, victim, "")
			check(t, h.Restart(t.Context(), victim))
			if s := h.status(t, victim); s.State != supervise.Serving || s.Quarantine != nil {
				t.Errorf("restarted: %+v", s)
			}
			h.says(t, school, victim, "")
		})
	}
}

// TestRestartDrains: a fresh process in the place of one that serves, without a
// crash to its name; an error when it does not start.
func TestRestartDrains(t *testing.T) {
	h := newHouse(t, nil, victim)
	if err := h.Restart(t.Context(), victim); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("before the start: %v", err)
	}
	h.start(t)
	pid := h.status(t, victim).PID
	for range 4 { // more than crashes are forgiven
		check(t, h.Restart(t.Context(), victim))
	}
	s := h.status(t, victim)
	if s.State != supervise.Serving || s.PID == pid || s.Restarts != 4 || s.LastError != "" || !gone(pid) {
		t.Errorf("%+v", s)
	}
	h.says(t, school, victim, "")
	h.fault(t, victim, "exit")
	if err := h.Restart(t.Context(), victim); errors.KindOf(err) != errors.Unavailable || !strings.Contains(err.Error(), "exit status") {
		t.Errorf("a start that fails: %v", err)
	}
	if err := h.Restart(t.Context(), "inconnu"); errors.KindOf(err) != errors.NotFound {
		t.Errorf("a module that does not exist: %v", err)
	}
}

// TestHangAll: once most calls of a module hang its circuit opens: whoever calls
// is told at once, others are not touched, and a call that is let through after
// a while closes it.
func TestHangAll(t *testing.T) {
	h := newHouse(t, nil, victim, voisin)
	h.start(t)
	eventually(t, "the circuit opens", func() bool {
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { h.widget(victim, "hang") })
		}
		all.Wait()
		return h.status(t, victim).Circuit == host.Open
	})
	if s := h.status(t, victim); s.State != supervise.Degraded || s.PID == 0 {
		t.Errorf("%+v", s)
	}
	h.says(t, school, victim, "host.circuit")
	h.says(t, school, voisin, "")
	if s := h.status(t, voisin); s.State != supervise.Serving || s.Circuit != host.Closed {
		t.Errorf("the neighbour: %+v", s)
	}
	eventually(t, "one call is let through and closes it", func() bool {
		_, err := h.widget(victim, "ok")
		return err == nil
	})
	h.says(t, school, victim, "")
	s := h.status(t, victim)
	if s.State != supervise.Serving || s.Circuit != host.Closed || s.Restarts != 0 {
		t.Errorf("%+v", s)
	}
	var log string
	for _, l := range h.Logs(victim, 0) {
		log += l.Text + "\n"
	}
	if !strings.Contains(log, "preau: circuit open\n") || !strings.Contains(log, "preau: circuit closed\n") {
		t.Errorf("the log does not tell of the circuit:\n%s", log)
	}
}

// TestRefusalsKeepTheCircuitClosed: what is not the module's fault is not held
// against it.
func TestRefusalsKeepTheCircuitClosed(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.start(t)
	for range 60 {
		_, err := h.widget(victim, "none")
		if errors.KindOf(err) != errors.NotFound {
			t.Fatal(err)
		}
		if a, err := h.open(t, victim, httptest.NewRequest("GET", "/faute/", nil)); err == nil {
			a.Body.Close()
		}
		a, err := h.open(t, victim, httptest.NewRequest("POST", "/petit", strings.NewReader(strings.Repeat("a", 2000))))
		if err == nil {
			a.Body.Close()
		}
		h.bus.Publish(t.Context(), events.Event{Name: "hostile.poison", School: school, Payload: []byte(`"x"`)})
	}
	if s := h.status(t, victim); s.Circuit != host.Closed {
		t.Errorf("%+v", s)
	}
}

// TestLogFlood: of a flood a hundred lines are kept, and how many were dropped.
func TestLogFlood(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.start(t)
	a, err := h.open(t, victim, httptest.NewRequest("GET", "/faute/log-flood", nil))
	check(t, err)
	a.Body.Close()
	eventually(t, "it is said how much was dropped", func() bool {
		kept, said := 0, false
		for _, l := range h.Logs(victim, 0) {
			if strings.HasPrefix(l.Text, "flood ") {
				kept++
			}
			said = said || strings.Contains(l.Text, "lines dropped")
		}
		if kept > 1000 {
			t.Fatalf("%d lines of the flood were kept", kept)
		}
		return said
	})
	h.says(t, school, victim, "")
}

// TestTooMuchMemory: where nothing else bounds a process, the host does.
func TestTooMuchMemory(t *testing.T) {
	h := newHouse(t, func(c *host.Config) { c.Launcher = process.Direct{} }, victim, voisin)
	h.start(t)
	eventually(t, "it is measured", func() bool { s := h.status(t, victim); return s.RSS > 1<<20 && s.FDs > 3 })
	if a, err := h.open(t, victim, httptest.NewRequest("GET", "/faute/leak-memory", nil)); err == nil {
		a.Body.Close()
	}
	eventually(t, "it was killed and serves again", func() bool {
		s := h.status(t, victim)
		return s.Restarts == 1 && s.State == supervise.Serving
	})
	if s := h.status(t, victim); !strings.Contains(s.LastError, "may hold 256 MiB") {
		t.Errorf("last error %q", s.LastError)
	}
	trend := h.Trend(victim)
	most := int64(0)
	for i, s := range trend {
		most = max(most, s.RSS)
		if i > 0 && s.At.Before(trend[i-1].At) {
			t.Errorf("sample %d is out of order", i)
		}
	}
	if most < 256<<20 || len(h.Trend("inconnu")) != 0 {
		t.Errorf("the trend of %d samples knows of %d MiB at most", len(trend), most>>20)
	}
	h.says(t, school, voisin, "")
}

var day = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
