package notify

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/sdk/ids"
)

// remembered is how many notices the service knows the showing of; of older ones
// nobody asks any more.
const remembered = 16_384

// showings remembers when notices came to stand in lists. That is later than
// their own time, which is the sender's or the hour they waited for: who asks in
// between what is new must hear of them the next time.
type showings struct {
	at *otter.Cache[string, time.Time]
}

func newShowings() showings {
	return showings{otter.Must(&otter.Options[string, time.Time]{MaximumSize: remembered})}
}

// of is when a notice came to stand in a list: its own time when it is not known
// any more, or another process showed it.
func (s showings) of(k *kept) time.Time {
	if at, ok := s.at.GetIfPresent(k.ID); ok && at.After(k.At) {
		return at
	}
	return k.At
}

// announce publishes that these notices stand in lists now, once they are kept.
func (s *Service) announce(ctx context.Context, school ids.SchoolID, module ids.ModuleID, fresh []*kept) error {
	people, now := make([]ids.PersonID, len(fresh)), s.now()
	for i, k := range fresh {
		s.shown.at.Set(k.ID, now)
		people[i] = k.Person
	}
	return s.tell(ctx, EventName, school, module, people)
}

// tell publishes that the lists of people changed.
func (s *Service) tell(ctx context.Context, name string, school ids.SchoolID, module ids.ModuleID, people []ids.PersonID) error {
	if s.bus == nil || len(people) == 0 {
		return nil
	}
	return s.bus.Publish(ctx, events.Event{Name: name, School: school, Source: module, People: people, At: s.now()})
}
