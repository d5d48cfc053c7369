package core

import (
	"context"
	"path/filepath"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Where packages and the operator's trust lie in the data folder.
const (
	packagesFolder = "packages"
	trustFolder    = "trust"
)

func (c *Core) openPackages(context.Context) (err error) {
	c.Packages, err = packages.Open(packages.Config{
		Dir: filepath.Join(c.Config.Data, packagesFolder), Trust: filepath.Join(c.Config.Data, trustFolder),
		Engine: c.Store, Audit: c.Audit,
	})
	return err
}

// unshelve takes what was installed into the catalogue, each package once it is
// found whole and trusted today. One that is not is left out, not the others.
func (c *Core) unshelve(ctx context.Context) error {
	all, err := c.Packages.All(ctx)
	if err != nil {
		return err
	}
	for _, i := range all {
		p, err := c.Packages.Check(i.Digest)
		if err == nil && p.Manifest.ID != i.ID {
			err = errors.New(errors.Invalid, "pack.manifest.other", "field", "id")
		}
		if err == nil {
			err = c.Host.Install(sourceOf(p, i))
		}
		if err != nil {
			c.Host.Refuse(host.Refusal{Module: i.ID, Folder: p.Folder, Err: err})
		}
	}
	return nil
}

func sourceOf(p packages.Package, i *packages.Installed) host.Source {
	return host.Source{Folder: p.Folder, Tier: i.Tier, Package: p.Digest, Key: p.Key, Granted: i.Granted, Executable: p.Executable}
}

// tierOf is how far what comes in a package is confined: as what strangers
// made, or further when the manifest says so.
func tierOf(m *manifest.Manifest) manifest.Tier {
	if m.Tier == manifest.TierContainer {
		return manifest.TierContainer
	}
	return manifest.TierVendor
}

// bundled refuses what only a package can be.
func (c *Core) bundled(id ids.ModuleID) error {
	if s, err := c.Host.Source(id); err == nil && s.Package == "" {
		return errors.New(errors.Conflict, "host.bundled", "module", string(id))
	}
	return nil
}
