package core

import (
	"context"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Remove says which module to remove and how.
type Remove struct {
	Module ids.ModuleID
	Force  bool // also while schools have it switched on
	Erase  bool // with all that it has kept
}

// RemoveModule takes an installed module away. What it has kept stays unless it
// is to be erased. Conflict while a school has it switched on, and for a
// bundled module; NotFound when it is not installed.
func (c *Core) RemoveModule(ctx context.Context, in Remove) error {
	c.shelf.Lock()
	defer c.shelf.Unlock()
	bundled := c.bundled(in.Module)
	i, err := c.Packages.Of(ctx, in.Module)
	if err != nil {
		if bundled != nil && errors.KindOf(err) == errors.NotFound {
			return bundled
		}
		return err
	}
	if bundled != nil { // the package was never run: only the record and the files go
		return errors.Join(c.forget(ctx, i), c.sweep(i.ID))
	}
	if schools := c.Host.Schools(in.Module); len(schools) > 0 && !in.Force {
		return errors.New(errors.Conflict, "packages.used", "module", string(in.Module), "n", len(schools), "school", string(schools[0]))
	}
	// The record first: what is removed does not come back with the next start.
	if err := c.forget(ctx, i); err != nil {
		return err
	}
	err = c.Host.Remove(ctx, in.Module)
	if errors.KindOf(err) != errors.NotFound && err != nil { // refused at start, it was never there
		return err
	}
	c.Access.Unregister(in.Module)
	c.Words.RemoveModule(in.Module)
	if err := c.Host.Stir(ctx, in.Module); err != nil {
		return err
	}
	if err := c.sweep(in.Module); err != nil {
		return err
	}
	if !in.Erase {
		return nil
	}
	if err := c.Audit.Record(ctx, entryOf(audit.ModuleErased, i)); err != nil {
		return err
	}
	return c.Host.Erase(ctx, in.Module)
}

// forget drops the record of a module, with a line in the journal.
func (c *Core) forget(ctx context.Context, i *packages.Installed) error {
	return c.Packages.Forget(ctx, i.ID, entryOf(audit.ModuleRemoved, i))
}

// sweep takes every package of a module out of the store.
func (c *Core) sweep(id ids.ModuleID) error {
	versions, err := c.Packages.Versions(id)
	for _, digest := range versions {
		err = errors.Join(err, c.Packages.Drop(digest))
	}
	return err
}
