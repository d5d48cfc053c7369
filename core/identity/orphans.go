package identity

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Orphans returns the logins of accounts that no school has as a member, also
// not as one who left, and how many accounts there are. An interrupted import
// leaves such accounts, and its second run takes them up. It walks over
// everybody: only the doctor asks.
func (s *Service) Orphans(ctx context.Context) (logins []string, all int, err error) {
	open := map[string]string{} // person → login of who has not been found
	bySchool := map[ids.SchoolID][]string{}
	global, err := s.engine.Open(ctx, store.Global)
	if err != nil {
		return nil, 0, err
	}
	err = global.View(ctx, func(tx store.Tx) error {
		clear(open)
		clear(bySchool)
		for a, err := range accounts.Range(tx, "") {
			if err != nil {
				return err
			}
			open[a.ID] = a.Login
			for _, school := range a.Schools {
				bySchool[school] = append(bySchool[school], a.ID)
			}
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	all = len(open)
	for school, people := range bySchool {
		space, err := s.engine.Open(ctx, school)
		if err != nil {
			return nil, 0, err
		}
		err = space.View(ctx, func(tx store.Tx) error {
			for _, id := range people {
				switch _, err := members.Get(tx, id); {
				case err == nil:
					delete(open, id)
				case errors.KindOf(err) != errors.NotFound:
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, 0, err
		}
	}
	for _, login := range open {
		logins = append(logins, login)
	}
	slices.Sort(logins)
	return logins, all, nil
}
