package home

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// bench is a host of one module, "m", whose widgets do as they are told.
type bench struct {
	offers   []Offer
	calls    atomic.Int64
	under    atomic.Int64
	mu       sync.Mutex
	does     map[string]func(ctx context.Context) (*wire.Node, error)
	calendar []host.Entries
	tasks    func(ctx context.Context, c host.Caller, each func(host.Tasks)) // nil: no module has any
}

func (b *bench) Offers(ids.SchoolID) []Offer { return b.offers }

func (b *bench) Shortcuts(host.Caller) []*wire.Link { return nil }

func (b *bench) Widget(ctx context.Context, call host.WidgetCall) (*wire.Node, error) {
	b.under.Add(1)
	defer b.under.Add(-1)
	n := b.calls.Add(1)
	b.mu.Lock()
	do := b.does[call.Widget]
	b.mu.Unlock()
	if do != nil {
		return do(ctx)
	}
	return ui.TextOf(ui.S(fmt.Sprintf("%s to %s, call %d", call.Widget, call.Viewer.GetPerson(), n))), nil
}

func (b *bench) let(widget string, do func(ctx context.Context) (*wire.Node, error)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.does[widget] = do
}

func hang(ctx context.Context) (*wire.Node, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

type everything struct{}

func (everything) May(_ ids.SchoolID, _ []string, p ids.Permission) bool { return p != "m.never" }

func offer(id string) Offer {
	return Offer{Widget: "m." + id, Permission: "m.read", Profiles: ids.Profiles(), Sizes: []Size{Small}, Refresh: time.Minute}
}

// newBench returns a service on a real store with the module's widgets.
func newBench(t testing.TB, pace Pace, offers ...Offer) (*Service, *bench) {
	engine, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{offers: offers, does: map[string]func(context.Context) (*wire.Node, error){}}
	if pace.Page == 0 { // a busy machine makes no widget late
		pace.Page = 20 * time.Second
	}
	s, err := New(Config{Engine: engine, Modules: b, Rights: everything{}, Pace: pace,
		Draw: func(_ host.Caller, _ ids.ModuleID, n *wire.Node) ([]byte, error) {
			return []byte("<p>" + n.GetParagraph().GetText().GetPlain() + "</p>"), nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		engine.Close()
	})
	return s, b
}

func asking(id string, children ...string) host.Caller {
	v := &wire.Viewer{Person: id, School: "0750655E", Profile: "eleve", Locale: "fr"}
	for _, c := range children {
		v.Children = append(v.Children, &wire.Child{Person: c})
	}
	return host.Caller{Viewer: v, Roles: []string{"eleve"}}
}

func show(t testing.TB, s *Service, c host.Caller, widget string) Placed {
	t.Helper()
	page, err := s.Compose(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range page.Widgets {
		if w.Widget == widget {
			return w
		}
	}
	t.Fatalf("%s is not on the page", widget)
	return Placed{}
}

func TestACopyIsShownUntilSomethingTouchesIt(t *testing.T) {
	mine := offer("mine")
	shared := offer("shared")
	shared.Cache, shared.InvalidatedBy = OfSchool, []string{"m.changed"}
	mine.InvalidatedBy = []string{"m.changed"}
	for _, c := range []struct {
		name   string
		touch  func(s *Service)
		viewer host.Caller
		widget string
		fresh  bool // a new copy is asked for
	}{
		{"nothing", func(*Service) {}, asking("ana"), "m.mine", false},
		{"she acted", func(s *Service) { s.Acted("0750655E", "ana") }, asking("ana"), "m.mine", true},
		{"she acted, a shared widget", func(s *Service) { s.Acted("0750655E", "ana") }, asking("ana"), "m.shared", true},
		{"somebody else acted", func(s *Service) { s.Acted("0750655E", "bilal") }, asking("ana"), "m.mine", false},
		{"her child acted", func(s *Service) { s.Acted("0750655E", "bilal") }, asking("ana", "bilal"), "m.mine", true},
		{"an event for her", func(s *Service) {
			s.Handle(events.Event{Name: "m.changed", School: "0750655E", People: []ids.PersonID{"ana"}})
		}, asking("ana"), "m.mine", true},
		{"an event for another", func(s *Service) {
			s.Handle(events.Event{Name: "m.changed", School: "0750655E", People: []ids.PersonID{"bilal"}})
		}, asking("ana"), "m.mine", false},
		{"an event for all", func(s *Service) { s.Handle(events.Event{Name: "m.changed", School: "0750655E"}) }, asking("ana"), "m.shared", true},
		{"an event it does not name", func(s *Service) { s.Handle(events.Event{Name: "m.other", School: "0750655E"}) }, asking("ana"), "m.mine", false},
		{"another school", func(s *Service) { s.Handle(events.Event{Name: "m.changed", School: "0750001D"}) }, asking("ana"), "m.shared", false},
		{"a module was switched", func(s *Service) { s.Handle(events.Event{Name: host.EventSettings, School: "0750655E"}) }, asking("ana"), "m.mine", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := newBench(t, Pace{}, mine, shared)
			before := show(t, s, c.viewer, c.widget)
			c.touch(s)
			after := show(t, s, c.viewer, c.widget)
			if before.State != OK || after.State != OK || (before.Copy != after.Copy) != c.fresh {
				t.Errorf("before %s, after %s: new copy %v, want %v", before.HTML, after.HTML, before.Copy != after.Copy, c.fresh)
			}
		})
	}
}

// A fetch that began before somebody acted must not bring back the past.
func TestAFetchUnderWayDoesNotHideAnAct(t *testing.T) {
	s, b := newBench(t, Pace{}, offer("w"))
	asked, answer := make(chan struct{}), make(chan struct{})
	var asks atomic.Int64
	b.let("w", func(context.Context) (*wire.Node, error) {
		if asks.Add(1) == 1 {
			close(asked)
			<-answer
			return ui.TextOf(ui.S("old")), nil
		}
		return ui.TextOf(ui.S("new")), nil
	})
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = s.Widget(context.Background(), asking("ana"), "m.w")
	}()
	<-asked
	s.Acted("0750655E", "ana")
	got, err := s.Widget(context.Background(), asking("ana"), "m.w")
	close(answer)
	<-done
	if err != nil || string(got.HTML) != "<p>new</p>" {
		t.Errorf("after the act: %s %v", got.HTML, err)
	}
	if got := show(t, s, asking("ana"), "m.w"); string(got.HTML) != "<p>new</p>" {
		t.Errorf("later: %s", got.HTML)
	}
}

func TestAHungModuleHoldsABoundedNumberOfCalls(t *testing.T) {
	s, b := newBench(t, Pace{Page: 10 * time.Millisecond, Calls: 3, Widget: time.Minute}, offer("w"), offer("v"))
	b.let("w", hang)
	b.let("v", hang)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			got := show(t, s, asking(fmt.Sprint("p", i)), "m.w")
			if got.State != Late {
				t.Errorf("state = %s", got.State)
			}
		})
	}
	all.Wait()
	if n := b.calls.Load(); n > 3 {
		t.Errorf("%d calls were made to a module that answers none", n)
	}
}

