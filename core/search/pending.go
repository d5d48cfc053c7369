package search

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// pending is one document to be asked for again, not before its hour. It is
// written before whoever said so is answered, and goes once the index has what
// came of it: no crash forgets a change.
type pending struct {
	ID       string    `json:"id"`
	Source   string    `json:"source"`
	Document string    `json:"document"` // empty: all of the source
	At       time.Time `json:"at"`
}

var waiting = store.NewCollection("search.pending",
	store.Index("at", func(p *pending) store.Key { return store.K(p.At, p.ID) }))

// remember has documents of a source asked for again from that moment on.
func (s *Service) remember(ctx context.Context, school ids.SchoolID, list ...*pending) error {
	if len(list) == 0 {
		return nil
	}
	space, err := s.cfg.Engine.Open(ctx, school)
	if err != nil {
		return err
	}
	return space.Update(ctx, func(tx store.Tx) error {
		for _, p := range list {
			one := *p
			if err := waiting.Insert(tx, &one); err != nil {
				return err
			}
		}
		return nil
	})
}

// due returns what is to be asked for by now, oldest first and at most limit,
// and when the next one will be; zero: nothing waits.
func (s *Service) due(ctx context.Context, school ids.SchoolID, limit int) (list []*pending, next time.Time, err error) {
	space, err := s.cfg.Engine.Open(ctx, school)
	if err != nil {
		return nil, time.Time{}, err
	}
	now := s.cfg.Now()
	err = space.View(ctx, func(tx store.Tx) error {
		list, next = nil, time.Time{}
		for p, err := range waiting.Range(tx, "at") {
			if err != nil {
				return err
			}
			if p.At.After(now) || len(list) == limit {
				next = p.At
				return nil
			}
			list = append(list, p)
		}
		return nil
	})
	return list, next, err
}

// done forgets what was asked for.
func (s *Service) done(ctx context.Context, school ids.SchoolID, list []*pending) error {
	if len(list) == 0 {
		return nil
	}
	space, err := s.cfg.Engine.Open(ctx, school)
	if err != nil {
		return err
	}
	return space.Update(ctx, func(tx store.Tx) error {
		for _, p := range list {
			if err := waiting.Delete(tx, p.ID); err != nil && errors.KindOf(err) != errors.NotFound {
				return err
			}
		}
		return nil
	})
}
