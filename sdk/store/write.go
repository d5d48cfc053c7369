package store

import (
	"encoding/json"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Insert stores a new item, and gives it an ID ([ids.New]) when it has none.
// Conflict when the ID or a unique key is taken.
func (c *Collection[T]) Insert(tx Tx, item *T) error {
	if c.idOf(item) == "" {
		c.setID(item, ids.New())
	}
	id := c.idOf(item)
	if _, taken, err := tx.Get(c.rowKey(id)); err != nil {
		return err
	} else if taken {
		return c.fail(errors.Conflict, "%q exists", id)
	}
	return c.write(tx, id, nil, item)
}

// Put stores an item in place of the one with its ID, if there is one. Conflict
// when another item has one of its unique keys.
func (c *Collection[T]) Put(tx Tx, item *T) error {
	id := c.idOf(item)
	if id == "" {
		return c.Insert(tx, item)
	}
	before, err := c.stored(tx, id)
	if err != nil {
		return err
	}
	return c.write(tx, id, before, item)
}

// Modify reads an item, gives it to change, stores it and returns it. When
// change returns an error, nothing is stored and that error is returned.
// NotFound, or Conflict when the change takes another item's unique key.
func (c *Collection[T]) Modify(tx Tx, id string, change func(*T) error) (*T, error) {
	item, err := c.Get(tx, id)
	if err != nil {
		return nil, err
	}
	before := c.entries(item, id)
	if err := change(item); err != nil {
		return nil, err
	}
	if now := c.idOf(item); now != id {
		return nil, c.fail(errors.Bug, "Modify changed the ID %q to %q", id, now)
	}
	return item, c.write(tx, id, before, item)
}

// Delete removes an item. NotFound. In a collection without indexes it also
// removes one that cannot be read; in others that is [ErrDamaged], since nobody
// knows which entries are its own.
func (c *Collection[T]) Delete(tx Tx, id string) error {
	row := c.rowKey(id)
	value, ok, err := tx.Get(row)
	if err != nil {
		return err
	}
	if !ok {
		return c.fail(errors.NotFound, "no %q", id)
	}
	entries, err := c.entriesOf(id, value)
	if err != nil {
		return err
	}
	for key := range entries {
		if err := tx.Delete([]byte(key)); err != nil {
			return err
		}
	}
	return tx.Delete(row)
}

// stored returns the index entries of the item as it is stored now.
func (c *Collection[T]) stored(tx Tx, id string) (map[string]*index[T], error) {
	if len(c.indexes) == 0 {
		return nil, nil
	}
	value, ok, err := tx.Get(c.rowKey(id))
	if err != nil || !ok {
		return nil, err
	}
	return c.entriesOf(id, value)
}

// entriesOf returns the index entries of an item by what is stored of it, which
// is not read when there are no indexes.
func (c *Collection[T]) entriesOf(id string, value []byte) (map[string]*index[T], error) {
	if len(c.indexes) == 0 {
		return nil, nil
	}
	item, err := c.decode(id, value)
	if err != nil {
		return nil, err
	}
	return c.entries(item, id), nil
}

// entries returns every index key of the item.
func (c *Collection[T]) entries(item *T, id string) map[string]*index[T] {
	set := make(map[string]*index[T], len(c.indexes))
	for _, ix := range c.indexes {
		ix.entries(item, id, set)
	}
	return set
}

// write stores the item and turns its index entries from before into now's. It
// looks at all unique keys before the first write, so that a Conflict leaves
// everything as it was, even if the transaction goes on.
func (c *Collection[T]) write(tx Tx, id string, before map[string]*index[T], item *T) error {
	value, err := json.Marshal(item)
	if err != nil {
		return c.fail(errors.Bug, "%q: %w", id, err)
	}
	row, now := c.rowKey(id), c.entries(item, id)
	if err := CheckPair(row, value); err != nil {
		return err
	}
	for key, ix := range now {
		if err := c.mayTake(tx, key, ix, id); err != nil {
			return err
		}
	}
	for key := range before {
		if now[key] == nil {
			if err := tx.Delete([]byte(key)); err != nil {
				return err
			}
		}
	}
	for key := range now {
		if before[key] == nil {
			if err := tx.Put([]byte(key), []byte(id)); err != nil {
				return err
			}
		}
	}
	return tx.Put(row, value)
}

// mayTake answers Conflict when the key is another item's.
func (c *Collection[T]) mayTake(tx Tx, key string, ix *index[T], id string) error {
	if err := CheckPair([]byte(key), nil); err != nil || !ix.unique {
		return err
	}
	owner, taken, err := tx.Get([]byte(key))
	if err == nil && taken && string(owner) != id {
		return c.fail(errors.Conflict, "%s is taken by %q", ix.name, owner)
	}
	return err
}
