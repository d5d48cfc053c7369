package bolt

import (
	"context"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// space is one open file.
type space struct {
	school ids.SchoolID
	db     *bbolt.DB
	turns  turns
}

var _ store.Space = (*space)(nil)

func newSpace(school ids.SchoolID, db *bbolt.DB) *space { return &space{school: school, db: db} }

// School implements [store.Space].
func (s *space) School() ids.SchoolID { return s.school }

// View implements [store.Space].
func (s *space) View(ctx context.Context, fn func(store.Tx) error) error {
	return s.read(ctx, func(tx *bbolt.Tx) error {
		t := newTx(ctx, tx, nil)
		defer t.end()
		return fn(t)
	})
}

func (s *space) read(ctx context.Context, fn func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := s.db.Begin(false)
	if err != nil {
		return s.failure(err)
	}
	defer tx.Rollback()
	return fn(tx)
}

// Update implements [store.Space]. See group.go for how Updates share a commit.
// The deferred calls also run when fn panics or ends its goroutine: its writes
// are undone, and the group goes on without it.
func (s *space) Update(ctx context.Context, fn func(store.Tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	g, err := s.turns.take(ctx, s.db)
	if err != nil {
		return s.failure(err)
	}
	defer func() {
		if lost := s.turns.finish(g); err == nil {
			err = lost
		}
	}()
	t := newTx(ctx, g.tx, g)
	keep := false
	defer func() {
		t.end()
		if keep {
			g.dirty = g.dirty || len(t.log) > 0
			return
		}
		g.broken = true
		t.undo()
		g.broken = false
	}()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := fn(t); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	keep = true
	return nil
}

// failure turns bbolt's word for a closed file into ours.
func (s *space) failure(err error) error {
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return gone(s.school)
	}
	return err
}
