package home

import (
	"context"
	"slices"
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
)

// arrange changes a page of the caller's or fails the test.
func arrange(t testing.TB, s *Service, c host.Caller, sheet string, edit func(*Page) error) {
	t.Helper()
	if err := s.Arrange(context.Background(), c, sheet, edit); err != nil {
		t.Fatal(err)
	}
}

// expertOf is somebody with the expert page.
func expertOf(t testing.TB, s *Service, id string, children ...string) host.Caller {
	t.Helper()
	c := asking(id, children...)
	if err := s.SetMode(context.Background(), c, ExpertMode); err != nil {
		t.Fatal(err)
	}
	return c
}

// pageOf is one of the caller's pages.
func pageOf(t testing.TB, s *Service, c host.Caller, sheet string) *Page {
	t.Helper()
	p, err := s.PageAt(context.Background(), c, sheet)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestUndoTakesBackOneArrangementAfterTheOther(t *testing.T) {
	s, _ := newBench(t, Pace{}, offer("a"), offer("b"))
	ctx, ana := context.Background(), expertOf(t, s, "ana")
	if pageOf(t, s, ana, "").Undo {
		t.Error("choosing the expert page can be undone as if it were an arrangement")
	}
	if err := s.Arrange(ctx, ana, "", (*Page).TakeBack); errors.KindOf(err) != errors.Conflict {
		t.Errorf("nothing to undo: %v", err)
	}
	shown := func() []string { return pageOf(t, s, ana, "").Layout.instances() }
	school := shown()
	arrange(t, s, ana, "", func(p *Page) error { return p.Hide("m.a") })
	hidden := shown()
	arrange(t, s, ana, "", func(p *Page) error { return p.Step(hidden[0], -1) }) // it is the first: nothing changes
	arrange(t, s, ana, "", func(p *Page) error { return p.Step(hidden[0], 1) })
	moved := shown()
	if err := s.SetMode(ctx, ana, GuidedMode); err != nil {
		t.Fatal(err)
	}
	ana = expertOf(t, s, "ana")
	for i, step := range []struct {
		turn func(*Page) error
		want []string
	}{
		{(*Page).TakeBack, hidden}, {(*Page).TakeBack, school}, {(*Page).BringBack, hidden}, {(*Page).BringBack, moved}, {(*Page).TakeBack, hidden},
	} {
		arrange(t, s, ana, "", step.turn)
		if got := shown(); !slices.Equal(got, step.want) {
			t.Fatalf("step %d: %v, want %v", i, got, step.want)
		}
	}
	arrange(t, s, ana, "", func(p *Page) error { return p.Hide("m.b") })
	if err := s.Arrange(ctx, ana, "", (*Page).BringBack); errors.KindOf(err) != errors.Conflict {
		t.Errorf("a new change forgets what was undone: %v", err)
	}
	if p := pageOf(t, s, ana, ""); !p.Undo || p.Redo {
		t.Errorf("undo %v, redo %v", p.Undo, p.Redo)
	}
}

func TestUndoHasAnEnd(t *testing.T) {
	var h history[int]
	now := 0
	for i := range 50 {
		h.note(i)
		now = i + 1
	}
	turns := 0
	for {
		before, ok := h.undo(now)
		if !ok {
			break
		}
		now, turns = before, turns+1
	}
	if turns != historyMost || now != 50-historyMost {
		t.Errorf("%d changes were undone, to %d", turns, now)
	}
	for range turns {
		now, _ = h.redo(now)
	}
	if _, ok := h.redo(now); ok || now != 50 {
		t.Errorf("brought back to %d", now)
	}
}
