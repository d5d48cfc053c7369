package identity

import (
	"context"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// ChangePassword replaces the password of the session's person, ends all their
// sessions and tokens and returns the token of a new one in the same place. Errors name
// the fields "ancien" and "nouveau"; TooMany after too many wrong ones.
func (s *Service) ChangePassword(ctx context.Context, token, old, new, address string) (newToken string, sess *Session, err error) {
	sess, err = s.SessionOf(ctx, token)
	if err != nil {
		return "", nil, err
	}
	try, first, err := s.limits.begin(sess.Login, address)
	if err != nil {
		if first {
			err = errors.Join(err, s.refused(ctx, nil, audit.SignInLimited, sess.Login, address))
		}
		return "", nil, err
	}
	account, err := s.checkPassword(ctx, sess.Login, old)
	if err != nil {
		if errors.KindOf(err) != errors.Invalid {
			try.refund()
			return "", nil, err
		}
		return "", nil, errors.Field("ancien", "identity.password.wrong")
	}
	try.succeeded()
	if new == old || account.Generated && typed(new) == typed(old) {
		return "", nil, errors.Field("nouveau", "identity.password.same")
	}
	if err := checkNew(new, sess.Login, sess.Viewer.Name, sess.Profile); err != nil {
		return "", nil, err
	}
	hash, err := s.hasher.hash(ctx, new, s.hasher.strong)
	if err != nil {
		return "", nil, err
	}
	newToken, err = s.replace(ctx, sess, account.Hash, hash)
	if err != nil {
		return "", nil, err
	}
	err = s.audit.Record(ctx, audit.Entry{Actor: sess.Person, School: sess.School,
		Action: audit.PasswordChanged, Object: string(sess.Person), Address: address})
	if err != nil {
		return "", nil, err
	}
	sess, err = s.SessionOf(ctx, newToken)
	return newToken, sess, err
}

// replace stores the new hash, unless the password was changed meanwhile, and
// one new session in place of all.
func (s *Service) replace(ctx context.Context, sess *Session, before, hash string) (string, error) {
	token, id := newToken()
	now := s.now()
	var over []string
	err := s.global.Update(ctx, func(tx store.Tx) error {
		current, err := sessions.Get(tx, sess.ID)
		if err != nil {
			return ended()
		}
		_, err = accounts.Modify(tx, string(sess.Person), func(a *Account) error {
			if a.Hash != before {
				return errors.Field("ancien", "identity.password.wrong")
			}
			a.Hash, a.Generated, a.MustChange = hash, false, false
			return nil
		})
		if err != nil {
			return err
		}
		if over, err = endAll(tx, sess.Person); err != nil {
			return err
		}
		if err := endTokens(tx, sess.Person); err != nil {
			return err
		}
		current.ID, current.Seen = id, now
		return sessions.Insert(tx, current)
	})
	s.drop(over...)
	return token, err
}

// ResetPassword gives a member of the school a new first password, to be
// changed at the next sign-in, and ends their sessions and tokens. It is the only time
// the password is seen. Denied when the person is staff of another school,
// unless by is the operator.
func (s *Service) ResetPassword(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID) (*FirstPassword, error) {
	m, err := s.Member(ctx, school, person)
	if err != nil {
		return nil, err
	}
	account, err := s.Account(ctx, person)
	if err != nil {
		return nil, err
	}
	if m.Left {
		return nil, errors.New(errors.NotFound, "identity.person.unknown")
	}
	if by.Person != "" {
		if err := s.notStaffElsewhere(ctx, school, account); err != nil {
			return nil, err
		}
	}
	first, err := s.sheetLine(ctx, school, m)
	if err != nil {
		return nil, err
	}
	first.Login, first.Password = account.Login, firstPassword()
	hash, err := s.hasher.hash(ctx, typed(first.Password), light)
	if err != nil {
		return nil, err
	}
	// The journal first: no password is ever reset without a line about it.
	err = s.audit.Record(ctx, audit.Entry{Actor: by.Person, Address: by.Address, School: school,
		Action: audit.PasswordReset, Object: string(person)})
	if err != nil {
		return nil, err
	}
	var over []string
	err = s.global.Update(ctx, func(tx store.Tx) error {
		_, err := accounts.Modify(tx, string(person), func(a *Account) error {
			a.Hash, a.Generated, a.MustChange = hash, true, true
			return nil
		})
		if err != nil {
			return err
		}
		if over, err = endAll(tx, person); err != nil {
			return err
		}
		return endTokens(tx, person)
	})
	s.drop(over...)
	if err != nil {
		return nil, err
	}
	return first, nil
}

// notStaffElsewhere keeps one school from taking over the account of another
// school's head or teacher.
func (s *Service) notStaffElsewhere(ctx context.Context, school ids.SchoolID, a *Account) error {
	list, _, err := s.belongings(ctx, a)
	if err != nil {
		return err
	}
	for _, b := range list {
		if b.School != school && b.Profile != ids.Eleve && b.Profile != ids.Parent {
			return errors.New(errors.Denied, "identity.password.elsewhere")
		}
	}
	return nil
}

// sheetLine is what the printed sheet says of a member, without the password.
func (s *Service) sheetLine(ctx context.Context, school ids.SchoolID, m *Member) (*FirstPassword, error) {
	list, err := s.GroupsByID(ctx, school, m.Groups...)
	if err != nil {
		return nil, err
	}
	f := &FirstPassword{Person: m.Person(), FirstName: m.FirstName, LastName: m.LastName, Profile: m.Profile, Groups: []string{}}
	for _, g := range list {
		f.Groups = append(f.Groups, g.Name)
	}
	return f, nil
}
