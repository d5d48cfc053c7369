package live

import (
	"bufio"
	"context"
	"encoding/json"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

const school = ids.SchoolID("0750655E")

// house answers what the test says.
type house struct {
	mu       sync.Mutex
	sessions map[string]*identity.Session
	news     map[ids.PersonID]News
	asked    []Since
}

func newHouse() *house {
	return &house{sessions: map[string]*identity.Session{}, news: map[ids.PersonID]News{}}
}

func (h *house) Now() Since { return Since{Boot: "b", Mark: 7, At: time.Now()} }

func (h *house) Session(_ context.Context, id string) (*identity.Session, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s := h.sessions[id]; s != nil {
		return s, nil
	}
	return nil, errors.New(errors.SignIn, "identity.session.ended")
}

func (h *house) News(_ context.Context, s *identity.Session, since Since) (*News, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, since)
	n := h.news[s.Person]
	return &n, nil
}

func (h *house) set(id string, s *identity.Session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s == nil {
		delete(h.sessions, id)
		return
	}
	h.sessions[id] = s
}

func (h *house) say(p ids.PersonID, n News) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.news[p] = n
}

func (h *house) in(person ids.PersonID, children ...string) *identity.Session {
	v := &wire.Viewer{Person: string(person), School: string(school)}
	for _, c := range children {
		v.Children = append(v.Children, &wire.Child{Person: c})
	}
	s := &identity.Session{ID: "s-" + string(person), Person: person, School: school, Roles: []string{"eleve"}, Viewer: v}
	h.set(s.ID, s)
	return s
}

// page is the browser's end of a stream.
type page struct {
	t     *testing.T
	conn  net.Conn
	mu    sync.Mutex
	lines []string
	gone  bool
}

func visit(t *testing.T, hub *Hub, s *identity.Session, since *Since) *page {
	t.Helper()
	place, ok := hub.Reserve(s)
	if !ok {
		t.Fatal("no place")
	}
	ours, theirs := net.Pipe()
	p := &page{t: t, conn: theirs}
	go func() {
		r := bufio.NewScanner(theirs)
		for r.Scan() {
			p.mu.Lock()
			p.lines = append(p.lines, r.Text())
			p.mu.Unlock()
		}
		p.mu.Lock()
		p.gone = true
		p.mu.Unlock()
	}()
	place.Keep(ours, []byte("head\n"), since)
	return p
}

// heard returns the lines that begin with a prefix since the last call.
func (p *page) heard(prefix string) (out []string) {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.lines {
		if rest, ok := strings.CutPrefix(l, prefix); ok {
			out = append(out, rest)
		}
	}
	p.lines = nil
	return out
}

func (p *page) isGone() bool {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.gone
}

func (p *page) news() (out []News) {
	for _, l := range p.heard("data: ") {
		var n News
		if err := json.Unmarshal([]byte(l), &n); err != nil {
			p.t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

func with(t *testing.T, pace Pace, test func(h *house, hub *Hub)) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse()
		hub := New(h, pace, nil)
		defer hub.Close()
		test(h, hub)
	})
}

func TestWhatChangesTogetherIsToldTogether(t *testing.T) {
	with(t, Pace{}, func(h *house, hub *Hub) {
		anna, bob, mother := h.in("anna"), h.in("bob"), h.in("mother", "anna")
		a, b, m := visit(t, hub, anna, nil), visit(t, hub, bob, nil), visit(t, hub, mother, nil)
		time.Sleep(time.Second)
		for _, p := range []*page{a, b, m} {
			if got := p.news(); len(got) != 1 {
				t.Errorf("at the beginning: %v", got)
			}
		}
		h.say("anna", News{Unread: 2, Widgets: []string{"x"}})
		h.say("mother", News{Unread: 1})
		for range 5 {
			hub.Tell(Change{School: school, Person: "anna"})
		}
		hub.Tell(Change{School: "0380089W"})
		time.Sleep(time.Second)
		if got := a.news(); len(got) != 1 || got[0].Unread != 2 || got[0].Widgets[0] != "x" {
			t.Errorf("anna: %v", got)
		}
		if got := m.news(); len(got) != 1 || got[0].Unread != 1 {
			t.Errorf("the mother: %v", got)
		}
		if got := b.news(); len(got) != 0 {
			t.Errorf("bob: %v", got)
		}
		h.say("mother", News{Unread: 1})
		hub.Tell(Change{School: school})
		time.Sleep(time.Second)
		if got := m.news(); len(got) != 0 {
			t.Errorf("nothing new is told: %v", got)
		}
	})
}

