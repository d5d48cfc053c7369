package notify

import (
	"path/filepath"
	"strconv"
	"testing"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

const school = ids.SchoolID("0750655E")

func newService(t *testing.T) (*Service, *events.Bus) {
	t.Helper()
	engine, err := bolt.Open(filepath.Join(t.TempDir(), "core"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	bus := events.New(engine, nil)
	return New(engine, bus), bus
}

func send(t *testing.T, s *Service, module ids.ModuleID, key, words string, people ...string) {
	t.Helper()
	err := s.Send(t.Context(), school, module, &wire.SendRequest{People: people, Key: key, Text: &wire.Text{Plain: words}, Link: &wire.Link{Path: "/x"}})
	if err != nil {
		t.Fatal(err)
	}
}

func unread(t *testing.T, s *Service, p ids.PersonID) int {
	t.Helper()
	n, err := s.Unread(t.Context(), school, p)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNotices(t *testing.T) {
	s, bus := newService(t)
	var heard []ids.PersonID
	defer bus.Subscribe(func(e events.Event) {
		if e.Name == EventName {
			heard = append(heard, e.People...)
		}
	})()
	send(t, s, "devoirs", "h1", "first", "anna", "bob")
	send(t, s, "devoirs", "h1", "second", "anna") // about the same thing
	send(t, s, "agenda", "h1", "other module", "anna")
	send(t, s, "agenda", "", "no key", "anna")
	send(t, s, "agenda", "", "No  key", "anna") // the same announcement once more
	if len(heard) != 5 {
		t.Errorf("announced to %v", heard)
	}
	list, next, err := s.List(t.Context(), school, "anna", "", 2)
	if err != nil || len(list) != 2 || next == "" || list[0].Link.Module != "agenda" || list[0].Text.Plain != "no key" {
		t.Fatalf("%+v %q %v", list, next, err)
	}
	rest, next, err := s.List(t.Context(), school, "anna", next, 2)
	if err != nil || len(rest) != 1 || next != "" || rest[0].Text.Plain != "second" {
		t.Fatalf("%+v %q %v", rest, next, err)
	}
	if n := unread(t, s, "anna"); n != 3 {
		t.Errorf("%d unread", n)
	}
	if err := s.MarkRead(t.Context(), school, "bob", list[0].ID); errors.KindOf(err) != errors.NotFound {
		t.Errorf("read by another person: %v", err)
	}
	if err := s.MarkRead(t.Context(), school, "anna", list[0].ID); err != nil || unread(t, s, "anna") != 2 {
		t.Errorf("%d unread after one was read (%v)", unread(t, s, "anna"), err)
	}
	if err := s.MarkRead(t.Context(), school, "anna"); err != nil || unread(t, s, "anna") != 0 || unread(t, s, "bob") != 1 {
		t.Errorf("anna %d, bob %d unread after all were read (%v)", unread(t, s, "anna"), unread(t, s, "bob"), err)
	}
	send(t, s, "devoirs", "h1", "third", "anna")
	if unread(t, s, "anna") != 1 {
		t.Error("news about a thing that was read is unread again")
	}
}

func TestTheOldestGo(t *testing.T) {
	s, _ := newService(t)
	for i := range most + 3 {
		send(t, s, "devoirs", "", strconv.Itoa(i), "anna")
	}
	list, _, err := s.List(t.Context(), school, "anna", "", most+10)
	if err != nil || len(list) != most || list[len(list)-1].Text.Plain != "3" {
		t.Errorf("%d kept, the oldest %v (%v)", len(list), list[len(list)-1].Text, err)
	}
}

func TestEmptyIsRefused(t *testing.T) {
	s, _ := newService(t)
	if err := s.Send(t.Context(), school, "devoirs", &wire.SendRequest{People: []string{"anna"}}); errors.KindOf(err) != errors.Invalid {
		t.Error(err)
	}
}
