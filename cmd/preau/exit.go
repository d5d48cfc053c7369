package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/sdk/errors"
)

// The exit codes.
const (
	exitDone = iota
	exitFailed
	exitUsage
	exitRefused
	exitUnhealthy
)

// usage is a wrong use of the command line.
type usage struct{ error }

// outcome ends the program with a code after everything was printed.
type outcome int

func (o outcome) Error() string { return fmt.Sprintf("exit code %d", int(o)) }

// usageArgs makes a wrong number of arguments a wrong use.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usage{fmt.Errorf("%w\n%s", err, c.UseLine())}
		}
		return nil
	}
}

// exit prints the error and returns the exit code it means.
func (a *app) exit(err error) int {
	var code outcome
	var wrong usage
	var known *errors.Error
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &wrong):
		fmt.Fprintln(a.err, "preau:", wrong)
		return exitUsage
	case !errors.As(err, &known):
		fmt.Fprintln(a.err, "preau:", err)
		if strings.HasPrefix(err.Error(), "unknown command") {
			return exitUsage
		}
		return exitFailed
	}
	if key, _ := errors.Public(err); !a.say.Has(key) {
		fmt.Fprintln(a.err, "preau:", err) // meant for programs, but better than nothing
		return exitFailed
	}
	fmt.Fprintln(a.err, "preau:", a.say.Error(err))
	fields := errors.FieldsOf(err)
	for _, name := range sortedKeys(fields) {
		fmt.Fprintf(a.err, "  %s: %s\n", name, a.say.T(fields[name], errors.FilledOf(err)[name]...))
	}
	// The operator may see the cause, and needs it when the public words say little.
	if known.Cause != nil && slices.Contains([]errors.Kind{errors.Bug, errors.Unavailable}, errors.KindOf(err)) {
		fmt.Fprintf(a.err, "  (%v)\n", known.Cause)
	}
	return exitFailed
}
