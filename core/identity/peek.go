package identity

import "context"

// Peek returns the session of this ID without counting as a request: what goes
// on by itself (an open stream, a bell on a page) keeps nobody signed in. SignIn
// when it has ended.
func (s *Service) Peek(ctx context.Context, id string) (*Session, error) {
	p, err := s.session(ctx, id)
	if err != nil {
		return nil, err
	}
	if p.expired(s.now()) {
		return nil, ended()
	}
	return p.Session, nil
}
