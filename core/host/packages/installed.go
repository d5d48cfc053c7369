package packages

import (
	"context"
	"slices"
	"time"

	"golang.org/x/mod/semver"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/pack"
	"github.com/preau-ent/preau/sdk/store"
)

// Installed says which package a module is run from and what it was granted.
type Installed struct {
	ID       ids.ModuleID          `json:"id"`
	Version  string                `json:"version"`
	Digest   string                `json:"digest"`
	Key      pack.Fingerprint      `json:"key"` // for which it was trusted when it came
	At       time.Time             `json:"at"`
	By       ids.PersonID          `json:"by,omitempty"` // empty: the operator
	Granted  []manifest.Capability `json:"granted"`
	Tier     manifest.Tier         `json:"tier"`
	Previous *Version              `json:"previous,omitempty"` // the one before this
}

// Version names a package of a module.
type Version struct {
	Version string `json:"version"`
	Digest  string `json:"digest"`
}

var installed = store.NewCollection[Installed]("host.packages")

// Of returns what is installed of a module; NotFound.
func (s *Store) Of(ctx context.Context, id ids.ModuleID) (*Installed, error) {
	var i *Installed
	err := s.view(ctx, func(tx store.Tx) (err error) { i, err = installed.Get(tx, string(id)); return err })
	if errors.KindOf(err) == errors.NotFound {
		return nil, errors.New(errors.NotFound, "packages.none", "module", string(id))
	}
	return i, err
}

// All lists what is installed, by module.
func (s *Store) All(ctx context.Context) (list []*Installed, err error) {
	err = s.view(ctx, func(tx store.Tx) error {
		list = nil
		for i, err := range installed.Range(tx, "") {
			if err != nil {
				return err
			}
			list = append(list, i)
		}
		return nil
	})
	return list, err
}

// Put records what is installed of a module, with a line in the journal.
func (s *Store) Put(ctx context.Context, i *Installed, e audit.Entry) error {
	return s.update(ctx, e, func(tx store.Tx) error { return installed.Put(tx, i) })
}

// PutIn is Put in a transaction on the core's own space; the caller records it.
func (s *Store) PutIn(tx store.Tx, i *Installed) error { return installed.Put(tx, i) }

// Forget removes the record of a module, with a line in the journal; NotFound.
func (s *Store) Forget(ctx context.Context, id ids.ModuleID, e audit.Entry) error {
	return s.update(ctx, e, func(tx store.Tx) error { return installed.Delete(tx, string(id)) })
}

func (s *Store) view(ctx context.Context, fn func(store.Tx) error) error {
	space, err := s.cfg.Engine.Open(ctx, store.Global)
	if err != nil {
		return err
	}
	return space.View(ctx, fn)
}

func (s *Store) update(ctx context.Context, e audit.Entry, change func(store.Tx) error) error {
	space, err := s.cfg.Engine.Open(ctx, store.Global)
	if err != nil {
		return err
	}
	by := audit.ByOf(ctx)
	e.Actor, e.Address = by.Person, by.Address
	return space.Update(ctx, func(tx store.Tx) error {
		if err := change(tx); err != nil {
			return err
		}
		return s.cfg.Audit.RecordIn(tx, e)
	})
}

// Missing lists the capabilities that a manifest asks for and that were not
// granted, in the order of the manifest.
func Missing(granted []manifest.Capability, m *manifest.Manifest) []manifest.Capability {
	out := []manifest.Capability{}
	for _, c := range m.Capabilities {
		if !slices.Contains(granted, c) {
			out = append(out, c)
		}
	}
	return out
}

// Compare is negative when version a comes before b, 0 when they are the same.
func Compare(a, b string) int { return semver.Compare("v"+a, "v"+b) }
