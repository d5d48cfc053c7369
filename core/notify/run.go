package notify

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store"
)

const (
	atMost  = time.Minute // Run looks at least that often: the clock may have been set, the machine slept
	soonest = time.Second // and no more often, but when something was sent
	workers = 4           // letters on their way at once
	portion = 500         // notices shown in one transaction
)

// Run tells people what is due, when it is, until ctx ends.
func (s *Service) Run(ctx context.Context) {
	for {
		next, err := s.Round(ctx)
		if err != nil && ctx.Err() == nil {
			s.tools.Log.Error("notices not told", "err", err)
		}
		wait := atMost
		if !next.IsZero() {
			wait = min(max(next.Sub(s.now()), soonest), atMost)
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-s.woken:
			timer.Stop()
		case <-timer.C:
		}
	}
}

// wake has Run look again.
func (s *Service) wake() {
	select {
	case s.woken <- struct{}{}:
	default:
	}
}

// errand is a person to be told by one way.
type errand struct {
	person ids.PersonID
	way    manifest.Way
}

// Round does all that is due by now and returns when something is due next,
// zero when nothing is.
func (s *Service) Round(ctx context.Context) (next time.Time, err error) {
	s.rounds.Lock()
	defer s.rounds.Unlock()
	schools, err := s.engine.Spaces(ctx)
	if err != nil {
		return next, err
	}
	now := s.now()
	var failed error
	errands := map[errand][]ids.SchoolID{}
	for _, school := range schools {
		if school == store.Global {
			continue
		}
		failed = errors.Join(failed, s.show(ctx, school, now))
		failed = errors.Join(failed, s.due(ctx, school, now, errands))
	}
	failed = errors.Join(failed, s.runAll(ctx, errands))
	for _, school := range schools {
		if school == store.Global {
			continue
		}
		first, err := s.first(ctx, school)
		failed = errors.Join(failed, err)
		if !first.IsZero() && (next.IsZero() || first.Before(next)) {
			next = first
		}
	}
	return next, failed
}

// due gathers whom to tell in a school.
func (s *Service) due(ctx context.Context, school ids.SchoolID, now time.Time, into map[errand][]ids.SchoolID) error {
	return s.view(ctx, school, func(tx store.Tx) error {
		for k, err := range notices.Range(tx, "due", store.To(now)) {
			if err != nil {
				return err
			}
			for _, d := range k.Owed {
				if d.Way != showing && !d.Due.After(now) {
					e := errand{k.Person, d.Way}
					if !slices.Contains(into[e], school) {
						into[e] = append(into[e], school)
					}
				}
			}
		}
		return nil
	})
}

// first is when the next thing in a school is due.
func (s *Service) first(ctx context.Context, school ids.SchoolID) (at time.Time, err error) {
	return at, s.view(ctx, school, func(tx store.Tx) error {
		for k, err := range notices.Range(tx, "due", store.Limit(1)) {
			if err != nil {
				return err
			}
			for _, d := range k.Owed {
				if at.IsZero() || d.Due.Before(at) {
					at = d.Due
				}
			}
		}
		return nil
	})
}

// runAll tells people, a few at a time; one who cannot be reached stops nobody else.
func (s *Service) runAll(ctx context.Context, errands map[errand][]ids.SchoolID) error {
	var all errgroup.Group
	all.SetLimit(workers)
	failures := make(chan error, len(errands))
	for e, schools := range errands {
		all.Go(func() error {
			if ctx.Err() == nil {
				failures <- s.run(ctx, e, schools)
			}
			return nil
		})
	}
	_ = all.Wait() // every failure went through the channel
	close(failures)
	var err error
	for f := range failures {
		err = errors.Join(err, f)
	}
	return err
}

// show puts into the lists what waited for the school's hours.
func (s *Service) show(ctx context.Context, school ids.SchoolID, now time.Time) error {
	for {
		held, err := s.held(ctx, school, now)
		if err != nil || len(held) == 0 {
			return err
		}
		people := make([]ids.PersonID, len(held))
		for i, k := range held {
			people[i] = k.Person
		}
		p, err := s.prepare(ctx, school, people)
		if err != nil {
			return err
		}
		shown := map[ids.ModuleID][]*kept{}
		err = s.update(ctx, school, func(tx store.Tx) error {
			clear(shown)
			for _, was := range held {
				k, err := notices.Get(tx, was.ID)
				if errors.KindOf(err) == errors.NotFound {
					continue // replaced or taken back meanwhile
				}
				if err != nil {
					return err
				}
				if at, waits := p.waits(k); waits {
					if err := k.wait(tx, at); err != nil {
						return err
					}
					continue
				}
				if err := notices.Delete(tx, k.ID); err != nil {
					return err
				}
				if !p.fit(k) {
					continue // the school has taken the permission away since
				}
				k.Held, k.Ready, k.Owed = false, time.Time{}, nil
				s.owe(p, k)
				fresh, err := s.leave(tx, p, k)
				if err != nil {
					return err
				}
				if fresh && k.listed() {
					shown[k.Module] = append(shown[k.Module], k)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for module, fresh := range shown {
			err = errors.Join(err, s.announce(ctx, school, module, fresh))
		}
		if err != nil {
			return err
		}
	}
}

// waits reports until when a notice goes on waiting whose hour has come: the school
// has other hours since it was given that one.
func (p *placing) waits(k *kept) (at time.Time, waits bool) {
	if k.Ready.IsZero() {
		return at, false
	}
	at = p.hours.Next(k.At.In(p.zone))
	return at, at.After(p.now)
}

// held returns a portion of what is to be shown by now.
func (s *Service) held(ctx context.Context, school ids.SchoolID, now time.Time) (list []*kept, err error) {
	return list, s.view(ctx, school, func(tx store.Tx) error {
		for k, err := range notices.Range(tx, "due", store.To(now)) {
			if err != nil {
				return err
			}
			if k.Held && len(list) < portion {
				list = append(list, k)
			}
		}
		return nil
	})
}