func TestAStreamIsTakenUpWhereItWas(t *testing.T) {
	with(t, Pace{}, func(h *house, hub *Hub) {
		since := Since{Boot: "b", Mark: 3, At: time.Now().Add(-time.Minute)}
		read, ok := Parse(since.String())
		if !ok || read.Mark != 3 || !read.At.Equal(since.At) || read.Boot != "b" {
			t.Fatalf("%v", read)
		}
		p := visit(t, hub, h.in("anna"), &read)
		time.Sleep(time.Second)
		ids := p.heard("id: ")
		if len(h.asked) != 1 || h.asked[0].Mark != 3 {
			t.Errorf("asked since %v", h.asked)
		}
		if len(ids) != 1 {
			t.Fatalf("ids %v", ids)
		}
		if next, ok := Parse(ids[0]); !ok || next.Mark != 7 {
			t.Errorf("the next time since %v", next)
		}
	})
	for _, bad := range []string{"", ".", "a.b", "a.b.", ".1.2", "x.!.1", strings.Repeat("a", 80) + ".1.1"} {
		if _, ok := Parse(bad); ok {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestWhoMayNoLongerIsCutOff(t *testing.T) {
	with(t, Pace{}, func(h *house, hub *Hub) {
		anna, bob, carl := h.in("anna"), h.in("bob"), h.in("carl")
		a, b, c := visit(t, hub, anna, nil), visit(t, hub, bob, nil), visit(t, hub, carl, nil)
		time.Sleep(3 * time.Second)
		if a.isGone() || b.isGone() || hub.Count() != 3 {
			t.Fatal("gone too early")
		}
		h.set(anna.ID, nil) // signed out
		other := *bob
		other.Roles = []string{"direction"}
		h.set(bob.ID, &other)
		same := *carl // prepared anew, as before
		h.set(carl.ID, &same)
		time.Sleep(1100 * time.Millisecond)
		if !a.isGone() || !b.isGone() || c.isGone() || hub.Count() != 1 {
			t.Errorf("gone: %v %v %v, %d left", a.isGone(), b.isGone(), c.isGone(), hub.Count())
		}
	})
}

func TestPlacesAreFew(t *testing.T) {
	with(t, Pace{Each: 2, All: 3}, func(h *house, hub *Hub) {
		anna, bob := h.in("anna"), h.in("bob")
		first, second := visit(t, hub, anna, nil), visit(t, hub, anna, nil)
		if _, ok := hub.Reserve(anna); ok {
			t.Error("a third place for one person")
		}
		visit(t, hub, bob, nil)
		if _, ok := hub.Reserve(bob); ok {
			t.Error("a fourth place in all")
		}
		first.conn.Close()
		second.conn.Close()
		synctest.Wait()
		place, ok := hub.Reserve(anna)
		if !ok {
			t.Fatal("who went left no place")
		}
		place.Leave()
		if hub.Count() != 1 {
			t.Errorf("%d open", hub.Count())
		}
	})
}

func TestIdleStreamsBeatAndEnd(t *testing.T) {
	with(t, Pace{}, func(h *house, hub *Hub) {
		p := visit(t, hub, h.in("anna"), nil)
		time.Sleep(5 * time.Minute)
		if n := len(p.heard(":")); n < 10 || n > 13 {
			t.Errorf("%d beats in five minutes", n)
		}
		time.Sleep(26 * time.Minute)
		if !p.isGone() {
			t.Error("older than it may be")
		}
	})
}

func TestCloseEndsAll(t *testing.T) {
	with(t, Pace{}, func(h *house, hub *Hub) {
		p := visit(t, hub, h.in("anna"), nil)
		hub.Close()
		if !p.isGone() || hub.Count() != 0 {
			t.Error("a stream outlives the hub")
		}
		if _, ok := hub.Reserve(h.in("anna")); ok {
			t.Error("a closed hub gives places")
		}
	})
}

func TestAPageThatDoesNotReadIsGivenUp(t *testing.T) {
	with(t, Pace{}, func(h *house, hub *Hub) {
		place, _ := hub.Reserve(h.in("anna"))
		ours, theirs := net.Pipe()
		defer theirs.Close()
		place.Keep(ours, []byte("head\n"), nil) // nobody reads
		synctest.Wait()
		if hub.Count() != 0 {
			t.Error("it is kept")
		}
		if _, ok := hub.Reserve(h.in("anna")); !ok {
			t.Error("its place is not given back")
		}
	})
}
