package plugintest_test

import (
	"net/url"
	"testing"

	"github.com/preau-ent/preau/sdk/internal/atelier"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

const folder = "../internal/atelier/module"

func TestRestartKeepsTheData(t *testing.T) {
	for name, o := range map[string][]plugintest.Option{"here": nil, "process": {plugintest.Process()}} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.Start(t, atelier.Module(), folder, o...)
			lea := h.As(h.School.Pupil("Léa Martin"))
			lea.Post("/note", url.Values{"title": {"écrite avant"}})
			h.Event("atelier.saved")
			h.Restart()
			plugintest.Has(t, lea.Get("/"), "écrite avant")
			if n := len(h.Events()); n != 1 {
				t.Errorf("%d events: what was delivered came again", n)
			}
		})
	}
}

// TestKillLosesNothing: what was acknowledged is there after kill -9, and its
// event arrives.
func TestKillLosesNothing(t *testing.T) {
	h := plugintest.Start(t, nil, folder)
	lea := h.As(h.School.Pupil("Léa Martin"))
	var want []string
	for _, title := range []string{"un", "deux", "trois", "quatre"} {
		if a := lea.Post("/note", url.Values{"title": {title}}); a.Location == "" {
			t.Fatal(a)
		}
		want = append(want, title)
		h.Kill()
		h.Restart()
		plugintest.Has(t, lea.Get("/"), want...)
	}
	lea.Post("/note", url.Values{"title": {"dernière"}})
	h.Stop() // flushes
	got := map[string]bool{}
	for _, e := range h.Events() {
		got[string(e.Payload)] = true
	}
	for _, title := range append(want, "dernière") {
		if !got[`"`+title+`"`] {
			t.Errorf("the event of %q was lost: %v", title, got)
		}
	}
}

func TestSchool(t *testing.T) {
	s := plugintest.NewSchool("0750655E", "Collège")
	six := s.Class("6e A")
	lea := s.Pupil("Léa Martin-Élan", six)
	if lea != "lea-martin-elan" || six != "6e-a" {
		t.Errorf("identifiers %s, %s", lea, six)
	}
	h := plugintest.Start(t, atelier.Module(), folder, plugintest.Schools(s))
	father := h.As(s.Parent("Karim Martin", lea))
	plugintest.Has(t, father.Get("/annuaire?q=karim"), "Karim Martin")
	plugintest.HasNot(t, father.LookingAt(lea).Reading("en").Get("/annuaire?q=karim"), "Léa")
}

func TestTree(t *testing.T) {
	page := ui.NewPage("a.title",
		ui.List(&ui.Item{Title: ui.S("Maths"), Link: ui.To("/devoir/1", "a.open")}),
		ui.FormOf(ui.NewForm("/envoi", "a.send", ui.TextField("nom", "a.name", ui.Value("Léa")))),
		ui.Act(ui.Button("/oter", "a.remove", "id", "7")))
	plugintest.Has(t, page, "a.title", "Maths", "a.open", "a.send", "Léa", "a.remove")
	plugintest.HasNot(t, page, "Physique")
	if l := plugintest.LinkTo(t, page, "/devoir/"); l.Path != "/devoir/1" {
		t.Errorf("link %v", l)
	}
	if a := plugintest.ActionTo(t, page, "/oter"); a.Values["id"] != "7" {
		t.Errorf("action %v", a)
	}
	form := plugintest.FormTo(t, page, "/envoi")
	if f := plugintest.FieldOf(t, form, "nom"); f.GetText().GetValue() != "Léa" {
		t.Errorf("field %v", f)
	}
	if items := plugintest.All[*ui.Item](page); len(items) != 1 {
		t.Errorf("items %v", items)
	}
	if plugintest.Texts(nil) != nil {
		t.Error("nothing says something")
	}
}

// TestSubmitSendsWhatStandsInTheForm and refuses fields the form does not have.
func TestSubmitSendsWhatStandsInTheForm(t *testing.T) {
	h := plugintest.Start(t, atelier.Module(), folder)
	lea := h.As(h.School.Pupil("Léa Martin"))
	a := lea.Submit(lea.Get("/"), "/note", url.Values{"title": {"x"}})
	if a.Location != "/" {
		t.Error(a)
	}
	probe := &watcher{TB: t}
	sub := h.In(probe)
	func() {
		defer func() { _ = recover() }()
		v := sub.As("lea-martin")
		v.Submit(v.Get("/"), "/note", url.Values{"autre": {"x"}})
	}()
	if !probe.failed {
		t.Error("a field that the form does not have was sent")
	}
}

// watcher notes that a test would have failed.
type watcher struct {
	testing.TB
	failed bool
}

func (w *watcher) Errorf(string, ...any) { w.failed = true }
func (w *watcher) Fatalf(string, ...any) { w.failed = true; panic("fatal") }
