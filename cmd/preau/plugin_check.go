package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/sdk/check"
)

func (a *app) pluginCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check [DIR]",
		Short: "Examine a module: manifest, words, code, tests, permissions, conformance, size",
		Args:  usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			all := check.Run(cmd.Context(), folderOf(args), func(c check.Check) {
				if !a.json {
					a.printCheck(c)
				}
			})
			if a.json {
				for i := range all {
					a.wordFindings(all[i].Findings)
				}
				if err := a.printJSON(all); err != nil {
					return err
				}
			}
			if !check.Passed(all) {
				return outcome(exitFailed)
			}
			return nil
		},
	}
}

// folderOf is the module's folder: the argument, or here.
func folderOf(args []string) string {
	if len(args) == 0 {
		return "."
	}
	return args[0]
}

// printCheck prints one check with what was found and what to do about it.
func (a *app) printCheck(c check.Check) {
	mark := map[check.State]string{check.Good: "✓", check.Odd: "!", check.Bad: "✗", check.Skipped: "–"}[c.State]
	n := c.Count
	if c.Name == "build" {
		n = (n + 1<<19) >> 20 // MiB
	}
	line := mark + " " + a.say.T("preau.check."+c.Name, "n", n)
	if c.State == check.Skipped {
		line = mark + " " + a.say.T("preau.check.skipped", "name", c.Name)
	}
	fmt.Fprintln(a.out, line)
	a.wordFindings(c.Findings)
	for _, f := range c.Findings {
		var parts []string
		for _, part := range []string{f.Where, f.Words, f.Detail} {
			if part != "" {
				parts = append(parts, part)
			}
		}
		fmt.Fprintln(a.out, "    "+strings.ReplaceAll(strings.Join(parts, ": "), "\n", "\n      "))
	}
	if c.State == check.Bad {
		fmt.Fprintln(a.out, "  → "+a.say.T("preau.check."+c.Name+".todo"))
	}
}

func (a *app) wordFindings(list []check.Finding) {
	for i, f := range list {
		if f.Key != "" {
			list[i].Words = a.say.T(f.Key, f.Args...)
		}
	}
}
