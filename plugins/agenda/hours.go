package main

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// hoursMoved has families see what waits for the school's hours of publishing at
// the hour that it has by those of now, and be told of it then.
func hoursMoved(ctx context.Context, e *sdk.Event) error {
	s := &e.Scope
	var waiting []*Entry
	lessons := map[Calendar][]*Entry{} // that were imported
	none := true
	err := s.Store.View(ctx, func(tx store.Tx) error {
		for e, err := range entries.Range(tx, "visible", store.From(s.Now())) {
			if err != nil {
				return err
			}
			if none = false; e.UID != "" {
				lessons[e.Calendar] = append(lessons[e.Calendar], e)
			} else {
				waiting = append(waiting, e)
			}
		}
		return nil
	})
	if err != nil || none {
		return err
	}
	next, _, err := s.Slots.Next(s.Now(), ids.Eleve, ids.Parent)
	for _, e := range waiting {
		if err == nil && !next.Equal(e.VisibleFrom) {
			err = moveEntry(ctx, s, e, next)
		}
	}
	for c, list := range lessons {
		if err == nil {
			err = moveLessons(ctx, s, c, list, next)
		}
	}
	return err
}

// moveEntry has families see an entry at another moment than was thought, unless
// they see it by now.
func moveEntry(ctx context.Context, s *sdk.Scope, e *Entry, at time.Time) error {
	people, err := touched(s, e.Calendar) // outside the transaction: it asks the core
	if err != nil {
		return err
	}
	var moved *Entry
	err = s.Store.Update(ctx, func(tx store.Tx) error {
		moved = nil // the function may run again
		now, err := entries.Get(tx, e.ID)
		if err != nil || now.state() != e.state() || !now.VisibleFrom.Equal(e.VisibleFrom) {
			return err
		}
		now.VisibleFrom = at
		if err := keep(tx, now, s.Now()); err != nil {
			return err
		}
		moved = now
		return tx.Emit(eventChanged, Changed{now.Calendar, now.ID}, people...)
	})
	if err != nil || moved == nil {
		return err
	}
	withdraw(s, noticeKey(moved.ID))
	o, _ := moved.at(moved.Start.Unix())
	o.tell(ctx, s, moved, nil, moved) // the staff knows it as it is
	return nil
}
