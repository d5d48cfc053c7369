package confine

import (
	"fmt"
	"os"
	"runtime/debug"
	"slices"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Config says what a launcher needs to know besides the module.
type Config struct {
	// Hidden are files and folders that no module may see, besides those that
	// no module ever sees: the self-test looks for them. May be empty.
	Hidden []string
	// Runner is the program that makes containers, one of [Runners]. Empty: the
	// first of them that is installed.
	Runner string
	// Program is what to execute as launcher: a program that links this
	// package. Empty: [Small] beside the one that runs, when it was built from
	// the same version, or else the one that runs.
	Program string
}

// Runners are the programs that can make containers: bubblewrap, and gVisor's,
// which puts a kernel of its own between a module and the machine's.
var Runners = []string{"bwrap", "runsc"}

// Launcher starts modules confined. Make one with [New].
type Launcher struct {
	cfg     Config
	program string   // that is executed as launcher, as it is found on the machine
	exec    string   // the same, as it is executed: the running one may have been replaced on the disk
	small   *os.File // executed instead where no runner is; may be nil
}

var _ process.Launcher = (*Launcher)(nil)

// New returns a launcher that executes this program again, or a small one that
// does nothing else. What the machine
// lacks is said by each [Launcher.Command], and by [Examine] beforehand.
func New(cfg Config) (*Launcher, error) {
	if cfg.Runner != "" && !slices.Contains(Runners, cfg.Runner) {
		return nil, fmt.Errorf("confinement: the runner of containers is one of %v, not %q", Runners, cfg.Runner)
	}
	if cfg.Program != "" {
		return &Launcher{cfg: cfg, program: cfg.Program, exec: cfg.Program}, nil
	}
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("confinement: %w", err)
	}
	own, _ := debug.ReadBuildInfo()
	return &Launcher{cfg: cfg, program: program, exec: "/proc/self/exe", small: small(program, own)}, nil
}

// Tier implements [process.Launcher]: what is wanted is reached, or nothing is
// started.
func (*Launcher) Tier(want manifest.Tier) manifest.Tier {
	if want == "" || want == manifest.TierNone {
		return manifest.TierFirstParty
	}
	return want
}

// Stronger returns the stronger of two tiers; the empty tier is the weakest.
func Stronger(a, b manifest.Tier) manifest.Tier {
	if rank[b] > rank[a] {
		return b
	}
	return a
}

var rank = map[manifest.Tier]int{manifest.TierNone: 1, manifest.TierFirstParty: 2, manifest.TierVendor: 3, manifest.TierContainer: 4}
