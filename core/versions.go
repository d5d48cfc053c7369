package core

import (
	"context"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/core/web/console"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// versions shows the versions of installed modules to the console.
type versions struct{ core *Core }

var _ console.Upgrades = versions{}

// Later implements [console.Upgrades].
func (v versions) Later(ctx context.Context, id ids.ModuleID) (*packages.Candidate, error) {
	return v.core.Candidate(ctx, Choice{Module: id})
}

// Upgrade implements [console.Upgrades]. Only the version that was shown is
// taken: what it asks for is what the person saw.
func (v versions) Upgrade(ctx context.Context, id ids.ModuleID, digest string) (host.Report, error) {
	next, err := v.Later(ctx, id)
	if err != nil {
		return host.Report{}, err
	}
	if next.Digest != digest {
		return host.Report{}, errors.New(errors.Conflict, "")
	}
	return v.core.UpgradeModule(ctx, Upgrade{Choice: Choice{Module: id, To: digest}, Digest: digest, Granted: next.Asks}, nil)
}

// Alone implements [console.Upgrades].
func (v versions) Alone(ctx context.Context) (bool, error) {
	schools, err := v.core.Identity.Schools(ctx)
	return len(schools) == 1, err
}

// LastUpgrade implements [console.Upgrades].
func (v versions) LastUpgrade(ctx context.Context, id ids.ModuleID) (*host.Renewal, error) {
	return v.core.Host.LastUpgrade(ctx, id)
}
