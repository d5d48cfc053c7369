package home

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Calendar answers what the test says.
func (b *bench) Calendar(context.Context, host.Caller, time.Time, time.Time, ...ids.ModuleID) ([]host.Entries, []ids.ModuleID, error) {
	return b.calendar, nil, nil
}

func entry(title string, at time.Time, path string) *wire.Entry {
	return &wire.Entry{Title: ui.S(title), Start: ui.At(at), End: ui.At(at.Add(time.Hour)), Link: &wire.Link{Path: path}}
}

// TestWeekSheet: what is to be done and stands in a calendar too is there once,
// on its day; what is to be signed before it takes place stands on both days;
// what is late comes first; what is to be read is not told twice.
func TestWeekSheet(t *testing.T) {
	s, b := newBench(t, Pace{})
	monday := time.Date(2026, 9, 14, 8, 0, 0, 0, time.UTC)
	b.calendar = []host.Entries{{Module: "m", Entries: []*wire.Entry{
		entry("Anglais", monday.Add(2*time.Hour), "/a"), entry("Français", monday, "/f"), entry("Essai", monday.AddDate(0, 0, 2), "/essay?x=1"),
		entry("Sortie", monday.AddDate(0, 0, 4), "/trip"), entry("Musée", monday.AddDate(0, 0, 3), "/museum"),
		entry("Réunion", monday.AddDate(0, 0, 5), "/meeting"), entry("Théâtre", monday.AddDate(0, 0, 6), "/play"),
	}}}
	essay, trip, late := task("essay", "hand-in", 16, false), task("trip", "read", 18, false), task("late", "hand-in", 3, false)
	museum, meeting, play := task("museum", "sign", 15, false), task("meeting", "sign", 3, false), task("play", "sign", 28, false)
	for _, x := range []*wire.Task{essay, trip, late, museum, meeting, play} {
		x.Check.Link = &wire.Link{Module: "m", Path: "/" + x.Id}
	}
	b.tasks = says(essay, trip, late, museum, meeting, play)
	w, err := s.Week(t.Context(), asking("ana"), monday.AddDate(0, 0, 3))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(w.From.Format(time.DateOnly), " ", len(w.Before), len(w.After))
	for _, d := range w.Days {
		got += "|"
		for _, e := range d.Entries {
			got += " " + e.Title.Plain
		}
		for _, x := range d.Tasks {
			got += " □" + x.Id
		}
	}
	if want := "2026-09-14 2 1| Français Anglais| □museum| □essay| Musée| Sortie| Réunion| Théâtre"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestThreeChildrenStillFit: the lessons of each become one line a day; what is
// for all stays, and so does everything once one child is chosen.
func TestThreeChildrenStillFit(t *testing.T) {
	s, b := newBench(t, Pace{})
	monday := time.Date(2026, 9, 14, 8, 0, 0, 0, time.UTC)
	var all []*wire.Entry
	for i := range 5 {
		for _, child := range []string{"a", "b", "c"} {
			e := entry(fmt.Sprint(child, i), monday.Add(time.Duration(i)*time.Hour), fmt.Sprint("/", child, i))
			e.About = []*wire.About{{Person: child, Name: child}}
			all = append(all, e)
		}
	}
	b.calendar = []host.Entries{{Module: "m", Entries: append(all, entry("Réunion", monday, "/r"))}}
	b.tasks = says()
	who := asking("mum", "a", "b", "c")
	w, err := s.Week(t.Context(), who, monday)
	if err != nil || len(w.Days[0].Entries) != 4 {
		t.Fatalf("%v %v", w, err)
	}
	last := w.Days[0].Entries[3]
	if last.Title.Key != "home.week.folded" || last.About[0].Name != "c" || last.End.AsTime().Hour() != 13 {
		t.Errorf("folded %v", last)
	}
	who.Viewer.Child = "a"
	if w, _ = s.Week(t.Context(), who, monday); len(w.Days[0].Entries) != 16 {
		t.Errorf("one child chosen: %d entries", len(w.Days[0].Entries))
	}
}
