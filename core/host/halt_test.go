package host_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// of is the pupil in another school.
func of(s ids.SchoolID) host.Caller {
	c := pupil()
	c.Viewer.School = string(s)
	return c
}

// asks answers the module's widget and page for somebody of this school.
func (h *house) asks(t *testing.T, s ids.SchoolID, m ids.ModuleID) (widget, page error) {
	t.Helper()
	_, widget = h.Widget(t.Context(), host.WidgetCall{Caller: of(s), Module: m, Widget: "ok", Size: "s"})
	route, err := h.Route(s, m, "GET", "/")
	check(t, err)
	a, page := h.Open(t.Context(), of(s), route, httptest.NewRequest("GET", "/", nil))
	if page == nil {
		a.Body.Close()
	}
	return widget, page
}

// says wants widget and page to fail with this key, or to answer when it is empty.
func (h *house) says(t *testing.T, s ids.SchoolID, m ids.ModuleID, key string) {
	t.Helper()
	widget, page := h.asks(t, s, m)
	for what, err := range map[string]error{"widget": widget, "page": page} {
		if key == "" && err != nil {
			t.Errorf("%s of %s in %s: %v", what, m, s, err)
		}
		if key == "" {
			continue
		}
		if got, _ := errors.Public(err); got != key || errors.KindOf(err) != errors.Unavailable {
			t.Errorf("%s of %s in %s: %v, want %s", what, m, s, err, key)
		}
	}
}

// socket opens a WebSocket of the module, which stays until somebody ends it.
func (h *house) socket(t *testing.T, s ids.SchoolID, m ids.ModuleID) io.ReadWriteCloser {
	t.Helper()
	route, err := h.Route(s, m, "GET", "/prise")
	check(t, err)
	r := httptest.NewRequest("GET", "/prise", nil)
	r.Header = http.Header{"Upgrade": {"websocket"}, "Connection": {"Upgrade"}, "Sec-Websocket-Version": {"13"}, "Sec-Websocket-Key": {"dGhlIHNhbXBsZSBub25jZQ=="}}
	a, err := h.Open(t.Context(), of(s), route, r)
	check(t, err)
	if a.Conn == nil {
		t.Fatalf("no socket: %d", a.Status)
	}
	t.Cleanup(func() { a.Conn.Close() })
	return a.Conn
}

// cut returns once the stream has ended.
func cut(stream io.Reader) <-chan error {
	done := make(chan error, 1)
	go func() { _, err := io.Copy(io.Discard, stream); done <- err }()
	return done
}

// TestHaltOneSchool: it is told so, its streams are cut and its events wait; the
// other school goes on, with the same process.
func TestHaltOneSchool(t *testing.T) {
	var changes []host.Change
	h := newHouse(t, func(c *host.Config) {
		c.Hook = func(_ context.Context, c host.Change) error { changes = append(changes, c); return nil }
	}, victim)
	check(t, h.Enable(t.Context(), other, victim))
	h.start(t)
	before := h.status(t, victim)
	ours, theirs := cut(h.socket(t, school, victim)), cut(h.socket(t, other, victim))

	check(t, h.Halt(t.Context(), victim, school))
	<-ours
	h.says(t, school, victim, "host.halted")
	h.says(t, other, victim, "")
	select {
	case err := <-theirs:
		t.Errorf("the other school's stream ended: %v", err)
	default:
	}
	if _, missing, err := h.Calendar(t.Context(), pupil(), day, day.AddDate(0, 0, 1)); err != nil || !slices.Equal(missing, []ids.ModuleID{victim}) {
		t.Errorf("calendar: missing %v, %v", missing, err)
	}
	now := h.status(t, victim)
	if now.PID != before.PID || now.State != supervise.Serving || now.Halted || !slices.Equal(now.HaltedIn, []ids.SchoolID{school}) {
		t.Errorf("%+v", now)
	}
	if !h.IsEnabled(school, victim) {
		t.Error("a halted module has no place in the menus")
	}

	h.publish(t, school, "waits")
	h.publish(t, other, "goes")
	eventually(t, "the other school's event arrives", func() bool { return h.arrived("goes") })
	if h.arrived("waits") {
		t.Error("an event reached the halted module")
	}
	check(t, h.Resume(t.Context(), victim, school))
	h.says(t, school, victim, "")
	eventually(t, "the event that waited arrives", func() bool { return h.arrived("waits") })
	if last := changes[len(changes)-2:]; last[0] != (host.Change{School: school, Module: victim, What: "halted"}) || last[1].What != "resumed" {
		t.Errorf("on record: %+v", last)
	}
}

