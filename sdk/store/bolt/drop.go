package bolt

import (
	"context"
	"io/fs"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Drop implements [store.Engine]. The name goes while the file is still locked,
// so that no other process can open what is being erased.
func (e *Engine) Drop(ctx context.Context, school ids.SchoolID) error {
	name, err := fileName(school)
	if err != nil {
		return err
	}
	if _, err := e.root.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	s, err := e.acquire(ctx, school)
	if err != nil {
		return err
	}
	e.mu.Lock()
	if e.open[school] == s {
		delete(e.open, school)
	}
	e.mu.Unlock()
	if err := e.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errors.Internal(err)
	}
	return errors.Join(e.syncFolder(), s.db.Close())
}
