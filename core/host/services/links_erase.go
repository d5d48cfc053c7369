package services

import (
	"context"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// EraseModule forgets every personal link into a module of a school.
func (s *Links) EraseModule(ctx context.Context, school ids.SchoolID, module ids.ModuleID) error {
	space, err := s.Engine.Open(ctx, school)
	if err != nil {
		return err
	}
	return space.Update(ctx, func(tx store.Tx) error {
		var found []string
		for l, err := range links.Range(tx, "") {
			if err != nil {
				return err
			}
			if l.Module == module {
				found = append(found, l.ID)
			}
		}
		for _, id := range found {
			if err := links.Delete(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}
