package core

import (
	"context"

	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Choice names a version: that of a package file, or one that the store holds.
type Choice struct {
	Module ids.ModuleID // may be empty with a file
	File   string       // path of a package; empty: from the store
	To     string       // version or digest in the store; empty: the latest one that is later than the present one
	Back   bool         // instead, with no To: the one before the present one
}

// Candidate says what a choice would change. Nothing is kept of a file. NotFound
// when there is no such version; Conflict for a module that is bundled with the
// core, whose versions come with it.
func (c *Core) Candidate(ctx context.Context, choice Choice) (*packages.Candidate, error) {
	p, i, err := c.chosen(ctx, choice, c.Packages.Look)
	if err != nil {
		return nil, err
	}
	was, err := c.Host.Manifest(i.ID)
	if err != nil {
		return nil, err
	}
	return packages.Between(was, p, i), nil
}

// chosen finds the package that a choice means, and what is installed now.
func (c *Core) chosen(ctx context.Context, choice Choice, open func(file string) (packages.Package, error)) (p packages.Package, i *packages.Installed, err error) {
	id := choice.Module
	if choice.File != "" {
		if p, err = open(choice.File); err != nil {
			return p, nil, err
		}
		if id != "" && id != p.Manifest.ID {
			return p, nil, errors.New(errors.Invalid, "host.upgrade.other", "module", string(id), "other", string(p.Manifest.ID))
		}
		id = p.Manifest.ID
	}
	if err := c.bundled(id); err != nil {
		return p, nil, err
	}
	if i, err = c.Packages.Of(ctx, id); err != nil || choice.File != "" {
		return p, i, err
	}
	p, err = c.shelved(id, choice, i)
	return p, i, err
}

// shelved finds a version among those that the store holds.
func (c *Core) shelved(id ids.ModuleID, choice Choice, i *packages.Installed) (best packages.Package, err error) {
	to := choice.To
	if choice.Back && to == "" && i.Previous != nil {
		to = i.Previous.Digest
	}
	digests, err := c.Packages.Versions(id)
	if err != nil {
		return best, err
	}
	refused := error(nil)
	for _, digest := range digests {
		if digest == i.Digest {
			continue
		}
		p, err := c.Packages.Check(digest)
		if err != nil {
			refused = errors.Join(refused, err)
			continue
		}
		v := p.Manifest.Version
		fits := to == "" && !choice.Back && packages.Compare(v, i.Version) > 0 || to != "" && (to == v || to == digest)
		if fits && (best.Manifest == nil || packages.Compare(v, best.Manifest.Version) > 0) {
			best = p
		}
	}
	if best.Manifest == nil {
		return best, errors.Wrap(refused, errors.NotFound, "packages.noversion", "module", string(id), "version", choice.To, "installed", i.Version)
	}
	return best, nil
}
