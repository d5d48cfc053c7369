package store

import "github.com/preau-ent/preau/sdk/errors"

// Reindex makes every index of the collection anew from its items, and removes
// the entries of indexes that it no longer declares. It is for the migration to
// a version that declares other indexes than the one before.
func (c *Collection[T]) Reindex(tx Tx) error { return c.Rewrite(tx, nil) }

// Rewrite gives every item to change, stores it and makes all indexes anew. What
// the indexes held before does not matter: their functions may be others than
// those the items were stored with, which Modify and Put could not know. When
// change returns an error the transaction must be given up with it; so it must
// on Conflict: two items want the same unique key.
func (c *Collection[T]) Rewrite(tx Tx, change func(*T) error) error {
	if err := c.clearIndexes(tx); err != nil {
		return err
	}
	for item, err := range c.Range(tx, "") {
		if err != nil {
			return err
		}
		id := c.idOf(item)
		if change != nil {
			if err := change(item); err != nil {
				return err
			}
		}
		if now := c.idOf(item); now != id {
			return c.fail(errors.Bug, "Rewrite changed the ID %q to %q", id, now)
		}
		if err := c.write(tx, id, nil, item); err != nil {
			return err
		}
	}
	return nil
}

// clearIndexes removes every key of the collection that is no item's own.
func (c *Collection[T]) clearIndexes(tx Tx) error {
	var stale [][]byte
	for p, err := range tx.Scan(behind(c.rows), behind(K(c.name)), false) {
		if err != nil {
			return err
		}
		stale = append(stale, p.Key)
	}
	for _, key := range stale {
		if err := tx.Delete(key); err != nil {
			return err
		}
	}
	return nil
}
