package home

import (
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// HelpPath is the page where the introduction is found again.
const HelpPath = "/aide"

// IntroSteps is how many steps the introduction has.
const IntroSteps = 3

// welcome is what somebody has been shown of the site, in one school.
type welcome struct {
	ID    string               `json:"id"`             // the person
	Step  int                  `json:"step,omitempty"` // of the introduction: those behind them, from 0
	Over  bool                 `json:"over,omitempty"` // the introduction is
	Hints map[string]time.Time `json:"hints,omitempty"`
}

var welcomes = store.NewCollection[welcome]("home.welcomes")

// Intro returns the step of the introduction that the caller is at, from 1; 0
// when they have seen it or closed it.
func (s *Service) Intro(ctx context.Context, c host.Caller) (int, error) {
	w, err := s.welcomed(ctx, c)
	if err != nil || w.Over {
		return 0, err
	}
	return w.Step + 1, nil
}

// SetIntro goes to a step of the introduction, from 1; past the last, or 0, it
// is over.
func (s *Service) SetIntro(ctx context.Context, c host.Caller, step int) error {
	return s.welcoming(ctx, c, func(w *welcome) {
		w.Over = step < 1 || step > IntroSteps
		w.Step = min(max(step-1, 0), IntroSteps-1)
	})
}

// Hint reports whether a hint is shown to the caller now: the first time it is
// asked for, never again.
func (s *Service) Hint(ctx context.Context, c host.Caller, hint string) (bool, error) {
	if !slices.Contains(Hints, hint) {
		return false, errors.New(errors.NotFound, "home.unknown")
	}
	w, err := s.welcomed(ctx, c)
	if _, seen := w.Hints[hint]; seen || err != nil {
		return false, err
	}
	first := false
	err = s.welcoming(ctx, c, func(w *welcome) {
		if _, seen := w.Hints[hint]; seen { // two pages at once
			return
		}
		first = true
		if w.Hints == nil {
			w.Hints = map[string]time.Time{}
		}
		w.Hints[hint] = s.cfg.Now()
	})
	return first, err
}

// Hints are those there are; home.hint.<hint> are their words.
var Hints = []string{"module", "semaine", "notifications", "expert", "recherche", "enfant", "administration", "organiser"}

// welcomed returns what the caller has been shown, from memory when it was
// asked for before.
func (s *Service) welcomed(ctx context.Context, c host.Caller) (*welcome, error) {
	key := welcomeKey{c.Viewer.GetSchool(), c.Viewer.GetPerson()}
	if w, ok := s.welcomes.GetIfPresent(key); ok {
		return w, nil
	}
	space, err := s.cfg.Engine.Open(ctx, c.School())
	if err != nil {
		return &welcome{}, err
	}
	w := &welcome{ID: key.person}
	err = space.View(ctx, func(tx store.Tx) error {
		found, err := welcomes.Get(tx, key.person)
		if err == nil {
			w = found
		} else if errors.KindOf(err) == errors.NotFound {
			err = nil
		}
		return err
	})
	if err == nil {
		s.welcomes.Set(key, w)
	}
	return w, err
}

// welcoming changes it.
func (s *Service) welcoming(ctx context.Context, c host.Caller, change func(*welcome)) error {
	space, err := s.cfg.Engine.Open(ctx, c.School())
	if err != nil {
		return err
	}
	key := welcomeKey{c.Viewer.GetSchool(), c.Viewer.GetPerson()}
	err = space.Update(ctx, func(tx store.Tx) error {
		w, err := welcomes.Get(tx, key.person)
		if errors.KindOf(err) == errors.NotFound {
			w, err = &welcome{ID: key.person}, nil
		}
		if err != nil {
			return err
		}
		change(w)
		return welcomes.Put(tx, w)
	})
	s.welcomes.Invalidate(key)
	return err
}

type welcomeKey struct{ school, person string }
