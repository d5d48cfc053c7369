package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/plugintest"
)

func (a *app) pluginTest() *cobra.Command {
	process, confined := false, false
	c := &cobra.Command{
		Use:   "test [DIR] [-- FLAGS…]",
		Short: "Run a module's tests, if wished against the real process",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			further := []string{}
			if at := cmd.ArgsLenAtDash(); at >= 0 {
				args, further = args[:at], args[at:]
			}
			if len(args) > 1 {
				return usage{fmt.Errorf("one folder at most; flags of go test come after --")}
			}
			test := exec.CommandContext(cmd.Context(), "go", append(append([]string{"test"}, further...), "./...")...)
			test.Dir, test.Stdout, test.Stderr = folderOf(args), a.out, a.err
			test.Env = append(os.Environ(), "CGO_ENABLED=0")
			switch {
			case confined:
				launcher, err := self()
				if err != nil {
					return err
				}
				test.Env = append(test.Env, "PREAU_PLUGINTEST=confined", plugintest.LauncherEnv+"="+launcher)
			case process:
				test.Env = append(test.Env, "PREAU_PLUGINTEST=process")
			}
			err := test.Run()
			var failed *exec.ExitError
			if errors.As(err, &failed) {
				return outcome(exitFailed) // go test has said why
			}
			if err != nil {
				return errors.Wrap(err, errors.Unavailable, "preau.plugin.nogo")
			}
			return nil
		},
	}
	c.Flags().BoolVar(&process, "process", false, "run the module as the real process in every test")
	c.Flags().BoolVar(&confined, "confined", false, "the same, with the walls that a school's server puts around it")
	return c
}

// self is this program, by the name it was called: the real process of a
// confined module is started by it.
func self() (string, error) {
	path, err := exec.LookPath(os.Args[0])
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		return "", errors.Internal(err)
	}
	return path, nil
}
