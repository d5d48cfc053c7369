package store

import (
	"bytes"

	"github.com/preau-ent/preau/sdk/errors"
)

// Get returns the item with this ID, a fresh copy. NotFound.
func (c *Collection[T]) Get(tx Tx, id string) (*T, error) {
	value, ok, err := tx.Get(c.rowKey(id))
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, c.fail(errors.NotFound, "no %q", id)
	}
	return c.decode(id, value)
}

// Find returns the first item that has exactly this key in the index. NotFound.
func (c *Collection[T]) Find(tx Tx, index string, parts ...any) (*T, error) {
	if ix := c.index(index); ix != nil && ix.unique {
		id, ok, err := tx.Get(join(ix.prefix, K(parts...)))
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, c.fail(errors.NotFound, "no %s %v", index, parts)
		}
		return c.Get(tx, string(id))
	}
	r, err := c.scope(index, []RangeOption{Prefix(parts...)})
	if err != nil {
		return nil, err
	}
	for e, err := range r.entries(tx) {
		if err != nil {
			return nil, err
		}
		if key := join(r.from, K(e.id)); bytes.Equal(e.key, key) || bytes.Equal(e.key, r.from) {
			return c.Get(tx, e.id)
		}
	}
	return nil, c.fail(errors.NotFound, "no %s %v", index, parts)
}

// Count returns the number of entries that Range would walk, without reading
// the items. In an IndexMany an item counts once for each of its keys.
func (c *Collection[T]) Count(tx Tx, index string, opts ...RangeOption) (int, error) {
	r, err := c.scope(index, opts)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, err := range r.entries(tx) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
