package control

import (
	"context"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

// ChoiceOf names a version of an installed module.
type ChoiceOf struct {
	Module ids.ModuleID `json:"module,omitempty"`
	File   string       `json:"file,omitempty"` // absolute path of a package
	To     string       `json:"to,omitempty"`   // version or digest that the store holds
	Back   bool         `json:"back,omitempty"` // the one before the present one
}

func (c ChoiceOf) choice() core.Choice {
	return core.Choice{Module: c.Module, File: c.File, To: c.To, Back: c.Back}
}

// ModuleCandidate says what another version of a module would change.
var ModuleCandidate = define("module.candidate", func(ctx context.Context, c *core.Core, in ChoiceOf, _ Tell) (*packages.Candidate, error) {
	return c.Candidate(ctx, in.choice())
})

// UpgradeOf says which version is to take over and what it is granted.
type UpgradeOf struct {
	ChoiceOf
	Digest   string                `json:"digest,omitempty"`   // that was consented to
	Granted  []manifest.Capability `json:"granted,omitempty"`  // besides what the module has
	Rehearse bool                  `json:"rehearse,omitempty"` // only that
}

// Upgraded is what an upgrade did.
type Upgraded struct {
	Module   ids.ModuleID   `json:"module"`
	From     string         `json:"from"`
	To       string         `json:"to"`
	Schema   int            `json:"schema"`
	Migrated []ids.SchoolID `json:"migrated"`
	Backup   string         `json:"backup,omitempty"` // folder of the copies in the data folder's backups/modules
	Held     float64        `json:"held"`             // seconds that requests waited at most
	Only     bool           `json:"rehearsed_only,omitempty"`
}

// stepsBefore is how many steps an upgrade has besides one for each school.
const stepsBefore = 7

// ModuleUpgrade puts another version in the place of the one there is; see
// [core.Core.UpgradeModule].
var ModuleUpgrade = define("module.upgrade", func(ctx context.Context, c *core.Core, in UpgradeOf, tell Tell) (Upgraded, error) {
	seen := 0
	r, err := c.UpgradeModule(ctx, core.Upgrade{Choice: in.choice(), Digest: in.Digest, Granted: in.Granted, Rehearse: in.Rehearse}, func(s host.Step) {
		if s.Done == 0 {
			seen++
		}
		tell(Progress{Done: seen + s.Done, Total: max(stepsBefore+s.Total, seen+s.Done), Step: s.Name})
	})
	if err != nil {
		return Upgraded{}, err
	}
	return Upgraded{Module: r.Module, From: r.From, To: r.To, Schema: r.Schema, Migrated: append([]ids.SchoolID{}, r.Migrated...),
		Backup: r.Backup, Held: r.Held.Seconds(), Only: in.Rehearse}, nil
})
