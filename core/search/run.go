package search

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Pauses after a school's index could not be brought up to date, doubling.
const (
	firstPause = time.Second
	lastPause  = time.Minute
)

// wake has a school worked at at that moment, or earlier when it already was to
// be.
func (s *Service) wake(school ids.SchoolID, at time.Time) {
	s.mu.Lock()
	if was, ok := s.dirty[school]; !ok || at.Before(was) {
		s.dirty[school] = at
	}
	s.mu.Unlock()
	select {
	case s.woken <- struct{}{}:
	default:
	}
}

// run works at one school after the other: filling is not urgent, and pages are.
func (s *Service) run(ctx context.Context) {
	for ctx.Err() == nil {
		school, wait := s.next()
		if school != "" {
			s.tend(ctx, school)
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-s.woken:
		case <-timer.C:
		}
		timer.Stop()
		s.shelf.idle(s.cfg.Idle)
	}
}

// next takes the school whose time came first off the list, or says how long
// nobody's will.
func (s *Service) next() (school ids.SchoolID, wait time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var first time.Time
	for id, at := range s.dirty {
		if school == "" || at.Before(first) {
			school, first = id, at
		}
	}
	wait = s.cfg.Idle
	if school == "" {
		return "", wait
	}
	if until := first.Sub(s.cfg.Now()); until > 0 {
		return "", min(wait, until)
	}
	delete(s.dirty, school)
	return school, 0
}

// tend brings a school up to date and notes when to look next.
func (s *Service) tend(ctx context.Context, school ids.SchoolID) {
	end := s.turn(school)
	err := s.work(ctx, school, func(string, int) {})
	end()
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.mu.Lock()
		pause := min(lastPause, firstPause<<min(s.tries[school], 10))
		s.tries[school]++
		s.mu.Unlock()
		level := s.cfg.Log.Warn
		if errors.KindOf(err) == errors.Unavailable {
			level = s.cfg.Log.Debug // a module that is not there yet
		}
		level("search: an index has to wait", "school", school, "err", err)
		s.wake(school, s.cfg.Now().Add(pause))
		return
	}
	s.mu.Lock()
	delete(s.tries, school)
	s.mu.Unlock()
	if _, next, err := s.due(ctx, school, 1); err == nil && !next.IsZero() {
		s.wake(school, next)
	}
}
