package process

import (
	"os"
	"os/exec"

	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/manifest"
)

// Launch says what to start.
type Launch struct {
	Binary   string     // absolute; ends with /<id>/<id>, so that the command line names the module
	Stamp    seal.Stamp // of the binary that was checked
	Folder   string     // of the module, holding module.yaml: the working directory
	Data     string     // the module's own folder
	Run      string     // the private folder of its sockets
	Env      []string   // the whole environment
	Lifeline *os.File   // to be descriptor wire.LifelineFD of the process

	Tier    manifest.Tier    // how far to confine it; empty: first-party
	Runtime manifest.Runtime // what it needs of the machine; empty: static
	Quotas  manifest.Quotas  // 0: the launcher's own
}

// Command is a process ready to be started.
type Command struct {
	*exec.Cmd
	// Heir is where the command writes, in digits, the number of the process that
	// is to be the module, before it ends itself: one that it made as this
	// program's child. nil: the command itself is to be.
	Heir *os.File
	// Lower is called before the start, on a thread that starts this process and
	// does nothing else ever: what is set of the thread, its priority, the process
	// has from its first instruction. May be nil.
	Lower func() error
	// Ended is called once the process is no more, or could not be started. It
	// lets go of what was made for it, and says why the module was never
	// executed, nil when it was. May be nil.
	Ended func() error
}

// Launcher makes the command that becomes the module's process: it must be the
// module's own, or end with it.
type Launcher interface {
	Command(l Launch) (*Command, error)
	// Tier says how far a process is confined for which this tier is wanted.
	Tier(want manifest.Tier) manifest.Tier
}

// Direct starts the binary as it is, unconfined: whoever it keeps apart from
// nothing may as well replace its executable after it was checked.
type Direct struct{}

var _ Launcher = Direct{}

// Command implements [Launcher].
func (Direct) Command(l Launch) (*Command, error) {
	cmd := exec.Command(l.Binary)
	cmd.Dir, cmd.Env, cmd.ExtraFiles = l.Folder, l.Env, []*os.File{l.Lifeline}
	return &Command{Cmd: cmd}, nil
}

// Tier implements [Launcher].
func (Direct) Tier(manifest.Tier) manifest.Tier { return manifest.TierNone }
