package core

import (
	"context"

	"github.com/preau-ent/preau/core/audit"
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
	if err := c.bundled(in.Module); err != nil {
		return err
	}
	i, err := c.Packages.Of(ctx, in.Module)
	if err != nil {
		return err
	}
	if schools := c.Host.Schools(in.Module); len(schools) > 0 && !in.Force {
		return errors.New(errors.Conflict, "packages.used", "module", string(in.Module), "n", len(schools), "school", string(schools[0]))
	}
	// The record first: what is removed does not come back with the next start.
	if err := c.Packages.Forget(ctx, in.Module, entryOf(audit.ModuleRemoved, i)); err != nil {
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
	versions, err := c.Packages.Versions(in.Module)
	if err != nil {
		return err
	}
	for _, digest := range versions {
		if err := c.Packages.Drop(digest); err != nil {
			return err
		}
	}
	if !in.Erase {
		return nil
	}
	if err := c.Audit.Record(ctx, entryOf(audit.ModuleErased, i)); err != nil {
		return err
	}
	return c.Host.Erase(ctx, in.Module)
}
