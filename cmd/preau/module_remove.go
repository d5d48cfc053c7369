package main

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

func (a *app) moduleRemove() *cobra.Command {
	var in control.RemoveOf
	yes := false
	c := &cobra.Command{
		Use:   "remove ID",
		Short: "Remove an installed module; what it has kept stays unless it is to be erased",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			in.Module = ids.ModuleID(args[0])
			if in.Erase && !yes {
				if !a.watched() {
					return errors.New(errors.Denied, "preau.erase.needed", "module", args[0])
				}
				if !a.agrees("preau.erase.question", "module", args[0]) {
					return errors.New(errors.Denied, "preau.consent.refused")
				}
			}
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				if _, err := control.ModuleRemove.Call(cmd.Context(), conn, in, nil); err != nil {
					return err
				}
				if in.Erase {
					fmt.Fprintln(a.out, a.say.T("preau.module.erased", "module", args[0]))
					return nil
				}
				fmt.Fprintln(a.out, a.say.T("preau.module.removed", "module", args[0], "folder", filepath.Join(a.data, "modules", args[0])))
				return nil
			})
		},
	}
	c.Flags().BoolVar(&in.Force, "force", false, "also while schools have it switched on")
	c.Flags().BoolVar(&in.Erase, "erase", false, "erase all that the module has kept, for every school")
	c.Flags().BoolVar(&yes, "yes", false, "erase without asking")
	return c
}

func (a *app) moduleShow() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Say where a module comes from, who signed it and what it was granted",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				m, err := control.ModuleShow.Call(cmd.Context(), conn, ids.ModuleID(args[0]), nil)
				if err != nil {
					return err
				}
				if a.json {
					return a.printJSON(m)
				}
				fmt.Fprintln(a.out, string(m.ID), m.Version)
				if m.Package == nil {
					fmt.Fprintln(a.out, a.say.T("preau.module.bundled", "tier", string(m.Tier)))
				} else {
					fmt.Fprintln(a.out, a.say.T("preau.module.packaged", "tier", string(m.Tier), "key", m.Package.Key.Short(),
						"package", m.Package.Digest[:16], "at", m.Package.At.In(time.Local)))
				}
				for _, g := range m.Granted {
					fmt.Fprintln(a.out, "  ✓", a.capability(g))
				}
				for _, g := range m.Missing {
					fmt.Fprintln(a.out, "  ✗", a.capability(g))
				}
				if m.Refused != nil {
					fmt.Fprintln(a.out, a.say.T("preau.module.refused", "why", a.say.T(m.Refused.Key, m.Refused.Args...)))
				}
				return nil
			})
		},
	}
}
