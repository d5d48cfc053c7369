package core

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// newVersion is how long a version under development may take to serve.
const newVersion = 30 * time.Second

// Develop takes the module of a built folder in the place of the version there
// is, has every school enable it, waits until it serves and has the open pages
// load again. Nobody verifies the folder: Denied unless [Config].Dev.
func (c *Core) Develop(ctx context.Context, folder string) error {
	if !c.Config.Dev {
		return errors.New(errors.Denied, "core.notdev")
	}
	m, err := manifest.Open(folder)
	if err != nil {
		return errors.Wrap(err, errors.Invalid, "host.badmodule", "folder", folder)
	}
	if err := c.exchange(ctx, m.ID, host.Source{Folder: folder, Tier: manifest.TierFirstParty}); err != nil {
		return err
	}
	if err := c.present(m, folder); err != nil {
		return err
	}
	schools, err := c.Identity.Schools(ctx)
	if err != nil {
		return err
	}
	for _, s := range schools {
		if err := c.Host.Enable(ctx, s.ID, m.ID); err != nil {
			return err
		}
	}
	if err := c.serves(ctx, m.ID); err != nil {
		return err
	}
	c.bell.Ring()
	return nil
}

// exchange puts the version in the place of the one there is: by an upgrade
// where that one is at work, so that what fails leaves it as it was.
func (c *Core) exchange(ctx context.Context, id ids.ModuleID, next host.Source) error {
	for _, s := range c.Host.Modules() {
		if s.ID != id {
			continue
		}
		if s.State != supervise.Stopped {
			_, err := c.Host.Upgrade(ctx, id, next, host.Plan{})
			return err
		}
		if err := c.Host.Remove(ctx, id); err != nil {
			return err
		}
	}
	return c.Host.Install(next)
}

// serves waits until the module serves; Unavailable with its last error when it
// does not come to it. A host that is not started, or a module that no school
// has, is not waited for.
func (c *Core) serves(ctx context.Context, id ids.ModuleID) error {
	ctx, cancel := context.WithTimeout(ctx, newVersion)
	defer cancel()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for {
		for _, s := range c.Host.Modules() {
			switch {
			case s.ID != id:
			case s.State == supervise.Serving, s.State == supervise.Stopped:
				return nil
			case s.LastError != "":
				return errors.Wrap(errors.New(errors.Unavailable, s.LastError), errors.Unavailable, "core.develop", "module", string(id))
			}
		}
		select {
		case <-ctx.Done():
			return errors.Wrap(ctx.Err(), errors.Timeout, "core.develop", "module", string(id))
		case <-look.C:
		}
	}
}
