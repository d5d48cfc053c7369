package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// MakeToken stores a token of t's person, school, name, scopes and end, and
// returns its secret, which nobody sees again. Invalid names the field that is
// wrong (nom, droits, duree); Conflict when there are [MaxTokens].
func (s *Service) MakeToken(ctx context.Context, by audit.By, t Token) (secret string, made *Token, err error) {
	t.Scopes = slices.Compact(slices.Sorted(slices.Values(t.Scopes)))
	t.Created, t.Used = s.now(), time.Time{}
	if err := t.check(t.Created); err != nil {
		return "", nil, err
	}
	if _, _, err := s.ViewerOf(ctx, t.School, t.Person); err != nil {
		return "", nil, err
	}
	secret, _ = newToken()
	secret = TokenPrefix + secret
	t.ID = tokenID(secret)
	// The journal first: no token is ever made without a line about it.
	err = s.audit.Record(ctx, audit.Entry{Actor: by.Person, Address: by.Address, School: t.School, Action: audit.TokenCreated,
		Object: string(t.Person), Details: map[string]string{"name": t.Name, "scopes": strings.Join(t.Scopes, " "), "until": t.Expires.Format(time.DateOnly)}})
	if err != nil {
		return "", nil, err
	}
	err = s.global.Update(ctx, func(tx store.Tx) error {
		living := 0
		var over []string
		for old, err := range tokens.Range(tx, "person", store.Prefix(t.Person, t.School)) {
			if err != nil {
				return err
			}
			if !old.Expired(t.Created) {
				living++
			} else if t.Created.Sub(old.Expires) > tokenKept {
				over = append(over, old.ID)
			}
		}
		if living >= MaxTokens {
			return errors.New(errors.Conflict, "identity.token.many", "n", MaxTokens)
		}
		for _, id := range over {
			if err := tokens.Delete(tx, id); err != nil {
				return err
			}
		}
		return tokens.Insert(tx, &t)
	})
	if err != nil {
		return "", nil, err
	}
	return secret, &t, nil
}

// Tokens lists a person's tokens in a school, the newest first, those that
// expired lately included.
func (s *Service) Tokens(ctx context.Context, school ids.SchoolID, person ids.PersonID) (list []Token, err error) {
	err = s.global.View(ctx, func(tx store.Tx) error {
		list = nil
		for t, err := range tokens.Range(tx, "person", store.Prefix(person, school), store.Reverse()) {
			if err != nil {
				return err
			}
			list = append(list, *t)
		}
		return nil
	})
	return list, err
}

// RevokeToken ends a token at once; NotFound when the person has none such in
// the school.
func (s *Service) RevokeToken(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID, id string) error {
	var gone *Token
	err := s.global.Update(ctx, func(tx store.Tx) error {
		t, err := tokens.Get(tx, id)
		if errors.KindOf(err) == errors.NotFound || err == nil && (t.Person != person || t.School != school) {
			return errors.New(errors.NotFound, "identity.token.gone")
		}
		if err != nil {
			return err
		}
		gone = t
		return tokens.Delete(tx, id)
	})
	if err != nil {
		return err
	}
	return s.audit.Record(ctx, audit.Entry{Actor: by.Person, Address: by.Address, School: school, Action: audit.TokenRevoked,
		Object: string(person), Details: map[string]string{"name": gone.Name}})
}
