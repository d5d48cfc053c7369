package store

import (
	"fmt"

	"github.com/preau-ent/preau/sdk/errors"
)

// Limits that every engine can keep: the longest key is what a database
// server's index page takes with room for the school, and a value is an item,
// not a file.
const (
	MaxKey   = 1 << 10 // bytes
	MaxValue = 16 << 20
)

// CheckPair is for engines: it says whether the pair may be put.
func CheckPair(key, value []byte) error {
	switch {
	case len(key) == 0:
		return errors.Internal(fmt.Errorf("store: empty key"))
	case len(key) > MaxKey:
		return errors.Wrap(fmt.Errorf("store: key of %d bytes, at most %d", len(key), MaxKey), errors.TooLarge, "")
	case len(value) > MaxValue:
		return errors.Wrap(fmt.Errorf("store: value of %d bytes, at most %d", len(value), MaxValue), errors.TooLarge, "")
	}
	return nil
}
