package identity

import (
	"context"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// ViewerOf returns a person as a session of theirs would, without one: for
// their personal links. NotFound when they are unknown, left the school, or
// still have to replace a first password.
func (s *Service) ViewerOf(ctx context.Context, school ids.SchoolID, person ids.PersonID) (v *wire.Viewer, roles []string, err error) {
	account, err := s.Account(ctx, person)
	if err != nil {
		return nil, nil, err
	}
	if account.MustChange {
		return nil, nil, errors.New(errors.NotFound, "identity.person.unknown")
	}
	sess := &Session{Person: person, School: school}
	if err := s.fillIn(ctx, sess, account, ""); err != nil {
		return nil, nil, err
	}
	return sess.Viewer, sess.Roles, nil
}
