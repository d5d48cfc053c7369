package notify

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// StopPrefix is what addresses begin with that end letters at one POST.
const StopPrefix = "/desabonnement/"

var secretKey = []byte("notify.stop.secret")

// openKey reads the secret that signs these addresses, made when there is none.
func (s *Service) openKey(ctx context.Context) error {
	return s.update(ctx, store.Global, func(tx store.Tx) error {
		raw, ok, err := tx.Get(secretKey)
		if err != nil {
			return err
		}
		if !ok {
			raw = make([]byte, 32)
			rand.Read(raw) // never fails
			if err := tx.Put(secretKey, raw); err != nil {
				return err
			}
		}
		s.key = slices.Clone(raw)
		return nil
	})
}

// StopPath is the address that ends mails to a person about a kind of notice, or
// about all. It works without being signed in and can be guessed by nobody.
func (s *Service) StopPath(person ids.PersonID, kind string) string {
	what := base64.RawURLEncoding.EncodeToString([]byte(string(person) + "\n" + kind))
	return StopPrefix + what + "." + s.sign(what)
}

func (s *Service) sign(what string) string {
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte(what))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:24])
}

// Stop does what such an address says: no more mail about the kind, not even what
// is owed already. Twice does no harm. NotFound for one that this installation did
// not give.
func (s *Service) Stop(ctx context.Context, token string) error {
	person, kind, err := s.stopped(token)
	if err != nil {
		return err
	}
	err = s.update(ctx, store.Global, func(tx store.Tx) error {
		k, err := choices.Get(tx, string(person))
		if errors.KindOf(err) == errors.NotFound {
			k = &keptChoice{string(person), UsualChoice()}
		} else if err != nil {
			return err
		}
		if !slices.Contains(k.Unmailed, kind) {
			k.Unmailed = append(k.Unmailed, kind)
		}
		return choices.Put(tx, k)
	})
	if err != nil {
		return err
	}
	s.chosen(ctx, person)
	return nil
}

// Stopping reports what the address of a token would end: a kind, or "*" for all
// mail. NotFound as [Service.Stop].
func (s *Service) Stopping(token string) (kind string, err error) {
	_, kind, err = s.stopped(token)
	return kind, err
}

func (s *Service) stopped(token string) (ids.PersonID, string, error) {
	gone := errors.New(errors.NotFound, "notify.stop.unknown")
	what, signature, ok := strings.Cut(token, ".")
	if !ok || len(s.key) == 0 || !hmac.Equal([]byte(signature), []byte(s.sign(what))) {
		return "", "", gone
	}
	raw, err := base64.RawURLEncoding.DecodeString(what)
	if err != nil {
		return "", "", gone
	}
	person, kind, ok := strings.Cut(string(raw), "\n")
	if !ok {
		return "", "", gone
	}
	return ids.PersonID(person), kind, nil
}
