package identity

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Switch moves a session to another school of the person; Denied when it is
// not one.
func (s *Service) Switch(ctx context.Context, token string, school ids.SchoolID) (*Session, error) {
	sess, err := s.SessionOf(ctx, token)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(sess.Schools, func(b Belonging) bool { return b.School == school }) {
		return nil, errors.New(errors.Denied, "identity.school.notyours")
	}
	return s.alter(ctx, token, func(st *stored, a *Account) {
		if st.School != school {
			st.School, st.Child, a.Last = school, "", school
		}
	})
}

// LookAt chooses the child a guardian looks at; empty means all, Denied when
// it is not their child in this school.
func (s *Service) LookAt(ctx context.Context, token string, child ids.PersonID) (*Session, error) {
	sess, err := s.SessionOf(ctx, token)
	if err != nil {
		return nil, err
	}
	if child != "" {
		ok, err := s.GuardianOf(ctx, sess.School, sess.Person, child)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, errors.New(errors.Denied, "identity.child.notyours")
		}
	}
	return s.alter(ctx, token, func(st *stored, _ *Account) { st.Child = child })
}

// SetLocale chooses the person's language by its tag.
func (s *Service) SetLocale(ctx context.Context, token, locale string) (*Session, error) {
	if !isLanguage(locale) {
		return nil, errors.Field("langue", "identity.school.locale")
	}
	sess, err := s.SessionOf(ctx, token)
	if err != nil {
		return nil, err
	}
	if _, err = s.alter(ctx, token, func(_ *stored, a *Account) { a.Locale = locale }); err != nil {
		return nil, err
	}
	if err := s.dropAll(ctx, sess.Person); err != nil { // the person's other devices too
		return nil, err
	}
	return s.SessionOf(ctx, token)
}

// alter changes a session and its account in one transaction.
func (s *Service) alter(ctx context.Context, token string, change func(*stored, *Account)) (*Session, error) {
	id := tokenID(token)
	err := s.global.Update(ctx, func(tx store.Tx) error {
		st, err := sessions.Get(tx, id)
		if errors.KindOf(err) == errors.NotFound {
			return ended()
		}
		if err != nil {
			return err
		}
		a, err := accounts.Get(tx, string(st.Person))
		if err != nil {
			return err
		}
		change(st, a)
		if err := sessions.Put(tx, st); err != nil {
			return err
		}
		return accounts.Put(tx, a)
	})
	s.drop(id)
	if err != nil {
		return nil, err
	}
	return s.SessionOf(ctx, token)
}