func TestLateThenThere(t *testing.T) {
	s, b := newBench(t, Pace{Page: time.Second}, offer("slow"), offer("quick"))
	let := make(chan struct{})
	b.let("slow", func(context.Context) (*wire.Node, error) {
		<-let
		return ui.TextOf(ui.S("at last")), nil
	})
	if got := show(t, s, asking("ana"), "m.slow"); got.State != Late {
		t.Errorf("state = %s", got.State)
	}
	if got := show(t, s, asking("ana"), "m.quick"); got.State != OK {
		t.Errorf("its neighbour is %s", got.State)
	}
	close(let)
	got, err := s.Widget(context.Background(), asking("ana"), "m.slow")
	if err != nil || got.State != OK || string(got.HTML) != "<p>at last</p>" {
		t.Errorf("arrived: %v %v", got, err)
	}
	if n := b.calls.Load(); n != 2 {
		t.Errorf("%d calls, want one per widget", n)
	}
}

func TestBrokenSaysWhenItLastWorked(t *testing.T) {
	now := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
	o := offer("w")
	s, b := newBench(t, Pace{Broken: time.Second}, o)
	s.cfg.Now = func() time.Time { return now }
	good := show(t, s, asking("ana"), "m.w")
	for name, do := range map[string]func(context.Context) (*wire.Node, error){
		"error":   func(context.Context) (*wire.Node, error) { return nil, errors.New(errors.Unavailable, "x") },
		"garbage": func(context.Context) (*wire.Node, error) { return ui.LinksOf(ui.To("https://evil", "x")), nil },
	} {
		b.let("w", do)
		now = now.Add(2 * time.Minute)
		got := show(t, s, asking("ana"), "m.w")
		if got.State != Error || !got.Good.Equal(good.At) || got.Node != nil {
			t.Errorf("%s: %s, good at %v, want %v", name, got.State, got.Good, good.At)
		}
	}
	b.let("w", nil)
	now = now.Add(2 * time.Second)
	if got := show(t, s, asking("ana"), "m.w"); got.State != OK {
		t.Errorf("it works again, but is %s", got.State)
	}
}

func TestWhatOneMayNotSeeIsLockedWhereTheSchoolPutIt(t *testing.T) {
	never := offer("never")
	never.Permission = "m.never"
	s, _ := newBench(t, Pace{}, never, offer("w"))
	page, err := s.Compose(context.Background(), asking("ana"))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range page.Widgets {
		if w.Widget == "m.never" {
			t.Error("a default page holds what its person may not see")
		}
	}
	err = s.ChangeSchool(context.Background(), audit.By{}, "0750655E", ids.Eleve, func(p *SchoolPage) error {
		p.diff = Diff{Added: []Placement{{Instance: "e", Widget: "m.never", Size: Small}}, Pinned: []string{"e"}}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := show(t, s, asking("ana"), "m.never"); got.State != Locked || !got.Pinned {
		t.Errorf("pinned by the school: %s, pinned %v", got.State, got.Pinned)
	}
}

func TestStatesOfNodes(t *testing.T) {
	for name, c := range map[string]struct {
		node *wire.Node
		want State
	}{
		"list":       {ui.List(&ui.Item{}), OK},
		"empty list": {ui.List(), Empty},
		"no kind":    {&wire.Node{Title: ui.S("new kind")}, Partial},
		"only empty": {&wire.Node{Empty: &wire.Empty{}}, Empty},
		"text":       {ui.Text("x"), OK},
		"incomplete": {&wire.Node{Partial: true, Kind: ui.List().Kind}, Partial},
	} {
		if got := stateOf(c.node); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
