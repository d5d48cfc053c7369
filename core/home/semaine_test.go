package home

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// TasksOf answers what the test says.
func (b *bench) TasksOf(ctx context.Context, c host.Caller, _, _ time.Time, each func(host.Tasks)) {
	b.tasks(ctx, c, each)
}

// TaskEvents names one event when the test has tasks.
func (b *bench) TaskEvents(ids.SchoolID) ([]string, bool) { return []string{"m.done"}, b.tasks != nil }

func task(id, kind string, day int, done bool, children ...string) *wire.Task {
	check := &wire.Check{Title: ui.S(id), Done: done, Toggle: &wire.Action{Module: "m", Path: "/" + id + "?x=1"}}
	if day > 0 {
		check.When = ui.At(time.Date(2026, 9, day, 8, 0, 0, 0, time.UTC))
	}
	for _, c := range children {
		check.About = append(check.About, &wire.About{Person: c, Name: c})
	}
	return &wire.Task{Id: id, Kind: kind, Check: check}
}

func says(tasks ...*wire.Task) func(context.Context, host.Caller, func(host.Tasks)) {
	return func(_ context.Context, _ host.Caller, each func(host.Tasks)) {
		each(host.Tasks{Module: "m", Tasks: tasks})
	}
}

// lines writes a checklist as "title[x] badge child".
func lines(n *wire.Node) (out []string) {
	for _, it := range n.GetChecklist().GetItems() {
		line := it.GetTitle().GetPlain()
		if it.Done {
			line += " x"
		}
		if key := it.GetBadge().GetKey(); key != "" {
			line += " " + key
		}
		for _, a := range it.About {
			line += " " + a.Name
		}
		out = append(out, line)
	}
	return out
}

func TestWeekShowsWhatIsToBeDoneFirst(t *testing.T) {
	s, b := newBench(t, Pace{})
	b.tasks = says(task("late", "hand-in", 20, false), task("done", "do", 14, true), task("whenever", "sign", 0, false),
		task("soon", "read", 15, false, "Léa"), task("soon", "read", 15, false, "Zoé"), task("soon", "read", 15, false, "Léa"),
		task("odd", "dance", 16, false))
	w := show(t, s, asking("ana"), WeekWidget)
	want := []string{"whenever home.task.sign", "late home.task.hand-in", "odd", "soon home.task.read Léa", "soon home.task.read Zoé", "done x"}
	if got := lines(w.Node); !slices.Equal(got, want) {
		t.Errorf("shows %q, want %q", got, want)
	}
	if path := w.Node.GetChecklist().Items[3].Toggle.Path; path != "/soon?x=1&_retour=%2F" {
		t.Errorf("ticking leads to %s", path)
	}
	var many []*wire.Task
	for i := range 9 {
		many = append(many, task(fmt.Sprint("t", i), "do", 14+i, false))
	}
	b.tasks = says(many...)
	s.Acted("0750655E", "ana")
	w = show(t, s, asking("ana"), WeekWidget)
	if n := len(w.Node.GetChecklist().Items); n != 6 || w.Node.Link.Label.Key != "home.semaine.more" || w.Node.Link.Path != WeekPath {
		t.Errorf("%d lines, then %v", n, w.Node.Link)
	}
	b.tasks = says()
	s.Acted("0750655E", "ana")
	if w = show(t, s, asking("ana"), WeekWidget); w.State != Empty || w.Node.Empty.Text.Key != "home.semaine.none.eleve" {
		t.Errorf("nothing to do: %s %v", w.State, w.Node)
	}
	b.tasks = func(_ context.Context, _ host.Caller, each func(host.Tasks)) {
		each(host.Tasks{Module: "m", Err: errors.New(errors.Unavailable, "")})
	}
	s.Acted("0750655E", "ana")
	if w = show(t, s, asking("ana"), WeekWidget); w.Node.Empty.Text.Key != "home.semaine.unknown" {
		t.Errorf("who did not answer, and so %v", w.Node)
	}
}

