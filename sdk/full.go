package sdk

import (
	"context"
	"sync/atomic"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// boundEngine refuses to let stores grow while the core says that the module's
// disk quota is used up. Reading, deleting and making things smaller go on, and
// so do events, which leave again.
type boundEngine struct {
	store.Engine
	full *atomic.Bool
}

// Open implements [store.Engine].
func (e boundEngine) Open(ctx context.Context, school ids.SchoolID) (store.Space, error) {
	s, err := e.Engine.Open(ctx, school)
	if err != nil {
		return nil, err
	}
	return boundSpace{s, e.full}, nil
}

// boundSpace is comparable: the space of one school is always the same.
type boundSpace struct {
	store.Space
	full *atomic.Bool
}

// Update implements [store.Space].
func (s boundSpace) Update(ctx context.Context, fn func(store.Tx) error) error {
	if !s.full.Load() {
		return s.Space.Update(ctx, fn)
	}
	return s.Space.Update(ctx, func(tx store.Tx) error { return fn(boundTx{tx}) })
}

type boundTx struct{ store.Tx }

// Put implements [store.Tx]; TooLarge for what would take more room than before.
func (tx boundTx) Put(key, value []byte) error {
	old, there, err := tx.Get(key)
	if err != nil {
		return err
	}
	if !there || len(value) > len(old) {
		return errors.New(errors.TooLarge, "store.full")
	}
	return tx.Tx.Put(key, value)
}
