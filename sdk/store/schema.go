package store

import (
	"context"
	"fmt"
	"strconv"

	"github.com/preau-ent/preau/sdk/errors"
)

// schemaKey holds the mark of a space. Keys that begin with 0x00 are the
// store's own: none made by [K] does.
var schemaKey = []byte("\x00schema")

// Schema returns the number of the schema that the space's data has: 0 when the
// space holds nothing at all, 1 when it holds data but no mark, which is data
// from before there were marks.
func Schema(tx Tx) (int, error) {
	raw, ok, err := tx.Get(schemaKey)
	if err != nil {
		return 0, err
	}
	if ok {
		n, err := strconv.Atoi(string(raw))
		if err != nil || n < 1 {
			return 0, errors.Internal(fmt.Errorf("store: a space of schema %q", raw))
		}
		return n, nil
	}
	for _, err := range tx.Scan(nil, nil, false) {
		return 1, err
	}
	return 0, nil
}

// SetSchema marks the space as holding data of this schema. Whoever changes the
// data to suit does it in the same transaction.
func SetSchema(tx Tx, schema int) error {
	if schema < 1 {
		return errors.Internal(fmt.Errorf("store: no schema is %d", schema))
	}
	return tx.Put(schemaKey, []byte(strconv.Itoa(schema)))
}

// Admit lets a program that writes this schema use the space, or answers
// Unavailable when the data has another one: whoever reads data that they do
// not know ruins it. An empty space is marked with the schema.
func Admit(ctx context.Context, s Space, schema int) error {
	marked := false
	look := func(tx Tx) error {
		found, err := Schema(tx)
		if err != nil {
			return err
		}
		if found != 0 && found != schema {
			return errors.New(errors.Unavailable, "store.schema", "found", found, "want", schema)
		}
		_, marked, err = tx.Get(schemaKey)
		return err
	}
	if err := s.View(ctx, look); err != nil || marked {
		return err
	}
	return s.Update(ctx, func(tx Tx) error {
		if err := look(tx); err != nil || marked {
			return err
		}
		return SetSchema(tx, schema)
	})
}
