package host

import (
	"slices"

	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
)

// launcher is the one that an operator's word stands for: "off" starts modules
// as they are, "" and "on" confine them. There is no third: a word misspelt must
// not open anything.
func launcher(confinement, runner string, hidden []string) (process.Launcher, error) {
	switch confinement {
	case "off":
		return process.Direct{}, nil
	case "", "on":
		if runner != "" && !slices.Contains(confine.Runners, runner) {
			return nil, errors.New(errors.Invalid, "host.container", "word", runner)
		}
		l, err := confine.New(confine.Config{Hidden: hidden, Runner: runner})
		if err != nil {
			return nil, errors.Wrap(err, errors.Unavailable, "host.nostart")
		}
		return l, nil
	}
	return nil, errors.New(errors.Invalid, "host.confinement", "word", confinement)
}

// tier is how far the module's process is to be confined: what its source is
// worth, or more when the manifest demands it.
func (e *entry) tier() manifest.Tier { return confine.Stronger(e.source.Tier, e.manifest.Tier) }

// refuseTier says why a module cannot be started with a launcher that reaches
// only this tier: what a manifest demands is never quietly weakened.
func (e *entry) refuseTier(reached manifest.Tier) error {
	if confine.Stronger(reached, e.manifest.Tier) != reached {
		return errors.New(errors.Unavailable, "host.tier", "wanted", string(e.manifest.Tier), "reached", string(reached))
	}
	return nil
}
