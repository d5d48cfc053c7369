package identity

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Account is how a person signs in, in all their schools.
type Account struct {
	ID         string         `json:"id"`                    // the person
	Login      string         `json:"login"`                 // as it is printed; compared folded
	Hash       string         `json:"hash,omitempty"`        // PHC string; empty: no password yet, cannot sign in
	Generated  bool           `json:"generated,omitempty"`   // the password is a first password
	MustChange bool           `json:"must_change,omitempty"` // at the next sign-in
	Schools    []ids.SchoolID `json:"schools,omitempty"`     // where a member may exist: the members decide
	Last       ids.SchoolID   `json:"last,omitempty"`        // of the last session
	Locale     string         `json:"locale,omitempty"`      // the person's choice; empty: the school's
	Appearance string         `json:"appearance,omitempty"`  // the person's choices, as the pages write them; empty: none
	Email      string         `json:"email,omitempty"`       // the person's own, confirmed; empty: what each school knows
	SignedIn   time.Time      `json:"signed_in,omitzero"`    // last time
}

// Person returns the account's identifier with its type.
func (a *Account) Person() ids.PersonID { return ids.PersonID(a.ID) }

// link says that a school's import means this person by a source key. It is
// written before the member exists, so that an import that was interrupted
// takes up the same account.
type link struct {
	ID     string       `json:"id"` // school + " " + source
	Person ids.PersonID `json:"person"`
}

func linkID(school ids.SchoolID, source string) string { return string(school) + " " + source }

// Account returns a person's account; NotFound when unknown.
func (s *Service) Account(ctx context.Context, person ids.PersonID) (a *Account, err error) {
	err = s.global.View(ctx, func(tx store.Tx) error {
		a, err = accounts.Get(tx, string(person))
		return personError(err)
	})
	return a, err
}

// PersonByLogin returns whose login it is; NotFound when nobody's.
func (s *Service) PersonByLogin(ctx context.Context, login string) (ids.PersonID, error) {
	a, err := s.accountByLogin(ctx, login)
	if err != nil {
		return "", err
	}
	return a.Person(), nil
}

func (s *Service) accountByLogin(ctx context.Context, login string) (a *Account, err error) {
	folded := Fold(login)
	if folded == "" || len(folded) > maxLogin {
		return nil, errors.New(errors.NotFound, "identity.person.unknown")
	}
	err = s.global.View(ctx, func(tx store.Tx) error {
		a, err = accounts.Find(tx, "login", folded)
		return personError(err)
	})
	return a, err
}

func personError(err error) error {
	if errors.KindOf(err) == errors.NotFound {
		return errors.Wrap(err, errors.NotFound, "identity.person.unknown")
	}
	return err
}
