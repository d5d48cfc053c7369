package identity

import (
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// SignIn opens a session. The errors are: Invalid "identity.signin.wrong"
// (whatever was wrong), TooMany "identity.signin.toomany" (n: minutes to
// wait), Denied "identity.signin.nowhere" (no school any more), Unavailable
// "identity.signin.busy".
func (s *Service) SignIn(ctx context.Context, login, password, address string) (token string, sess *Session, err error) {
	try, first, err := s.limits.begin(login, address)
	if err != nil {
		if first { // one line in the journal, not one per attempt
			err = errors.Join(err, s.refused(ctx, nil, audit.SignInLimited, login, address))
		}
		return "", nil, err
	}
	account, err := s.checkPassword(ctx, login, password)
	if err != nil {
		if errors.KindOf(err) != errors.Invalid {
			try.refund() // not a wrong password
			return "", nil, err
		}
		return "", nil, errors.Join(err, s.refused(ctx, account, audit.SignInRefused, login, address))
	}
	try.succeeded()
	list, staff, err := s.belongings(ctx, account)
	if err != nil {
		return "", nil, err
	}
	if len(list) == 0 {
		err := errors.New(errors.Denied, "identity.signin.nowhere")
		return "", nil, errors.Join(err, s.refused(ctx, account, audit.SignInRefused, login, address))
	}
	school := list[0].School
	if slices.ContainsFunc(list, func(b Belonging) bool { return b.School == account.Last }) {
		school = account.Last
	}
	err = s.audit.Record(ctx, audit.Entry{Actor: account.Person(), School: school, Action: audit.SignIn, Address: address})
	if err != nil {
		return "", nil, err
	}
	token, err = s.open(ctx, account, school, staff)
	if err != nil {
		return "", nil, err
	}
	sess, err = s.SessionOf(ctx, token)
	return token, sess, err
}

// checkPassword returns the account of a login when the password is right, and
// Invalid otherwise, after the same time whether the login exists or not. With
// Invalid it still returns the account, if there is one, for the journal.
func (s *Service) checkPassword(ctx context.Context, login, password string) (*Account, error) {
	account, err := s.accountByLogin(ctx, login)
	if err != nil && errors.KindOf(err) != errors.NotFound {
		return nil, err
	}
	hash := ""
	if account != nil {
		hash = account.Hash
		if account.Generated {
			password = typed(password)
		}
	}
	if len(password) > 4*maxPassword {
		hash = ""
		password = password[:4*maxPassword]
	}
	ok, err := s.hasher.check(ctx, hash, password)
	if err != nil {
		return nil, err
	}
	if !ok {
		return account, errors.New(errors.Invalid, "identity.signin.wrong")
	}
	return account, nil
}

// open stores a new session, and sweeps away some that ended long ago.
func (s *Service) open(ctx context.Context, a *Account, school ids.SchoolID, staff bool) (string, error) {
	token, id := newToken()
	now := s.now()
	err := s.global.Update(ctx, func(tx store.Tx) error {
		_, err := accounts.Modify(tx, a.ID, func(a *Account) error {
			a.SignedIn, a.Last = now, school
			return nil
		})
		if err != nil {
			return err
		}
		if err := sweep(tx, now); err != nil {
			return err
		}
		return sessions.Insert(tx, &stored{ID: id, Person: a.Person(), School: school,
			Created: now, Seen: now, Ends: now.Add(s.lifetime(staff).Absolute), Agent: agentOf(ctx)})
	})
	return token, err
}

// sweep deletes a few sessions that are over: more than one sign-in adds.
func sweep(tx store.Tx, now time.Time) error {
	var over []string
	for st, err := range sessions.Range(tx, "ends", store.To(now), store.Limit(4)) {
		if err != nil {
			return err
		}
		over = append(over, st.ID)
	}
	for _, id := range over {
		if err := sessions.Delete(tx, id); err != nil {
			return err
		}
	}
	return nil
}

// refused notes a refusal in the journal of the account's last school, or of no
// school when the login is nobody's. What was typed is noted only for a known
// login: people type passwords into the wrong field.
func (s *Service) refused(ctx context.Context, a *Account, action audit.Action, login, address string) error {
	e := audit.Entry{Action: action, Address: address}
	if a == nil {
		a, _ = s.accountByLogin(ctx, login)
	}
	if a != nil {
		e.Object, e.Details = a.ID, map[string]string{"login": a.Login}
		e.School = a.Last
		if e.School == "" && len(a.Schools) > 0 {
			e.School = a.Schools[0]
		}
	}
	return s.audit.Record(ctx, e)
}

// SignOut ends the session of a token; an unknown token is no error.
func (s *Service) SignOut(ctx context.Context, token, address string) error {
	st, err := s.readSession(ctx, tokenID(token))
	if errors.KindOf(err) == errors.SignIn {
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.revoke(ctx, st.ID); err != nil {
		return err
	}
	return s.audit.Record(ctx, audit.Entry{Actor: st.Person, School: st.School, Action: audit.SignOut, Address: address})
}

// SignOutEverywhere ends all sessions of a person.
func (s *Service) SignOutEverywhere(ctx context.Context, person ids.PersonID) error {
	var list []string
	err := s.global.Update(ctx, func(tx store.Tx) (err error) {
		list, err = endAll(tx, person)
		return err
	})
	s.drop(list...)
	return err
}
