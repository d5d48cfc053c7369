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
// on its day; what is late comes first; what is to be read is not told twice.
func TestWeekSheet(t *testing.T) {
	s, b := newBench(t, Pace{})
	monday := time.Date(2026, 9, 14, 8, 0, 0, 0, time.UTC)
	b.calendar = []host.Entries{{Module: "m", Entries: []*wire.Entry{
		entry("Anglais", monday.Add(2*time.Hour), "/a"), entry("Français", monday, "/f"), entry("Essai", monday.AddDate(0, 0, 2), "/essay?x=1"),
		entry("Sortie", monday.AddDate(0, 0, 4), "/trip"),
	}}}
	essay, trip, late := task("essay", "hand-in", 16, false), task("trip", "read", 18, false), task("late", "hand-in", 3, false)
	for _, x := range []*wire.Task{essay, trip, late} {
		x.Check.Link = &wire.Link{Module: "m", Path: "/" + x.Id}
	}
	b.tasks = says(essay, trip, late)
	w, err := s.Week(t.Context(), asking("ana"), monday.AddDate(0, 0, 3))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(w.From.Format(time.DateOnly), " ", len(w.Before))
	for _, d := range w.Days {
		got += "|"
		for _, e := range d.Entries {
			got += " " + e.Title.Plain
		}
		for _, x := range d.Tasks {
			got += " □" + x.Id
		}
	}
	if want := "2026-09-14 1| Français Anglais|| □essay|| Sortie||"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
