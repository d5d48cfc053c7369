package host_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
)

// TestWidgetFaults: each fault is one widget's; the neighbour answers, and the
// module that did it answers again.
func TestWidgetFaults(t *testing.T) {
	// Unconfined: a confined process, the first of its namespace, cannot stop itself.
	h := newHouse(t, func(cfg *host.Config) { cfg.Launcher = process.Direct{} }, victim, voisin)
	h.start(t)
	for _, c := range []struct {
		widget string
		kind   errors.Kind
	}{
		{"ok", errors.OK},
		{"panic", errors.Bug},
		{"hang", errors.Timeout},
		{"slow", errors.Timeout},
		{"huge", errors.TooLarge},
		{"garbage", errors.Unavailable},
		{"exit", errors.Unavailable},
		{"stop", errors.Timeout},
		{"none", errors.NotFound},
	} {
		t.Run(c.widget, func(t *testing.T) {
			if _, err := h.widget(victim, c.widget); errors.KindOf(err) != c.kind {
				t.Errorf("hostile.%s: %v, want %v", c.widget, err, c.kind)
			}
			if _, err := h.widget(voisin, "ok"); err != nil {
				t.Errorf("the neighbour's widget: %v", err)
			}
			eventually(t, "the module answers again", func() bool { _, err := h.widget(victim, "ok"); return err == nil })
		})
	}
	s := h.status(t, victim)
	if s.Restarts < 2 || !strings.Contains(s.LastError, "hung") {
		t.Errorf("after an exit and a stop: %+v, want two restarts, the last of a hung process", s)
	}
	if n := h.status(t, voisin).Restarts; n != 0 {
		t.Errorf("the neighbour was restarted %d times", n)
	}
}

// TestStartFaults: a module that does not start is reported and tried again,
// the others serve, and it comes back once it can.
func TestStartFaults(t *testing.T) {
	for _, c := range []struct{ fault, says string }{
		{"exit", "exit status 3"},
		{"garbage", "Unrecognized"},
		{"mute", "deadline"},
	} {
		t.Run(c.fault, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, nil, victim, voisin)
			h.SetPaceForTest(5 * time.Second)
			h.fault(t, victim, c.fault)
			h.start(t)
			if _, err := h.widget(voisin, "ok"); err != nil {
				t.Errorf("the neighbour's widget: %v", err)
			}
			if h.Ready() {
				t.Error("ready with a module that does not start")
			}
			if _, err := h.widget(victim, "ok"); errors.KindOf(err) != errors.Unavailable {
				t.Errorf("widget of a module that did not start: %v", err)
			}
			if _, err := h.open(t, victim, httptest.NewRequest("GET", "/", nil)); errors.KindOf(err) != errors.Unavailable {
				t.Errorf("page of a module that did not start: %v", err)
			}
			if s := h.status(t, victim); !strings.Contains(s.LastError, c.says) {
				t.Errorf("last error %q, want it to say %q", s.LastError, c.says)
			}
			h.fault(t, victim, "")
			eventually(t, "the module comes back", func() bool { return h.Restart(t.Context(), victim) == nil && h.Ready() })
			if _, err := h.widget(victim, "ok"); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestRawGarbage: bytes that are no message at all.
func TestRawGarbage(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.fault(t, victim, "raw")
	h.start(t)
	for range 3 {
		if _, err := h.widget(victim, "ok"); errors.KindOf(err) != errors.Unavailable {
			t.Errorf("garbage: %v", err)
		}
	}
	if s := h.status(t, victim); s.State != supervise.Serving {
		t.Errorf("garbage in one answer ended the module: %+v", s)
	}
}

// TestHangIsBounded: however many ask a hung module, no more than its places
// wait, and each is told in time.
func TestHangIsBounded(t *testing.T) {
	h := newHouse(t, nil, victim, voisin)
	h.start(t)
	done := make(chan time.Duration, 300)
	for range cap(done) {
		go func() {
			began := time.Now()
			if _, err := h.widget(victim, "hang"); err == nil {
				t.Error("a hung widget answered")
			}
			done <- time.Since(began)
		}()
	}
	for range cap(done) {
		if d := <-done; d > 5*time.Second {
			t.Errorf("a caller of a hung module waited %v", d)
		}
	}
	if n := h.OpenHandlesForTest(); n != 0 {
		t.Errorf("%d handles are still open", n)
	}
}

// TestLogs: what a module writes is kept, with nothing in it that acts on a terminal.
func TestLogs(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.fault(t, victim, "exit")
	h.start(t)
	var text string
	for _, l := range h.Logs(victim, 0) {
		text += l.Text + "\n"
	}
	if !strings.Contains(text, `leaving \x1b[31mat once`) {
		t.Errorf("the module's last words are not in its log:\n%s", text)
	}
	if n := len(h.Logs(victim, 2)); n != 2 {
		t.Errorf("Logs(2) has %d lines", n)
	}
}
