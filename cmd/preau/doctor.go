package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
)

func (a *app) doctor() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Examine journals, stores, schools, accounts and modules; changes nothing",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				checks, err := control.Doctor.Call(cmd.Context(), conn, control.None{}, nil)
				if err != nil {
					return err
				}
				return a.printChecks(checks)
			})
		},
	}
}

func (a *app) printChecks(checks []control.Check) error {
	healthy := true
	for i := range checks {
		c := &checks[i]
		healthy = healthy && c.Healthy
		for j := range c.Findings {
			f := &c.Findings[j]
			f.Words = a.say.T(f.Key, "about", f.About)
		}
		if a.json {
			continue
		}
		fmt.Fprintln(a.out, a.say.T("preau.doctor."+c.Name, "n", c.Examined))
		for _, f := range c.Findings {
			mark := "✗"
			if f.Odd {
				mark = "!"
			}
			fmt.Fprintln(a.out, strings.TrimRight(fmt.Sprintf("  %s %s %s", mark, f.Words, f.Detail), " "))
		}
	}
	if a.json {
		if err := a.printJSON(checks); err != nil {
			return err
		}
	}
	if !healthy {
		return outcome(exitUnhealthy)
	}
	return nil
}
