package identity

import (
	"context"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// Prune forgets for good what is kept for a time that is over: addresses that were
// not confirmed, which may be a stranger's, and deleted classes and groups, which
// say who was in them. The core has it done every day; what fails in one school is
// done in the others.
func (s *Service) Prune(ctx context.Context) error {
	err := prune(ctx, s.global, s.overAsks, emailAsks.Delete)
	list, failed := s.Schools(ctx)
	err = errors.Join(err, failed)
	for _, school := range list {
		space, failed := s.space(ctx, school.ID)
		if failed == nil {
			failed = prune(ctx, space, s.overGroups, binned.Delete)
		}
		err = errors.Join(err, failed)
	}
	return err
}

// prune deletes from a space what is over, and writes nothing when nothing is.
func prune(ctx context.Context, space store.Space, over func(store.Tx) ([]string, error), forget func(store.Tx, string) error) error {
	some := false
	err := space.View(ctx, func(tx store.Tx) error {
		list, err := over(tx)
		some = len(list) > 0
		return err
	})
	if err != nil || !some {
		return err
	}
	return space.Update(ctx, func(tx store.Tx) error {
		list, err := over(tx) // it may have come back, or been asked anew
		for _, id := range list {
			if err == nil {
				err = forget(tx, id)
			}
		}
		return err
	})
}

// overAsks lists who was asked to confirm an address and cannot any more. There are
// few at a time: one for each person who asked lately.
func (s *Service) overAsks(tx store.Tx) (list []string, err error) {
	now := s.now()
	for k, err := range emailAsks.Range(tx, "") {
		if err != nil {
			return nil, err
		}
		if !now.Before(k.Ends) {
			list = append(list, k.ID)
		}
	}
	return list, nil
}

// overGroups lists the deleted groups that cannot come back any more.
func (s *Service) overGroups(tx store.Tx) (list []string, err error) {
	for d, err := range binned.Range(tx, "at", store.To(s.now().Add(-GroupKept))) {
		if err != nil {
			return nil, err
		}
		list = append(list, d.ID)
	}
	return list, nil
}
