package main

import (
	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/sdk/ids"
)

func (a *app) moduleRestart() *cobra.Command {
	return &cobra.Command{
		Use:   "restart ID",
		Short: "Start a fresh process of a module, also after it was put aside for crashing too often",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				_, err := control.ModuleRestart.Call(cmd.Context(), conn, ids.ModuleID(args[0]), nil)
				return err
			})
		},
	}
}

func (a *app) moduleStop() *cobra.Command {
	return a.halt("stop ID", "Stop a module at once, for one school or for all", "preau.module.stopped", control.ModuleStop)
}

func (a *app) moduleResume() *cobra.Command {
	return a.halt("resume ID", "Set a stopped module going again", "preau.module.resumed", control.ModuleResume)
}

// halt is a command that stops a module or takes that back.
func (a *app) halt(use, short, done string, verb control.Verb[control.HaltOf, control.None]) *cobra.Command {
	school := ""
	c := &cobra.Command{
		Use:   use,
		Short: short,
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				in := control.HaltOf{Module: ids.ModuleID(args[0]), School: ids.SchoolID(school)}
				_, err := verb.Call(cmd.Context(), conn, in, nil)
				if err == nil {
					a.note(done, "module", args[0])
				}
				return err
			})
		},
	}
	c.Flags().StringVar(&school, "school", "", "only for the school with this UAI (default: all)")
	return c
}

// haltedFor says for whom a module is stopped by hand.
func (a *app) haltedFor(m control.ModuleInfo) string {
	if m.Halted {
		return a.say.T("preau.module.all")
	}
	return joined(m.HaltedIn)
}
