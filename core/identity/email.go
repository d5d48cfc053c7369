package identity

import (
	"context"
	"crypto/subtle"
	"net/mail"
	"strings"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// EmailAskLasts is within which an address of one's own is confirmed.
const EmailAskLasts = 24 * time.Hour

// Letters that ask for a confirmation: a person may have few sent, and so may
// nobody's address be filled with them by several.
var (
	rateEmailPerson  = rate{5, 10 * time.Minute}
	rateEmailAddress = rate{3, time.Hour}
)

// emailAsk is an address that a person gave and has not confirmed yet: one each.
type emailAsk struct {
	ID      string    `json:"id"` // the person
	Address string    `json:"address"`
	Hash    string    `json:"hash"` // of the secret that was sent there
	Ends    time.Time `json:"ends"`
}

// emailAsks is in the space of no school.
var emailAsks = store.NewCollection[emailAsk]("identity.emailasks")

// checkEmail tidies an address; Invalid names the field courriel.
func checkEmail(address string) (string, error) {
	address = strings.TrimSpace(address)
	if a, err := mail.ParseAddress(address); err != nil || a.Address != address || len(address) > 200 {
		return "", errors.Field("courriel", "identity.person.email")
	}
	return address, nil
}

// EmailOf returns the address that a member is written to: their own when they
// confirmed one, else the school's; "" when neither is known.
func (s *Service) EmailOf(ctx context.Context, m *Member) (string, error) {
	a, err := s.Account(ctx, m.Person())
	if err != nil && errors.KindOf(err) != errors.NotFound {
		return "", err
	}
	if err == nil && a.Email != "" {
		return a.Email, nil
	}
	return m.Email, nil
}

// AskEmail has send write a secret to an address that a person gives as their
// own, and awaits [Service.ConfirmEmail]; an earlier one is not awaited any more.
// Invalid names the field courriel; TooMany says to wait (n: minutes).
func (s *Service) AskEmail(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID, address string, send func(to, secret string) error) error {
	address, err := checkEmail(address)
	if err != nil {
		return err
	}
	a, err := s.Account(ctx, person)
	if err != nil {
		return err
	}
	if a.Email == address {
		return errors.Field("courriel", "identity.email.same")
	}
	for _, one := range []struct { // the person's own first: who may ask no more takes nothing from anybody's address
		key string
		rate
	}{{"e " + string(person), rateEmailPerson}, {"@ " + strings.ToLower(address), rateEmailAddress}} {
		if err := s.limits.spend(one.key, one.rate, "identity.email.toomany"); err != nil {
			return err
		}
	}
	if err := s.recordEmail(ctx, by, school, person, "asked"); err != nil {
		return err
	}
	secret, hash := newToken()
	if err := send(address, secret); err != nil {
		return err
	}
	return s.global.Update(ctx, func(tx store.Tx) error {
		return emailAsks.Put(tx, &emailAsk{ID: string(person), Address: address, Hash: hash, Ends: s.now().Add(EmailAskLasts)})
	})
}

// EmailAsked returns the address that a person has still to confirm, "" for none.
func (s *Service) EmailAsked(ctx context.Context, person ids.PersonID) (address string, err error) {
	err = s.global.View(ctx, func(tx store.Tx) error {
		k, err := s.emailAsk(tx, person)
		if k != nil {
			address = k.Address
		}
		return err
	})
	return address, err
}

// EmailMeant returns the address that a secret confirms for a person; NotFound
// for a secret that is over, was used, or is another person's.
func (s *Service) EmailMeant(ctx context.Context, person ids.PersonID, secret string) (address string, err error) {
	err = s.global.View(ctx, func(tx store.Tx) error {
		k, err := s.emailMeant(tx, person, secret)
		if err == nil {
			address = k.Address
		}
		return err
	})
	return address, err
}

// ConfirmEmail makes the address that a secret was sent to the one its person is
// written to, in all their schools, and returns it. A secret serves once; the
// errors are those of [Service.EmailMeant].
func (s *Service) ConfirmEmail(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID, secret string) (address string, err error) {
	if _, err := s.EmailMeant(ctx, person, secret); err != nil {
		return "", err
	}
	if err := s.recordEmail(ctx, by, school, person, "confirmed"); err != nil {
		return "", err
	}
	err = s.global.Update(ctx, func(tx store.Tx) error {
		k, err := s.emailMeant(tx, person, secret)
		if err != nil {
			return err
		}
		address = k.Address
		if _, err := accounts.Modify(tx, k.ID, func(a *Account) error { a.Email = k.Address; return nil }); err != nil {
			return personError(err)
		}
		return emailAsks.Delete(tx, k.ID)
	})
	return address, err
}

// ForgetEmail has a person written to at the school's address again, and awaits
// no confirmation any more.
func (s *Service) ForgetEmail(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID) error {
	if err := s.recordEmail(ctx, by, school, person, "forgotten"); err != nil {
		return err
	}
	return s.global.Update(ctx, func(tx store.Tx) error {
		if _, err := accounts.Modify(tx, string(person), func(a *Account) error { a.Email = ""; return nil }); err != nil {
			return personError(err)
		}
		if err := emailAsks.Delete(tx, string(person)); errors.KindOf(err) != errors.NotFound {
			return err
		}
		return nil
	})
}

// emailAsk returns what a person has still to confirm, nil for nothing.
func (s *Service) emailAsk(tx store.Tx, person ids.PersonID) (*emailAsk, error) {
	k, err := emailAsks.Get(tx, string(person))
	if errors.KindOf(err) == errors.NotFound || err == nil && !s.now().Before(k.Ends) {
		return nil, nil //nolint:nilnil // nothing is awaited
	}
	return k, err
}

func (s *Service) emailMeant(tx store.Tx, person ids.PersonID, secret string) (*emailAsk, error) {
	k, err := s.emailAsk(tx, person)
	if err != nil {
		return nil, err
	}
	if k == nil || subtle.ConstantTimeCompare([]byte(k.Hash), []byte(tokenID(secret))) != 1 {
		return nil, errors.New(errors.NotFound, "identity.email.gone")
	}
	return k, nil
}

// recordEmail notes what became of an address, not the address: it is nobody's
// business but the person's.
func (s *Service) recordEmail(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID, change string) error {
	return s.audit.Record(ctx, audit.Entry{Actor: by.Person, Address: by.Address, School: school, Action: audit.EmailChanged,
		Object: string(person), Details: map[string]string{"change": change}})
}