// TestHaltEverybody: nothing of the process is left, and it stays so when the
// core starts anew.
func TestHaltEverybody(t *testing.T) {
	h := newHouse(t, nil, victim, voisin)
	h.fault(t, victim, "deaf") // it would not go by itself
	h.start(t)
	pid := h.status(t, victim).PID
	check(t, h.Halt(t.Context(), victim, ""))
	if !gone(pid) {
		t.Error("the process is still there")
	}
	h.says(t, school, victim, "host.halted")
	h.says(t, school, voisin, "")
	if s := h.status(t, victim); s.State != supervise.Stopped || !s.Halted || !h.Ready() {
		t.Errorf("%+v, ready %v", s, h.Ready())
	}
	if err := h.Restart(t.Context(), victim); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("restart of a halted module: %v", err)
	}
	check(t, h.Enable(t.Context(), other, victim)) // no way around
	h.publish(t, school, "waits")

	check(t, h.Stop(t.Context()))
	again := h.again(t)
	again.start(t)
	if s := again.status(t, victim); s.PID != 0 || !s.Halted {
		t.Errorf("after a new start: %+v", s)
	}
	again.says(t, school, victim, "host.halted")
	again.fault(t, victim, "")
	check(t, again.Resume(t.Context(), victim, ""))
	eventually(t, "it serves again", again.Ready)
	again.says(t, school, victim, "")
	again.says(t, other, victim, "")
	eventually(t, "the event that waited arrives", func() bool { return h.arrived("waits") })
}

// TestHaltCutsWhatIsUnderWay: a call that hangs ends with the halt, and says why.
func TestHaltCutsWhatIsUnderWay(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.start(t)
	said := make(chan error, 1)
	go func() {
		_, err := h.open(t, victim, httptest.NewRequest("GET", "/faute/hang", nil))
		said <- err
	}()
	eventually(t, "the call is under way", func() bool { return h.OpenHandlesForTest() == 1 })
	check(t, h.Halt(t.Context(), victim, school))
	if key, _ := errors.Public(<-said); key != "host.halted" {
		t.Errorf("the call was told %s", key)
	}
	if n := h.OpenHandlesForTest(); n != 0 {
		t.Errorf("%d handles are still open", n)
	}
}

// TestHaltNeedsItsRecord: what cannot be audited does not take place.
func TestHaltNeedsItsRecord(t *testing.T) {
	refuse := false
	h := newHouse(t, func(c *host.Config) {
		c.Hook = func(context.Context, host.Change) error {
			if refuse {
				return errors.New(errors.Unavailable, "x")
			}
			return nil
		}
	}, victim)
	h.start(t)
	refuse = true
	for _, s := range []ids.SchoolID{"", school} {
		if err := h.Halt(t.Context(), victim, s); err == nil || h.Halted(s, victim) {
			t.Errorf("halted for %q: %v", s, err)
		}
	}
	if err := h.Restart(t.Context(), victim); err == nil || h.status(t, victim).Restarts != 0 {
		t.Errorf("restarted: %v", err)
	}
	if err := h.Halt(t.Context(), "inconnu", ""); errors.KindOf(err) != errors.NotFound {
		t.Errorf("a module that does not exist: %v", err)
	}
}

func (h *house) publish(t *testing.T, s ids.SchoolID, id string) {
	t.Helper()
	check(t, h.bus.Publish(t.Context(), events.Event{ID: id, Name: "hostile.fine", School: s, Payload: []byte(`"x"`)}))
}

// arrived reports whether the module digested an event.
func (h *house) arrived(id string) bool {
	_, err := os.Stat(filepath.Join(h.dir, "modules", string(victim), "event-"+id))
	return err == nil
}
