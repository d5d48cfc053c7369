package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/sdk/ids"
)

func (a *app) module() *cobra.Command {
	return group("module", "Modules and their processes", a.moduleList(), a.moduleLogs(),
		a.moduleRestart(), a.moduleStop(), a.moduleResume(),
		a.moduleUpgrade(), a.moduleDowngrade(),
		a.moduleInstall(), a.moduleRemove(), a.moduleShow(), a.moduleTrust(), a.moduleRevoke(), a.moduleGrant(), a.moduleUngrant())
}

func (a *app) moduleList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "Say how every module is",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				list, err := control.ModuleList.Call(cmd.Context(), conn, control.None{}, nil)
				if err != nil {
					return err
				}
				if a.json {
					return a.printJSON(list)
				}
				var rows [][]string
				for _, m := range list {
					rows = append(rows, []string{
						string(m.ID), versionOf(m), m.State, strconv.Itoa(m.PID), strconv.Itoa(m.Restarts), joined(m.Schools), a.haltedFor(m), a.tierOf(m), m.LastError,
					})
				}
				defer a.regrets(list)
				return a.printTable([]string{"module", "version", "state", "pid", "restarts", "schools", "halted", "tier", "error"}, rows)
			})
		},
	}
}

func (a *app) moduleLogs() *cobra.Command {
	lines := 0
	c := &cobra.Command{
		Use:   "logs ID",
		Short: "Print what a module logged since the server started",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				list, err := control.ModuleLogs.Call(cmd.Context(), conn, control.LogOf{Module: ids.ModuleID(args[0]), Lines: lines}, nil)
				if err != nil {
					return err
				}
				if a.json {
					return a.printJSON(list)
				}
				for _, l := range list {
					fmt.Fprintf(a.out, "%s %-5s %s\n", l.At.Format(time.RFC3339), l.Level, l.Text)
				}
				return nil
			})
		},
	}
	c.Flags().IntVarP(&lines, "lines", "n", 0, "only the last lines (0: all that are kept)")
	return c
}
