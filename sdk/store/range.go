package store

import (
	"iter"

	"github.com/preau-ent/preau/sdk/errors"
)

// Range walks the items in the order of an index, "" being the order of IDs.
// The loop may break at any time. Each item is a fresh copy. An error ends it.
//
// Inside an Update the loop may insert, modify and delete: Range first notes
// which items it will walk, then reads each when its turn comes, and passes over
// those that were deleted meanwhile. So no change makes a loop endless.
func (c *Collection[T]) Range(tx Tx, index string, opts ...RangeOption) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		s, err := c.scope(index, opts)
		if err != nil {
			yield(nil, err)
			return
		}
		entries := s.entries(tx)
		if tx.Writable() {
			entries = noted(entries)
		}
		for e, err := range entries {
			item, err := c.item(tx, e, err)
			if tx.Writable() && errors.KindOf(err) == errors.NotFound {
				continue
			}
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}

// IDs walks the IDs in order without reading the items. So it also meets those
// that cannot be read, at which Range ends: see [ErrDamaged].
func (c *Collection[T]) IDs(tx Tx, opts ...RangeOption) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		s, err := c.scope("", opts)
		if err != nil {
			yield("", err)
			return
		}
		entries := s.entries(tx)
		if tx.Writable() {
			entries = noted(entries)
		}
		for e, err := range entries {
			if !yield(e.id, err) || err != nil {
				return
			}
		}
	}
}

// item reads the item that an entry leads to.
func (c *Collection[T]) item(tx Tx, e entry, err error) (*T, error) {
	switch {
	case err != nil:
		return nil, err
	case e.value != nil:
		return c.decode(e.id, e.value)
	}
	return c.Get(tx, e.id)
}

// noted walks to the end first, then yields; it keeps no values, which may
// change meanwhile.
func noted(entries iter.Seq2[entry, error]) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		var all []entry
		for e, err := range entries {
			if err != nil {
				yield(e, err)
				return
			}
			all = append(all, entry{key: e.key, id: e.id})
		}
		for _, e := range all {
			if !yield(e, nil) {
				return
			}
		}
	}
}
