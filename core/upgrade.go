package core

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store"
)

// Upgrade says which version to put in the place of the one there is, and how.
type Upgrade struct {
	Choice
	Digest   string                // of the package that was consented to; empty: whichever the choice means
	Granted  []manifest.Capability // besides what the module was granted already
	Rehearse bool                  // only that: nothing changes
}

// UpgradeModule puts another version of an installed module, later or earlier,
// in the place of the one there is; see [host.Host.Upgrade]. Which version is
// installed changes in the very transaction that ends the upgrade.
func (c *Core) UpgradeModule(ctx context.Context, u Upgrade, tell func(host.Step)) (host.Report, error) {
	c.shelf.Lock()
	defer c.shelf.Unlock()
	p, was, err := c.chosen(ctx, u.Choice, func(file string) (packages.Package, error) { return c.Packages.Add(ctx, file) })
	if err != nil {
		return host.Report{}, err
	}
	if u.Digest != "" && u.Digest != p.Digest {
		return host.Report{}, errors.New(errors.Conflict, "packages.swapped", "file", u.File)
	}
	for _, g := range u.Granted {
		if !p.Manifest.May(g) {
			return host.Report{}, errors.New(errors.Invalid, "packages.unasked", "module", string(was.ID), "capability", string(g))
		}
	}
	next := &packages.Installed{ID: was.ID, Version: p.Manifest.Version, Digest: p.Digest, Key: p.Key,
		At: c.Config.Now().UTC(), By: audit.ByOf(ctx).Person, Tier: tierOf(p.Manifest),
		Granted:  granted(append(slices.Clone(was.Granted), u.Granted...), p.Manifest),
		Previous: &packages.Version{Version: was.Version, Digest: was.Digest}}
	return c.Host.Upgrade(ctx, was.ID, sourceOf(p, next), host.Plan{Rehearse: u.Rehearse, Tell: tell,
		Commit: func(tx store.Tx) error { return c.Packages.PutIn(tx, next) }})
}
