package upgrade

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
)

// Kept is how many copies of a module's data stay, the latest ones: each serves
// to go back by hand behind an upgrade that turns out wrong later.
const Kept = 3

// Prune removes all but the latest copies in a module's folder of backups.
func Prune(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return errors.Internal(err)
	}
	type copied struct {
		name string
		at   int64
	}
	var all []copied
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return errors.Internal(err)
		}
		all = append(all, copied{e.Name(), info.ModTime().UnixNano()})
	}
	slices.SortFunc(all, func(a, b copied) int { return cmp.Compare(b.at, a.at) })
	for i, c := range all {
		if i < Kept {
			continue
		}
		if err := os.RemoveAll(filepath.Join(folder, c.name)); err != nil {
			return errors.Internal(err)
		}
	}
	return nil
}
