package identity

import (
	"context"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// firstPasswords gives every fresh account of the reservation a password and
// returns them. Hashing runs on all cores, one hash after the other through
// the pool, so that people who sign in meanwhile get their turn.
func (s *Service) firstPasswords(ctx context.Context, r *reservation, b Batch) (map[ids.PersonID]string, error) {
	passwords := make(map[ids.PersonID]string, len(r.fresh))
	done, kept := 0, &keptHashes{hasher: s.hasher}
	for part := range slices.Chunk(r.fresh, atOnce) {
		set := make([]Account, len(part))
		var mu sync.Mutex
		group, gctx := errgroup.WithContext(ctx)
		group.SetLimit(cap(s.hasher.slots))
		for i, n := range part {
			group.Go(func() error {
				password, a, err := s.firstOf(gctx, n, kept)
				if err != nil {
					return err
				}
				mu.Lock()
				defer mu.Unlock()
				set[i], passwords[n.person] = a, password
				if done++; b.Progress != nil {
					b.Progress(done, len(r.fresh))
				}
				return nil
			})
		}
		if err := group.Wait(); err != nil {
			return nil, err
		}
		if err := storeFirst(ctx, s.global, set); err != nil {
			return nil, err
		}
	}
	return passwords, nil
}

// firstOf chooses and hashes one first password.
func (s *Service) firstOf(ctx context.Context, n newcomer, kept *keptHashes) (password string, a Account, err error) {
	a.ID = string(n.person)
	if n.password != "" && n.keep {
		a.Hash, err = kept.of(ctx, n.password)
		return n.password, a, err
	}
	if n.password != "" {
		a.MustChange = true
		a.Hash, err = s.hasher.hash(ctx, n.password, s.hasher.strong)
		return n.password, a, err
	}
	a.MustChange, a.Generated = true, true
	password = firstPassword()
	a.Hash, err = s.hasher.hash(ctx, typed(password), light)
	return password, a, err
}

// keptHashes makes one hash for all accounts that begin with the same password
// and need not change it: those of demonstrations, whose password everybody
// knows. A hash for each would take a minute where a new module could be seen.
type keptHashes struct {
	hasher *hasher
	mu     sync.Mutex
	made   map[string]string
}

func (k *keptHashes) of(ctx context.Context, password string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if h, ok := k.made[password]; ok {
		return h, nil
	}
	h, err := k.hasher.hash(ctx, password, k.hasher.strong)
	if err == nil {
		if k.made == nil {
			k.made = map[string]string{}
		}
		k.made[password] = h
	}
	return h, err
}

func storeFirst(ctx context.Context, global store.Space, set []Account) error {
	return global.Update(ctx, func(tx store.Tx) error {
		for _, first := range set {
			_, err := accounts.Modify(tx, first.ID, func(a *Account) error {
				a.Hash, a.MustChange, a.Generated = first.Hash, first.MustChange, first.Generated
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
