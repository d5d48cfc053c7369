package sdk_test

import (
	"context"
	"net/url"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/internal/atelier"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

func TestWidget(t *testing.T) {
	modes(t, func(t *testing.T, opts ...plugintest.Option) {
		h, pupil, _ := start(t, opts...)
		w := pupil.Widget("notes")
		plugintest.Has(t, w, "notes", "atelier.none")
		h.Set(map[string]any{"word": "carnet"})
		pupil.Post("/note", url.Values{"title": {"Lire"}})
		plugintest.Has(t, pupil.Widget("notes"), "carnet", "Lire")

		for mode, want := range map[string]errors.Kind{
			"panique": errors.Bug, "rien": errors.Bug, "lourd": errors.TooLarge,
		} {
			_, err := pupil.TryWidget("notes", ui.Small, map[string]string{"mode": mode})
			if errors.KindOf(err) != want {
				t.Errorf("mode %s: %v, want %v", mode, err, want)
			}
		}
		if _, err := pupil.TryWidget("inconnu", ui.Small, nil); errors.KindOf(err) != errors.NotFound {
			t.Errorf("unknown widget: %v", err)
		}
	})
}

func TestCalendar(t *testing.T) {
	h, pupil, _ := start(t)
	day := h.Now()
	h.OtherCalendar("autre",
		&ui.Entry{Title: ui.S("sortie"), Start: ui.At(day.Add(time.Hour))},
		&ui.Entry{Title: ui.S("plus tard"), Start: ui.At(day.AddDate(0, 1, 0))})
	entries := pupil.Calendar(day, day.AddDate(0, 0, 7))
	if len(entries) != 2 || entries[0].Title.Plain != "sortie" || !entries[1].Start.AsTime().Equal(day) {
		t.Errorf("entries %v", entries)
	}
	h.Advance(time.Hour)
	if got := pupil.Calendar(day, day.AddDate(0, 0, 7))[1].Start.AsTime(); !got.Equal(day.Add(time.Hour)) {
		t.Errorf("an hour later it is %v", got)
	}
}

func TestDeliver(t *testing.T) {
	h, pupil, _ := start(t)
	if err := h.Deliver("autre.arrive", "lea-martin"); err != nil {
		t.Fatal(err)
	}
	plugintest.Has(t, pupil.Get("/"), "autre.arrive")
	if err := h.Deliver("autre.arrive", 7); errors.KindOf(err) != errors.Invalid {
		t.Errorf("a payload of the wrong type: %v", err)
	}
	if err := h.Deliver("inconnu.arrive", nil); errors.KindOf(err) != errors.Invalid {
		t.Errorf("an event without function: %v", err)
	}
}

// TestHandleEndsWithItsCall keeps a scope longer than it lives.
func TestHandleEndsWithItsCall(t *testing.T) {
	var kept sdk.Scope
	m := atelier.Module()
	m.Widget("notes", func(r *sdk.WidgetRequest) (*ui.Node, error) {
		kept = r.Scope
		if _, err := r.Directory.MyGroups(); err != nil {
			return nil, err
		}
		return ui.Text("atelier.none"), nil
	})
	h := plugintest.Start(t, m, "internal/atelier/module")
	h.As(h.School.Pupil("Léa Martin")).Widget("notes")
	if _, err := kept.Directory.MyGroups(); err == nil {
		t.Error("a scope works after its call")
	}
}

// TestCapabilities asks for what the manifest does not declare.
func TestCapabilities(t *testing.T) {
	m := sdk.New()
	answers := map[string]error{}
	m.Page("GET /", func(*sdk.Request) (*ui.Page, error) { return ui.NewPage("bonjour.title"), nil })
	m.Widget("bonjour", func(r *sdk.WidgetRequest) (*ui.Node, error) {
		_, answers["directory"] = r.Directory.Search("a", nil, 1)
		answers["notify"] = r.Notify.Send(sdk.Notice{})
		_, answers["files"] = r.Files.Stat("x")
		_, _, answers["calendars"] = r.Calendars.Entries(r.Now(), r.Now())
		_, answers["links"] = r.Links.List("/")
		answers["audit"] = r.Audit.Record("x", "y", nil)
		return ui.Text("bonjour.title"), nil
	})
	h := plugintest.Start(t, m, "../examples/bonjour")
	h.As(h.School.Pupil("Léa Martin")).Widget("bonjour")
	if len(answers) != 6 {
		t.Fatalf("asked %v", answers)
	}
	for service, err := range answers {
		if errors.KindOf(err) != errors.Denied {
			t.Errorf("%s without its capability: %v", service, err)
		}
	}
}

// TestLifecycle walks through the numbered steps, out of order too.
func TestLifecycle(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	r := sdk.NewRuntime(atelier.Module(), sdk.Setting{
		ID: "atelier", Version: "1.2.3",
		Dial: func(context.Context, uint32) (sdk.Conn, error) { return nobody{}, nil },
	})
	d, err := r.Describe(ctx, nil)
	if err != nil || d.GetId() != "atelier" || len(d.GetInterfaces()) != 3 || d.GetWidgets()[0] != "notes" {
		t.Errorf("describe: %v, %v", d, err)
	}
	ask := &wire.WidgetRequest{Widget: "notes", Viewer: &wire.Viewer{School: "0750655E"}}
	if _, err := r.Widget(ctx, ask); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("a widget before Activate: %v", err)
	}
	in := &wire.ActivateRequest{DataDir: dir, PageSocket: filepath.Join(dir, "s")}
	if _, err := r.Activate(ctx, in); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Activate(ctx, in); errors.KindOf(err) != errors.Conflict {
		t.Errorf("a second Activate: %v", err)
	}
	if _, err := r.Widget(ctx, &wire.WidgetRequest{Widget: "notes"}); errors.KindOf(err) != errors.Invalid {
		t.Errorf("a widget for no school: %v", err)
	}
	for range 2 {
		if _, err := r.Drain(ctx, nil); err != nil {
			t.Errorf("drain: %v", err)
		}
	}
	if _, err := r.Widget(ctx, ask); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("a widget after Drain: %v", err)
	}
	if _, err := r.Activate(ctx, in); errors.KindOf(err) != errors.Conflict {
		t.Errorf("Activate after Drain: %v", err)
	}
}

