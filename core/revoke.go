package core

import (
	"context"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// RevokeTrust takes trust back from a vendor's key (a preau.pub) or from one
// package (a .preau), and stops at once every installed module that nobody
// vouches for any more; it returns those. Their data and records stay: a package
// that is trusted may be installed in their place.
func (c *Core) RevokeTrust(ctx context.Context, file string) (stopped []ids.ModuleID, err error) {
	c.shelf.Lock()
	defer c.shelf.Unlock()
	if _, err := c.Packages.Revoke(ctx, file); err != nil {
		return nil, err
	}
	all, err := c.Packages.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, i := range all {
		source, absent := c.Host.Source(i.ID)
		if absent != nil || source.Package == "" {
			continue // refused already, or a bundled module runs in its place
		}
		if _, refused := c.Packages.Check(i.Digest); refused != nil {
			err = errors.Join(err, c.putAside(ctx, i, host.Refusal{Module: i.ID, Folder: source.Folder, Err: refused}))
			stopped = append(stopped, i.ID)
		}
	}
	return stopped, err
}

// putAside takes a module out of the catalogue as if it had been refused at the
// start.
func (c *Core) putAside(ctx context.Context, i *packages.Installed, why host.Refusal) error {
	err := c.Host.Remove(ctx, i.ID)
	c.Access.Unregister(i.ID)
	c.Words.RemoveModule(i.ID)
	c.Host.Refuse(why)
	return errors.Join(err, c.Host.Stir(ctx, i.ID))
}
