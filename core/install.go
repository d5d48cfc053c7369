package core

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Install says what to install and how.
type Install struct {
	File    string                // path of a package, as this process sees it
	Digest  string                // of the package that was consented to; empty: whatever is in the file
	Granted []manifest.Capability // of those the manifest asks for
	Schools []ids.SchoolID        // to switch it on for
}

// InstallModule verifies a package and makes its module one of those there are,
// while the core runs or before: in the catalogue, with its permissions and its
// words. All of it happens or nothing. Conflict when the module is there
// already, bundled or installed.
func (c *Core) InstallModule(ctx context.Context, in Install) (*packages.Installed, error) {
	c.shelf.Lock()
	defer c.shelf.Unlock()
	seen, err := c.Packages.Look(in.File)
	if err != nil {
		return nil, err
	}
	if in.Digest != "" && in.Digest != seen.Digest {
		return nil, errors.New(errors.Conflict, "packages.swapped", "file", in.File)
	}
	was, err := c.installable(ctx, seen)
	if err != nil {
		return nil, err
	}
	for _, g := range in.Granted {
		if !seen.Manifest.May(g) {
			return nil, errors.New(errors.Invalid, "packages.unasked", "module", string(seen.Manifest.ID), "capability", string(g))
		}
	}
	for _, s := range in.Schools {
		if _, err := c.Identity.School(ctx, s); err != nil {
			return nil, err
		}
	}
	p, err := c.Packages.Add(ctx, in.File)
	if err != nil {
		return nil, err
	}
	if p.Digest != seen.Digest {
		return nil, errors.New(errors.Conflict, "packages.swapped", "file", in.File)
	}
	i := &packages.Installed{ID: p.Manifest.ID, Version: p.Manifest.Version, Digest: p.Digest, Key: p.Key,
		At: c.Config.Now().UTC(), By: audit.ByOf(ctx).Person, Granted: granted(in.Granted, p.Manifest), Tier: tierOf(p.Manifest)}
	if was != nil {
		i.Previous = was.Previous
	}
	if err := c.shelve(ctx, p, i, in.Schools); err != nil {
		return nil, errors.Join(err, c.takeBack(context.WithoutCancel(ctx), i, was))
	}
	return i, nil
}

// installable says whether a package may be installed beside what there is, and
// if not, what may be done instead. A package that is installed already but was
// refused at the start may be installed again: its record is returned.
func (c *Core) installable(ctx context.Context, p packages.Package) (was *packages.Installed, err error) {
	m := p.Manifest
	if err := c.bundled(m.ID); err != nil {
		return nil, err
	}
	there, err := c.Packages.Of(ctx, m.ID)
	if errors.KindOf(err) == errors.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if _, err := c.Host.Source(m.ID); err != nil && there.Digest == p.Digest {
		return there, nil
	}
	key := "packages.newer"
	switch n := packages.Compare(m.Version, there.Version); {
	case n == 0:
		key = "packages.same"
	case n < 0:
		key = "packages.older"
	}
	return nil, errors.New(errors.Conflict, key, "module", string(m.ID), "version", m.Version, "installed", there.Version)
}

// shelve makes a package of the store a module of the core.
func (c *Core) shelve(ctx context.Context, p packages.Package, i *packages.Installed, schools []ids.SchoolID) error {
	if err := c.present(p.Manifest, p.Folder); err != nil {
		return err
	}
	if err := c.Packages.Put(ctx, i, entryOf(audit.ModuleInstalled, i)); err != nil {
		return err
	}
	if err := c.Host.Install(sourceOf(p, i)); err != nil {
		return err
	}
	for _, s := range schools {
		if err := c.Host.Enable(ctx, s, i.ID); err != nil {
			return err
		}
	}
	return c.Host.Stir(ctx, i.ID)
}

// takeBack undoes what shelve did, as far as it came; was is the record that
// there was before, if any.
func (c *Core) takeBack(ctx context.Context, i, was *packages.Installed) error {
	err := c.Host.Remove(ctx, i.ID)
	if errors.KindOf(err) == errors.NotFound {
		err = nil
	}
	c.Access.Unregister(i.ID)
	c.Words.RemoveModule(i.ID)
	if was != nil {
		return errors.Join(err, c.Packages.Put(ctx, was, entryOf(audit.ModuleRemoved, i)))
	}
	if forgot := c.Packages.Forget(ctx, i.ID, entryOf(audit.ModuleRemoved, i)); errors.KindOf(forgot) != errors.NotFound {
		err = errors.Join(err, forgot)
	}
	return errors.Join(err, c.Packages.Drop(i.Digest))
}

// GrantModule gives a capability to an installed module, or takes it away (on
// false); in force when it returns. Invalid when its manifest does not ask for
// it.
func (c *Core) GrantModule(ctx context.Context, id ids.ModuleID, capability manifest.Capability, on bool) (*packages.Installed, error) {
	c.shelf.Lock()
	defer c.shelf.Unlock()
	m, err := c.Host.Manifest(id)
	if err != nil {
		return nil, err
	}
	if err := c.bundled(id); err != nil {
		return nil, err
	}
	if !m.May(capability) {
		return nil, errors.New(errors.Invalid, "packages.unasked", "module", string(id), "capability", string(capability))
	}
	i, err := c.Packages.Of(ctx, id)
	if err != nil || slices.Contains(i.Granted, capability) == on {
		return i, err
	}
	action, want := audit.ModuleGranted, append(slices.Clone(i.Granted), capability)
	if !on {
		action = audit.ModuleUngranted
		want = slices.DeleteFunc(want, func(g manifest.Capability) bool { return g == capability })
	}
	i.Granted = granted(want, m)
	e := entryOf(action, i)
	e.Details["capability"] = string(capability)
	if err := c.Packages.Put(ctx, i, e); err != nil {
		return nil, err
	}
	return i, c.Host.Grant(id, i.Granted)
}

// granted is what is given of what the manifest asks, in its order.
func granted(given []manifest.Capability, m *manifest.Manifest) []manifest.Capability {
	out := []manifest.Capability{}
	for _, asked := range m.Capabilities {
		if slices.Contains(given, asked) {
			out = append(out, asked)
		}
	}
	return out
}

func entryOf(a audit.Action, i *packages.Installed) audit.Entry {
	return audit.Entry{Action: a, Object: string(i.ID), Details: map[string]string{
		"version": i.Version, "package": i.Digest, "key": string(i.Key)}}
}
