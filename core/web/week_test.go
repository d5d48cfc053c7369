package web

import (
	"testing"
	"time"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/sdk/ui"
)

// TestWeekTellsLaterFromItsLastDay: what is due after the week stands beside the
// days, not in the last of them: for who hears the page too.
func TestWeekTellsLaterFromItsLastDay(t *testing.T) {
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	task := func(title string) []*home.Task { return []*home.Task{{Check: &ui.Check{Title: ui.S(title)}}} }
	w := &home.Week{From: monday, To: monday.AddDate(0, 0, 7), Before: task("en retard"), After: task("plus tard")}
	for i := range 7 {
		w.Days = append(w.Days, home.Day{Date: monday.AddDate(0, 0, i)})
	}
	w.Days[4].Tasks = task("vendredi")
	parts := weekPage(w, ui.Toolbar(nil)).Nodes[2].GetSection().Nodes
	if len(parts) != 6 || len(parts[4].GetSection().Nodes) != 1 {
		t.Fatalf("%d parts, want five days and what is later", len(parts))
	}
	later := parts[5]
	if later.Id != "plus-tard" || later.Title.GetKey() != "web.week.later" || later.GetSection().Nodes[0].GetChecklist().Items[0].Title.GetPlain() != "plus tard" {
		t.Errorf("what is later: %v", later)
	}
	w.After = nil
	if parts = weekNodes(w); len(parts) != 5 {
		t.Errorf("nothing later, and %d parts", len(parts))
	}
}
