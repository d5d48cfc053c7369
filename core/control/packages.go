package control

import (
	"context"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/pack"
)

// PackageFile names a package or a key by its path, absolute: whoever works on
// the data folder opens the file, and is on the same machine.
type PackageFile struct {
	File string `json:"file"`
}

// PackageInfo is what a package is and asks for, before it is installed.
type PackageInfo struct {
	ID        ids.ModuleID          `json:"id"`
	Version   string                `json:"version"`
	Digest    string                `json:"digest"`
	Key       pack.Fingerprint      `json:"key"`                 // for which it is trusted
	Asks      []manifest.Capability `json:"asks"`                // all that its manifest asks for
	Missing   []manifest.Capability `json:"missing"`             // of these, what is not granted yet
	Installed string                `json:"installed,omitempty"` // version that is there already
}

// ModuleInspect checks a package wholly and says what it would be granted;
// nothing is kept of it.
var ModuleInspect = define("module.inspect", func(ctx context.Context, c *core.Core, in PackageFile, _ Tell) (PackageInfo, error) {
	p, err := c.Packages.Look(in.File)
	if err != nil {
		return PackageInfo{}, err
	}
	out := PackageInfo{ID: p.Manifest.ID, Version: p.Manifest.Version, Digest: p.Digest, Key: p.Key,
		Asks: append([]manifest.Capability{}, p.Manifest.Capabilities...)}
	there, err := c.Packages.Of(ctx, p.Manifest.ID)
	switch {
	case err == nil:
		out.Installed, out.Missing = there.Version, packages.Missing(there.Granted, p.Manifest)
	case errors.KindOf(err) == errors.NotFound:
		out.Missing, err = out.Asks, nil
	}
	return out, err
})

// InstallOf says which package to install and how.
type InstallOf struct {
	File    string                `json:"file"`             // absolute
	Digest  string                `json:"digest,omitempty"` // that was consented to; empty: any
	Granted []manifest.Capability `json:"granted"`
	Schools []ids.SchoolID        `json:"schools,omitempty"` // to switch it on for
}

// ModuleInstall installs a package; see [core.Core.InstallModule].
var ModuleInstall = define("module.install", func(ctx context.Context, c *core.Core, in InstallOf, _ Tell) (*packages.Installed, error) {
	schools := make([]ids.SchoolID, 0, len(in.Schools))
	for _, uai := range in.Schools {
		s, err := schoolOf(ctx, c, uai)
		if err != nil {
			return nil, err
		}
		schools = append(schools, s.ID)
	}
	return c.InstallModule(ctx, core.Install{File: in.File, Digest: in.Digest, Granted: in.Granted, Schools: schools})
})

// RemoveOf says which module to remove and how.
type RemoveOf struct {
	Module ids.ModuleID `json:"module"`
	Force  bool         `json:"force"` // also while schools have it switched on
	Erase  bool         `json:"erase"` // with all that it has kept
}

// ModuleRemove removes an installed module; see [core.Core.RemoveModule].
var ModuleRemove = define("module.remove", func(ctx context.Context, c *core.Core, in RemoveOf, _ Tell) (None, error) {
	return None{}, c.RemoveModule(ctx, core.Remove{Module: in.Module, Force: in.Force, Erase: in.Erase})
})

// GrantOf names a capability of a module.
type GrantOf struct {
	Module     ids.ModuleID        `json:"module"`
	Capability manifest.Capability `json:"capability"`
}

// ModuleGrant gives an installed module a capability that it asks for.
var ModuleGrant = define("module.grant", func(ctx context.Context, c *core.Core, in GrantOf, _ Tell) (*packages.Installed, error) {
	return c.GrantModule(ctx, in.Module, in.Capability, true)
})

// ModuleUngrant takes a capability away; its next use is refused.
var ModuleUngrant = define("module.ungrant", func(ctx context.Context, c *core.Core, in GrantOf, _ Tell) (*packages.Installed, error) {
	return c.GrantModule(ctx, in.Module, in.Capability, false)
})

// ModuleTrust adds a vendor's key to those that packages are trusted for.
var ModuleTrust = define("module.trust", func(ctx context.Context, c *core.Core, in PackageFile, _ Tell) (pack.Fingerprint, error) {
	return c.Packages.Trust(ctx, in.File)
})

// ModuleRevoke takes trust back from a key or a package, and stops what ran for
// it: the modules that it returns.
var ModuleRevoke = define("module.revoke", func(ctx context.Context, c *core.Core, in PackageFile, _ Tell) ([]ids.ModuleID, error) {
	return c.RevokeTrust(ctx, in.File)
})

// ModuleOrigin says where a module comes from and what it was granted.
type ModuleOrigin struct {
	ID      ids.ModuleID          `json:"id"`
	Version string                `json:"version"`
	Tier    manifest.Tier         `json:"tier"` // how far it is to be confined
	Granted []manifest.Capability `json:"granted"`
	Missing []manifest.Capability `json:"missing"`           // asked for, not granted
	Package *packages.Installed   `json:"package,omitempty"` // none: bundled with the core
	Refused *Reason               `json:"refused,omitempty"` // why it is installed and yet not there
}

// Reason is a translation key with its arguments.
type Reason struct {
	Key  string `json:"key"`
	Args []any  `json:"args,omitempty"`
}

// ModuleShow says where a module comes from, also one that was refused when the
// core started.
var ModuleShow = define("module.show", func(ctx context.Context, c *core.Core, in ids.ModuleID, _ Tell) (ModuleOrigin, error) {
	i, err := c.Packages.Of(ctx, in)
	if err != nil && errors.KindOf(err) != errors.NotFound {
		return ModuleOrigin{}, err
	}
	m, err := c.Host.Manifest(in)
	if err != nil && i == nil {
		return ModuleOrigin{}, err
	}
	if err != nil {
		out := ModuleOrigin{ID: in, Version: i.Version, Tier: i.Tier, Granted: i.Granted, Missing: []manifest.Capability{}, Package: i}
		for _, r := range c.Host.Refused() {
			if r.Module == in {
				out.Refused = &Reason{}
				out.Refused.Key, out.Refused.Args = errors.Public(r.Err)
			}
		}
		return out, nil
	}
	s, err := c.Host.Source(in)
	return ModuleOrigin{ID: in, Version: m.Version, Tier: s.Tier, Granted: s.Granted,
		Missing: packages.Missing(s.Granted, m), Package: i}, err
})
