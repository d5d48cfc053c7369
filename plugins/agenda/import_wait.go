package main

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// opens is from when families may see what is imported now, zero for at once.
func opens(r *sdk.Request) (time.Time, error) {
	from, held, err := r.Slots.Next(r.Now(), ids.Eleve, ids.Parent)
	if err != nil || !held {
		return time.Time{}, err
	}
	return from, nil
}

// wait has families see what is new at the moment given. A plan that changes or
// takes away what they know is a correction, which they see at once as they see
// what is changed by hand: a lesson that moved would else be nowhere until then.
func (p *Plan) wait(from, now time.Time) {
	if from.IsZero() || len(p.Create) == 0 {
		return
	}
	for _, list := range [][]*Entry{p.Change, p.Remove} {
		for _, e := range list {
			if !now.Before(e.VisibleFrom) {
				return
			}
		}
	}
	for _, e := range p.Create {
		e.VisibleFrom = from
	}
	p.Opens = from
}

// moveLessons has families see imported entries of one calendar at another moment
// than was thought. Nobody is told of an import, so nobody is told of that.
func moveLessons(ctx context.Context, s *sdk.Scope, c Calendar, lessons []*Entry, at time.Time) error {
	people, err := touched(s, c) // outside the transaction: it asks the core
	if err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx store.Tx) error {
		moved := 0
		for _, e := range lessons {
			now, err := entries.Get(tx, e.ID)
			if errors.KindOf(err) == errors.NotFound || err == nil && (!now.VisibleFrom.Equal(e.VisibleFrom) || now.VisibleFrom.Equal(at)) {
				continue
			}
			if err != nil {
				return err
			}
			now.VisibleFrom = at
			if err := keep(tx, now, s.Now()); err != nil {
				return err
			}
			moved++
		}
		if moved == 0 {
			return nil
		}
		return tx.Emit(eventChanged, Changed{Calendar: c}, people...)
	})
}
