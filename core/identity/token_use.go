package identity

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// rateToken bounds the requests of one token.
var rateToken = rate{120, 100 * time.Millisecond}

// TokenSession returns the session in which a program acts that holds a secret:
// the person's rights as they are now, in the token's school. It cannot be
// switched, and nothing of it is stored. SignIn when the secret is nobody's, was
// revoked ("identity.token.unknown") or is over ("identity.token.expired"), or when
// the person left or has yet to replace a first password; TooMany when it asks
// too often.
func (s *Service) TokenSession(ctx context.Context, secret string) (*Session, *Token, error) {
	unknown := errors.New(errors.SignIn, "identity.token.unknown")
	if !strings.HasPrefix(secret, TokenPrefix) || len(secret) != len(TokenPrefix)+tokenLength {
		return nil, nil, unknown
	}
	var t *Token
	err := s.global.View(ctx, func(tx store.Tx) (err error) {
		t, err = tokens.Get(tx, tokenID(secret))
		return err
	})
	if errors.KindOf(err) == errors.NotFound {
		return nil, nil, unknown
	}
	if err != nil {
		return nil, nil, err
	}
	now := s.now()
	if t.Expired(now) {
		return nil, nil, errors.New(errors.SignIn, "identity.token.expired")
	}
	if err := s.limits.request(t.ID, now); err != nil {
		return nil, nil, err
	}
	p, err := s.prepare(ctx, &stored{ID: t.ID, Person: t.Person, School: t.School, Created: t.Created, Seen: now})
	if err != nil {
		return nil, nil, err
	}
	if p.MustChange {
		return nil, nil, unknown
	}
	p.Expires = t.Expires
	return p.Session, t, s.usedToken(ctx, t, now)
}

// usedToken notes that the token was used, every hour.
func (s *Service) usedToken(ctx context.Context, t *Token, now time.Time) error {
	if now.Sub(t.Used) < tokenNoted {
		return nil
	}
	err := s.global.Update(ctx, func(tx store.Tx) error {
		_, err := tokens.Modify(tx, t.ID, func(t *Token) error { t.Used = now; return nil })
		return err
	})
	if errors.KindOf(err) == errors.NotFound { // revoked meanwhile
		return errors.New(errors.SignIn, "identity.token.unknown")
	}
	return err
}

// request pays for one request of a token.
func (l *limits) request(id string, now time.Time) error {
	b, _ := l.buckets.ComputeIfAbsent("t "+id, func() (*bucket, bool) { return &bucket{left: rateToken.burst, at: now}, false })
	if wait, _ := b.take(rateToken, now); wait > 0 {
		return errors.New(errors.TooMany, "identity.token.toomany", "n", max(1, int(math.Ceil(wait.Seconds()))))
	}
	return nil
}
