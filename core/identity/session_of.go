package identity

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// SessionOf returns the session of a token; SignIn when there is none, or it
// expired, or the person left the school.
func (s *Service) SessionOf(ctx context.Context, token string) (*Session, error) {
	if len(token) != tokenLength {
		return nil, ended()
	}
	p, err := s.session(ctx, tokenID(token))
	if err != nil {
		return nil, err
	}
	now := s.now()
	if p.expired(now) {
		return nil, errors.Join(ended(), s.revoke(ctx, p.ID))
	}
	return p.Session, s.seen(ctx, p, now)
}

// session returns the prepared session from the cache or the store.
//
// A revocation deletes in the store, then moves s.revoked, then drops the
// cached copy. Whoever read the store before the deletion and caches after the
// drop sees that revoked moved, drops the copy again and reads anew.
func (s *Service) session(ctx context.Context, id string) (*prepared, error) {
	if p, ok := s.cache.GetIfPresent(id); ok && p.current() {
		return p, nil
	}
	for {
		moved := s.revoked.Load()
		st, err := s.readSession(ctx, id)
		if err != nil {
			s.cache.Invalidate(id)
			return nil, err
		}
		p, err := s.prepare(ctx, st)
		if err != nil {
			s.cache.Invalidate(id)
			return nil, err
		}
		if old, ok := s.cache.GetIfPresent(id); ok { // keep what the store has not heard yet
			p.seen.Store(max(p.seen.Load(), old.seen.Load()))
		}
		s.cache.Set(id, p)
		if s.revoked.Load() == moved {
			return p, nil
		}
		s.cache.Invalidate(id)
	}
}

func (s *Service) readSession(ctx context.Context, id string) (st *stored, err error) {
	err = s.global.View(ctx, func(tx store.Tx) error {
		st, err = sessions.Get(tx, id)
		if errors.KindOf(err) == errors.NotFound {
			return ended()
		}
		return err
	})
	return st, err
}

// seen notes the request. The store hears of it every twentieth of the idle
// time: a crash shortens an idle session by no more than that.
func (s *Service) seen(ctx context.Context, p *prepared, now time.Time) error {
	ms, written := now.UnixMilli(), p.written.Load()
	p.seen.Store(ms)
	if time.Duration(ms-written)*time.Millisecond < p.idle/20 || !p.written.CompareAndSwap(written, ms) {
		return nil
	}
	err := s.global.Update(ctx, func(tx store.Tx) error {
		_, err := sessions.Modify(tx, p.ID, func(st *stored) error { st.Seen = now; return nil })
		return err
	})
	if errors.KindOf(err) == errors.NotFound { // signed out meanwhile
		return ended()
	}
	return err
}

// revoke ends sessions by the hash of their token, in the store and at once in
// this process.
func (s *Service) revoke(ctx context.Context, list ...string) error {
	err := s.global.Update(ctx, func(tx store.Tx) error {
		for _, id := range list {
			if err := sessions.Delete(tx, id); err != nil && errors.KindOf(err) != errors.NotFound {
				return err
			}
		}
		return nil
	})
	s.drop(list...)
	return err
}

// drop makes prepared sessions be prepared again.
func (s *Service) drop(list ...string) {
	s.revoked.Add(1)
	for _, id := range list {
		s.cache.Invalidate(id)
	}
}

// endAll deletes all sessions of a person in tx and returns their ids, to be
// dropped once it is committed.
func endAll(tx store.Tx, person ids.PersonID) (list []string, err error) {
	for st, err := range sessions.Range(tx, "person", store.Prefix(person)) {
		if err != nil {
			return nil, err
		}
		list = append(list, st.ID)
	}
	for _, id := range list {
		if err := sessions.Delete(tx, id); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// dropAll makes all sessions of a person be prepared again.
func (s *Service) dropAll(ctx context.Context, person ids.PersonID) error {
	var list []string
	err := s.global.View(ctx, func(tx store.Tx) error {
		list = nil
		for st, err := range sessions.Range(tx, "person", store.Prefix(person)) {
			if err != nil {
				return err
			}
			list = append(list, st.ID)
		}
		return nil
	})
	s.drop(list...)
	return err
}
