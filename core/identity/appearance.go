package identity

import (
	"context"

	"github.com/preau-ent/preau/sdk/errors"
)

// maxAppearance bounds what is kept of a person's choices.
const maxAppearance = 100

// SetAppearance keeps how a person wants pages to look, on all their devices
// and in all their schools. What it says is the pages' business: here it is a
// few words, Invalid when they are too long.
func (s *Service) SetAppearance(ctx context.Context, token, appearance string) (*Session, error) {
	if len(appearance) > maxAppearance {
		return nil, errors.New(errors.Invalid, "identity.appearance")
	}
	sess, err := s.alter(ctx, token, func(_ *stored, a *Account) { a.Appearance = appearance })
	if err != nil {
		return nil, err
	}
	if err := s.dropAll(ctx, sess.Person); err != nil { // the person's other devices too
		return nil, err
	}
	return s.SessionOf(ctx, token)
}
