package files

import (
	"context"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// EraseModule removes every file that a module stored in a school.
func (s *Store) EraseModule(ctx context.Context, school ids.SchoolID, module ids.ModuleID) error {
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return err
	}
	var found []string
	err = space.View(ctx, func(tx store.Tx) error {
		found = nil
		for i, err := range entries.Range(tx, "module", store.Prefix(module)) {
			if err != nil {
				return err
			}
			found = append(found, i.ID)
		}
		return nil
	})
	for _, id := range found {
		if err == nil || errors.KindOf(err) == errors.NotFound {
			err = s.Delete(ctx, school, module, id)
		}
	}
	if errors.KindOf(err) == errors.NotFound { // somebody was quicker
		return nil
	}
	return err
}
