package home

import (
	"context"
	"slices"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
)

func TestUndoTakesBackTheLastArrangementOnly(t *testing.T) {
	s, _ := newBench(t, Pace{}, offer("a"), offer("b"))
	ctx, ana := context.Background(), asking("ana")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	page := func() *Page {
		t.Helper()
		p, err := s.Page(ctx, ana)
		must(err)
		return p
	}
	must(s.SetMode(ctx, ana, ExpertMode))
	if page().Undo {
		t.Error("choosing the expert page can be undone as if it were an arrangement")
	}
	if err := s.Undo(ctx, ana); errors.KindOf(err) != errors.Conflict {
		t.Errorf("nothing to undo: %v", err)
	}
	school := page().Layout.instances()
	must(s.Hide(ctx, ana, "m.a"))
	hidden := page().Layout.instances()
	must(s.Step(ctx, ana, hidden[0], -1)) // it is the first: nothing changes
	must(s.SetMode(ctx, ana, GuidedMode))
	must(s.SetMode(ctx, ana, ExpertMode))
	for _, want := range [][]string{school, hidden, school} {
		must(s.Undo(ctx, ana))
		if p := page(); !slices.Equal(p.Layout.instances(), want) || p.Mode != ExpertMode {
			t.Fatalf("undone: %s %v, want %v", p.Mode, p.Layout.instances(), want)
		}
	}
}
