package main

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// hoursMoved gives homework that waits for the school's hours of publishing the
// hour that it has by those of now, and has it told then.
func hoursMoved(ctx context.Context, e *sdk.Event) error {
	s := &e.Scope
	var waiting []*Homework
	err := s.Store.View(ctx, func(tx store.Tx) (err error) {
		waiting, err = all(homework.Range(tx, "announce", store.From(s.Now())))
		return err
	})
	if err != nil {
		return err
	}
	for _, h := range waiting {
		if h.Wanted.IsZero() {
			continue // the teacher chose that moment
		}
		if err := moveHomework(ctx, s, h); err != nil {
			return err
		}
	}
	return nil
}

// moveHomework asks when a homework may be seen now, and changes that if it is
// another moment.
func moveHomework(ctx context.Context, s *sdk.Scope, h *Homework) error {
	from := h.Wanted
	if from.Before(s.Now()) {
		from = s.Now()
	}
	next, _, err := s.Slots.Next(from, ids.Eleve, ids.Parent)
	if err != nil || next.Equal(h.VisibleFrom) {
		return err
	}
	a, err := audienceOf(s, h) // outside the transaction: it asks the core
	if err != nil {
		return err
	}
	moved := false
	err = s.Store.Update(ctx, func(tx store.Tx) error {
		now, err := homework.Get(tx, h.ID)
		if moved = err == nil && now.state() == h.state() && now.Announced.IsZero() && now.published(); !moved {
			return err
		}
		h.VisibleFrom = next
		if err := put(tx, h); err != nil {
			return err
		}
		if out, err := announceIn(tx, s, h, a); err != nil || out {
			return err
		}
		return tx.Emit(eventChanged, Happened{Homework: h.ID}, a.touched(h)...)
	})
	if err == nil && moved {
		untell(s, h)
		tellPublished(s, h, a)
	}
	return err
}

// wanted is when a homework that is being saved was to be seen before the school's
// hours were asked: what they had moved it to is nobody's wish.
func (s *sheetForm) wanted(now time.Time) time.Time {
	from := s.h.VisibleFrom
	if !s.was.Wanted.IsZero() && from.Equal(s.was.VisibleFrom.Truncate(time.Minute)) {
		from = s.was.Wanted
	}
	if from.Before(now) {
		return now
	}
	return from
}
