package bolt

import (
	"context"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// tx is one View or Update. An Update shares its bbolt transaction with the
// others of its group, so it logs what it replaced, to be undone alone.
type tx struct {
	ctx          context.Context
	data, outbox *bbolt.Bucket
	group        *group // nil: a View
	log          []change
	over         bool
}

// change is one write, with what was there before.
type change struct {
	bucket  *bbolt.Bucket
	key     []byte
	before  []byte
	existed bool
}

func newTx(ctx context.Context, b *bbolt.Tx, g *group) *tx {
	return &tx{ctx: ctx, data: b.Bucket(dataBucket), outbox: b.Bucket(outboxBucket), group: g}
}

// end makes every later use of the transaction an error.
func (t *tx) end() { t.over = true }

// Writable implements [store.Tx].
func (t *tx) Writable() bool { return t.group != nil }

// Get implements [store.Tx].
func (t *tx) Get(key []byte) ([]byte, bool, error) {
	if t.over {
		return nil, false, errOver
	}
	value := t.data.Get(key)
	return slices.Clone(value), value != nil, nil
}

// Put implements [store.Tx].
func (t *tx) Put(key, value []byte) error {
	if err := store.CheckPair(key, value); err != nil {
		return err
	}
	return t.put(t.data, key, value)
}

// Delete implements [store.Tx].
func (t *tx) Delete(key []byte) error {
	if len(key) == 0 {
		return nil
	}
	return t.remove(t.data, key)
}

func (t *tx) put(b *bbolt.Bucket, key, value []byte) error {
	if err := t.note(b, key); err != nil {
		return err
	}
	return b.Put(key, append([]byte{}, value...)) // bbolt keeps the value until the commit
}

func (t *tx) remove(b *bbolt.Bucket, key []byte) error {
	if err := t.note(b, key); err != nil {
		return err
	}
	return b.Delete(key)
}

// note logs what is under the key before it changes.
func (t *tx) note(b *bbolt.Bucket, key []byte) error {
	switch {
	case t.over:
		return errOver
	case t.group == nil:
		return errors.Internal(fmt.Errorf("bolt: write inside a View"))
	}
	t.group.touched = true
	before := b.Get(key)
	t.log = append(t.log, change{b, slices.Clone(key), slices.Clone(before), before != nil})
	return nil
}

// undo takes the writes back, the last first.
func (t *tx) undo() {
	for _, c := range slices.Backward(t.log) {
		var err error
		if c.existed {
			err = c.bucket.Put(c.key, c.before)
		} else {
			err = c.bucket.Delete(c.key)
		}
		if err != nil {
			panic(fmt.Sprintf("bolt: undoing a write: %v", err)) // keeps the group from committing
		}
	}
}

var errOver = errors.Internal(fmt.Errorf("bolt: the transaction is over"))
