package main

import (
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// launch confines one program as the core does: its environment, its standard
// descriptors and its lifeline are this process's, and it ends with it. Tests of
// modules ask for it; who serves a school does not.
func (a *app) launch() *cobra.Command {
	l := process.Launch{}
	var tier, needs string
	c := &cobra.Command{
		Use:    "launch BINARY",
		Short:  "Run a module's program confined, as the core does",
		Hidden: true,
		Args:   usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			l.Binary, l.Tier, l.Runtime = args[0], manifest.Tier(tier), manifest.Runtime(needs)
			for _, v := range os.Environ() {
				if !strings.HasPrefix(v, "PREAU_LAUNCHER=") && !strings.HasPrefix(v, "PATH=") {
					l.Env = append(l.Env, v)
				}
			}
			l.Lifeline = os.NewFile(wire.LifelineFD, "lifeline")
			program, err := seal.AsItIs(l.Binary)
			if err != nil {
				return err
			}
			if l.Stamp, err = program.Check(); err != nil {
				return err
			}
			return become(l, a.runner)
		},
	}
	f := c.Flags()
	f.StringVar(&l.Folder, "folder", "", "the module's folder, to read")
	f.StringVar(&l.Data, "own", "", "the module's own folder, to write")
	f.StringVar(&l.Run, "run", "", "the folder of its sockets")
	f.StringVar(&tier, "tier", "", "first-party, vendor, container")
	f.StringVar(&needs, "runtime", "", "static, system")
	f.Int64Var((*int64)(&l.Quotas.Memory), "memory", 0, "bytes of memory")
	f.Int64Var((*int64)(&l.Quotas.Disk), "disk", 0, "bytes of a file")
	return c
}

// become runs the command and ends as it ended.
func become(l process.Launch, runner string) error {
	runtime.LockOSThread() // the module ends with the thread that started it
	launcher, err := confine.New(confine.Config{Runner: runner})
	if err != nil {
		return err
	}
	cmd, err := launcher.Command(l)
	if err != nil {
		return errors.Wrap(err, errors.Unavailable, "host.nostart")
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = cmd.Start()
	for _, f := range cmd.ExtraFiles {
		f.Close()
	}
	if err == nil {
		err = cmd.Wait()
	}
	if never := cmd.Ended(); never != nil {
		return errors.Wrap(never, errors.Unavailable, "host.nostart")
	}
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.Exited() {
		return outcome(ended.ExitCode())
	}
	return err
}