// TestReadingDoesNotCrowdOutWork: the six lines of the home page are those to
// hand in and to sign, however much there is to read sooner; the page of the week
// has them all.
func TestReadingDoesNotCrowdOutWork(t *testing.T) {
	s, b := newBench(t, Pace{})
	var all []*wire.Task
	for i := range 7 {
		all = append(all, task(fmt.Sprint("read", i), "read", 14, false))
	}
	all = append(all, task("exercise", "do", 15, false), task("essay", "hand-in", 18, false), task("trip", "sign", 17, false), task("next", "sign", 25, false), task("copies", "correct", 19, false))
	b.tasks = says(all...)
	want := []string{"trip home.task.sign", "next home.task.sign", "essay home.task.hand-in", "copies home.task.correct", "exercise home.task.do", "read0 home.task.read"}
	if got := lines(show(t, s, asking("ana"), WeekWidget).Node); !slices.Equal(got, want) {
		t.Errorf("shows %q, want %q", got, want)
	}
	w, err := s.Week(t.Context(), asking("ana"), time.Date(2026, 9, 16, 8, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	n := len(w.Before) + len(w.After)
	for _, d := range w.Days {
		n += len(d.Tasks)
	}
	if n != len(all) || len(w.After) != 1 || w.After[0].Id != "next" {
		t.Errorf("the page holds %d of %d, later %v", n, len(all), w.After)
	}
}

// TestWeekTicksItself: what a module says happened is there on the next page.
func TestWeekTicksItself(t *testing.T) {
	s, b := newBench(t, Pace{})
	b.tasks = says(task("essay", "hand-in", 15, false))
	before := show(t, s, asking("mum", "ana"), WeekWidget)
	b.tasks = says(task("essay", "hand-in", 15, true))
	if again := show(t, s, asking("mum", "ana"), WeekWidget); again.Copy != before.Copy {
		t.Fatal("asked again though nothing happened")
	}
	s.Handle(events.Event{Name: "m.done", School: "0750655E", People: []ids.PersonID{"ana"}})
	if got := lines(show(t, s, asking("mum", "ana"), WeekWidget).Node); !slices.Equal(got, []string{"essay x"}) {
		t.Errorf("after the event: %q", got)
	}
}

// TestWeekDoesNotWaitForAHungModule: what others have is shown, marked as a
// part; alone, the hung one's silence is a late widget.
func TestWeekDoesNotWaitForAHungModule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, b := newBench(t, Pace{Page: 140 * time.Millisecond})
		hung := func(answers ...host.Tasks) func(context.Context, host.Caller, func(host.Tasks)) {
			return func(ctx context.Context, _ host.Caller, each func(host.Tasks)) {
				for _, a := range answers {
					each(a)
				}
				<-ctx.Done()
				each(host.Tasks{Module: "hung", Err: errors.New(errors.Timeout, "")})
			}
		}
		b.tasks = hung(host.Tasks{Module: "m", Tasks: []*wire.Task{task("essay", "do", 15, false)}})
		begin := time.Now()
		w := show(t, s, asking("ana"), WeekWidget)
		if w.State != Partial || len(lines(w.Node)) != 1 || time.Since(begin) > 100*time.Millisecond {
			t.Errorf("%s %q after %v", w.State, lines(w.Node), time.Since(begin))
		}
		b.tasks = hung()
		if w = show(t, s, asking("bilal"), WeekWidget); w.State != Late {
			t.Errorf("nobody answered: %s", w.State)
		}
	})
}

func TestWeekOf(t *testing.T) {
	paris := zoned(time.Time{}, &wire.Viewer{}).Location()
	for day, want := range map[string]string{
		"2026-11-16": "2026-11-16 2026-11-23", // Monday
		"2026-11-20": "2026-11-16 2026-11-23", // Friday
		"2026-11-21": "2026-11-21 2026-11-30", // Saturday: and the next week
		"2026-11-22": "2026-11-21 2026-11-30", // Sunday
		"2026-10-25": "2026-10-24 2026-11-02", // the Sunday summer time ends
	} {
		at, _ := time.ParseInLocation(time.DateOnly, day, paris)
		from, to := WeekOf(at.Add(13 * time.Hour))
		if got := from.Format(time.DateOnly) + " " + to.Format(time.DateOnly); got != want || from.Hour() != 0 || to.Hour() != 0 {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}
