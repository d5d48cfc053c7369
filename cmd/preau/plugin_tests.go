package main

import (
	"fmt"
	"os"
	"os/exec"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/sdk/errors"
)

func (a *app) pluginTest() *cobra.Command {
	process := false
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
			if process {
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
	return c
}
