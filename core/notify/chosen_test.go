package notify

import (
	"context"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store"
)

// stuck is a store on which nothing can be changed in one school.
type stuck struct {
	store.Engine
	school ids.SchoolID
}

type stuckSpace struct{ store.Space }

func (s stuck) Open(ctx context.Context, school ids.SchoolID) (store.Space, error) {
	space, err := s.Engine.Open(ctx, school)
	if school == s.school && err == nil {
		space = stuckSpace{space}
	}
	return space, err
}

func (stuckSpace) Update(context.Context, func(store.Tx) error) error {
	return errors.New(errors.Unavailable, "store.busy")
}

// TestChoiceHoldsWhereItCannotMove: a choice that is kept is not said to have failed
// because something owed in one of the schools could not be moved; it goes by the
// choice all the same when it is due.
func TestChoiceHoldsWhereItCannotMove(t *testing.T) {
	w := newWorld(t, at(2, 10, 0))
	for _, s := range []ids.SchoolID{school, ecole} {
		w.send(notice{school: s, words: "x", people: []string{"claire"}})
	}
	whole := w.engine
	w.engine = stuck{whole, school} // the first of her schools
	c := UsualChoice()
	c.Preset = PageOnly
	if err := w.SetChoice(t.Context(), "claire", c); err != nil {
		t.Fatal(err)
	}
	err := w.view(t.Context(), ecole, func(tx store.Tx) error {
		if n, err := notices.Count(tx, "due"); err != nil || n > 0 {
			t.Errorf("%d are still owed in the other school, %v", n, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.engine = whole
	w.move(at(2, 10, 5))
	if len(w.mails)+len(w.pushs) > 0 {
		t.Errorf("told by the choice of before: %v %v", w.mails, w.pushs)
	}
}

// TestChosenMeanwhile: a notice that was left by the choice of before, because both
// happened at once, is told by the one of now.
func TestChosenMeanwhile(t *testing.T) {
	for name, x := range map[string]struct {
		choice      Choice
		soon, pushs int  // told within minutes
		mails       int  // by the evening
		away        bool // the module declares its kinds no more
	}{
		"as before":             {choice: Choice{}, soon: 1, pushs: 1, mails: 1},
		"no more mails":         {choice: Choice{Unmailed: []string{every}}, pushs: 1},
		"no more of this kind":  {choice: Choice{Unmailed: []string{"devoirs.nouveau"}}, pushs: 1},
		"one digest":            {choice: Choice{Preset: Together}, mails: 1},
		"on the page":           {choice: Choice{Preset: PageOnly}},
		"the module is away":    {choice: Choice{}, soon: 1, pushs: 1, mails: 1, away: true},
		"it is away, no mails":  {choice: Choice{Unmailed: []string{every}}, pushs: 1, away: true},
		"it is away, on a page": {choice: Choice{Preset: PageOnly}, away: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, at(2, 10, 0))
			w.send(notice{words: "x", people: []string{"anna"}})
			c := UsualChoice()
			c.Preset, c.Unmailed = x.choice.Preset, x.choice.Unmailed
			err := w.update(t.Context(), store.Global, func(tx store.Tx) error { return choices.Put(tx, &keptChoice{"anna", c}) })
			if err != nil {
				t.Fatal(err)
			}
			if x.away {
				w.kinds = nil
			}
			w.move(at(2, 10, 5))
			w.move(at(2, 10, 6))
			if len(w.mails) != x.soon || len(w.pushs) != x.pushs {
				t.Errorf("soon: %v %v", w.mails, w.pushs)
			}
			w.move(at(2, 18, 5))
			if next, err := w.Round(t.Context()); len(w.mails) != x.mails || len(w.pushs) != x.pushs || err != nil || !next.IsZero() {
				t.Errorf("by the evening: %v %v, then %s %v", w.mails, w.pushs, next, err)
			}
			w.wants("anna", "x")
		})
	}
}

// TestChosenOnItsWay: a letter that was under way when its reader chose one digest
// goes as it was; when they wanted no more of them it does not.
func TestChosenOnItsWay(t *testing.T) {
	for name, x := range map[string]struct {
		change func(c *Choice)
		mails  int
	}{
		"one digest":    {func(c *Choice) { c.Preset = Together }, 1},
		"no more mails": {func(c *Choice) { c.Unmailed = []string{every} }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, at(2, 10, 0))
			w.send(notice{words: "x", people: []string{"anna"}})
			w.move(at(2, 10, 2).Add(-1))
			w.mu.Lock()
			w.clock = at(2, 10, 2)
			w.mu.Unlock()
			dead, err := w.claim(t.Context(), errand{"anna", manifest.ByMail}, []ids.SchoolID{school})
			if err != nil || dead == nil {
				t.Fatal(dead, err)
			}
			c := UsualChoice()
			x.change(&c)
			err = w.update(t.Context(), store.Global, func(tx store.Tx) error { return choices.Put(tx, &keptChoice{"anna", c}) })
			if err != nil {
				t.Fatal(err)
			}
			w.move(at(2, 10, 7))
			if len(w.mails) != x.mails || x.mails > 0 && w.mails[0].ID != dead.id {
				t.Errorf("%v, want %s", w.mails, dead.id)
			}
			w.move(at(2, 18, 5))
			if next, err := w.Round(t.Context()); len(w.mails) != x.mails || err != nil || !next.IsZero() {
				t.Errorf("later: %v, then %s %v", w.mails, next, err)
			}
		})
	}
}