func TestActivateFailsWhole(t *testing.T) {
	r := sdk.NewRuntime(atelier.Module(), sdk.Setting{
		Dial: func(context.Context, uint32) (sdk.Conn, error) { return nobody{}, nil },
	})
	in := &wire.ActivateRequest{DataDir: t.TempDir(), PageSocket: "/nowhere/at/all"}
	if _, err := r.Activate(context.Background(), in); err == nil {
		t.Fatal("activated without a page socket")
	}
	in.PageSocket = filepath.Join(t.TempDir(), "s") // the store was closed: it opens again
	if _, err := r.Activate(context.Background(), in); err != nil {
		t.Errorf("a second try: %v", err)
	}
	_, _ = r.Drain(context.Background(), nil)
}

func TestViewer(t *testing.T) {
	one, two := ids.GroupID("6e-a"), ids.GroupID("6e-b")
	parent := &sdk.Viewer{Person: "k", Profile: ids.Parent, Permissions: []ids.Permission{"a.read"}, Children: []sdk.Child{
		{ID: "lea", FirstName: "Léa", Groups: []sdk.Group{{ID: one}}}, {ID: "tom", FirstName: "Tom", Groups: []sdk.Group{{ID: two}}},
	}}
	if !parent.May("a.read") || parent.May("a.write") || parent.May("") {
		t.Error("May")
	}
	if !parent.Ours("lea") || !parent.Ours("k") || parent.Ours("zoe") || parent.Ours("") {
		t.Error("Ours")
	}
	if got := parent.Pupils(); len(got) != 2 || !got[0].In(one) || got[0].In(two) {
		t.Errorf("Pupils = %v", got)
	}
	if got := parent.About("tom", "zoe"); len(got) != 1 || got[0].Name != "Tom" {
		t.Errorf("About = %v", got)
	}
	parent.Child = "tom"
	if got := parent.Pupils(); len(got) != 1 || got[0].ID != "tom" {
		t.Errorf("Pupils looking at Tom = %v", got)
	}
	parent.Child = "zoe" // no longer theirs
	if got := parent.Pupils(); len(got) != 0 {
		t.Errorf("Pupils looking at a stranger = %v", got)
	}
	pupil := &sdk.Viewer{Person: "lea", Profile: ids.Eleve, Groups: []sdk.Group{{ID: one}}}
	if got := pupil.Pupils(); len(got) != 1 || got[0].ID != "lea" || !pupil.In(one) {
		t.Errorf("Pupils of a pupil = %v", got)
	}
	teacher := &sdk.Viewer{Person: "t", Profile: ids.Enseignant}
	if len(teacher.Pupils()) != 0 || len(teacher.About("lea")) != 0 {
		t.Error("a teacher has no pupils of their own")
	}
}

// TestDrainWaitsForWidgets: a call that began has its store until it ends, also
// when nothing else is let in any more.
func TestDrainWaitsForWidgets(t *testing.T) {
	began, draining := make(chan struct{}), make(chan struct{})
	m := atelier.Module()
	m.Widget("notes", func(r *sdk.WidgetRequest) (*ui.Node, error) {
		close(began)
		<-draining
		return ui.Text("atelier.none"), r.Store.View(r.Context(), func(store.Tx) error { return nil })
	})
	h := plugintest.Start(t, m, "internal/atelier/module")
	pupil := h.As(h.School.Pupil("Léa Martin", h.School.Class("6e A")))
	answered, drained := make(chan error, 1), make(chan struct{})
	go func() {
		_, err := pupil.TryWidget("notes", ui.Small, nil)
		answered <- err
	}()
	<-began
	go func() { h.Stop(); close(drained) }()
	for errors.KindOf(h.Deliver("autre.arrive", "lea-martin")) != errors.Unavailable { // until the drain has begun
		runtime.Gosched()
	}
	close(draining)
	if err := <-answered; err != nil {
		t.Errorf("a widget under way at drain: %v", err)
	}
	<-drained
}
