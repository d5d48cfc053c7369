package identity

import (
	"context"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// CancelEmail awaits no confirmation of a person's any more: the link that was
// sent is over, and they are written to as before. Nothing when none is awaited.
func (s *Service) CancelEmail(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID) error {
	asked, err := s.EmailAsked(ctx, person)
	if err != nil || asked == "" {
		return err
	}
	if err := s.recordEmail(ctx, by, school, person, "cancelled"); err != nil {
		return err
	}
	return s.global.Update(ctx, func(tx store.Tx) error {
		if err := emailAsks.Delete(tx, string(person)); errors.KindOf(err) != errors.NotFound {
			return err
		}
		return nil
	})
}
