package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

func (a *app) school() *cobra.Command {
	return group("school", "Schools and the modules they switched on",
		a.schoolAdd(), a.schoolSet(), a.schoolList(), a.schoolSwitch("enable", "Switch a module on for a school", control.SchoolEnable),
		a.schoolSwitch("disable", "Switch a module off for a school; its data stays", control.SchoolDisable))
}

func (a *app) schoolAdd() *cobra.Command {
	var s identity.School
	c := &cobra.Command{
		Use:   "add UAI NAME",
		Short: "Make a school known",
		Args:  usageArgs(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			s.ID, s.Name = ids.SchoolID(args[0]), args[1]
			return a.with(cmd.Context(), true, func(conn control.Conn) error {
				added, err := control.SchoolAdd.Call(cmd.Context(), conn, s, nil)
				if err != nil {
					return err
				}
				for _, w := range added.Warnings {
					a.note(w)
				}
				if a.json {
					return a.printJSON(added.School)
				}
				fmt.Fprintln(a.out, a.say.T("preau.school.added", "school", string(added.School.ID), "name", added.School.Name))
				return nil
			})
		},
	}
	schoolFlags(c, &s)
	return c
}

func (a *app) schoolSet() *cobra.Command {
	var s identity.School
	c := &cobra.Command{
		Use:   "set UAI",
		Short: "Change what is known of a school",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			s.ID = ids.SchoolID(args[0])
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				_, err := control.SchoolSet.Call(cmd.Context(), conn, s, nil)
				return err
			})
		},
	}
	c.Flags().StringVar(&s.Name, "name", "", "name")
	schoolFlags(c, &s)
	return c
}

func schoolFlags(c *cobra.Command, s *identity.School) {
	c.Flags().StringVar(&s.Kind, "kind", "", "ecole, college or lycee")
	c.Flags().StringVar(&s.TimeZone, "time-zone", "", "IANA name (Europe/Paris when added without)")
	c.Flags().StringVar(&s.Locale, "locale", "", "language of the school (fr when added without)")
}

func (a *app) schoolList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the schools",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				list, err := control.SchoolList.Call(cmd.Context(), conn, control.None{}, nil)
				if err != nil {
					return err
				}
				if a.json {
					return a.printJSON(list)
				}
				var rows [][]string
				for _, s := range list {
					n := 0
					for _, count := range s.People {
						n += count
					}
					rows = append(rows, []string{string(s.ID), s.Name, s.Kind, strconv.Itoa(n), joined(s.Modules)})
				}
				return a.printTable([]string{"uai", "name", "kind", "people", "modules"}, rows)
			})
		},
	}
}

func (a *app) schoolSwitch(use, short string, verb control.Verb[control.ModuleOf, control.None]) *cobra.Command {
	return &cobra.Command{
		Use:   use + " UAI MODULE",
		Short: short,
		Args:  usageArgs(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				_, err := verb.Call(cmd.Context(), conn, control.ModuleOf{School: ids.SchoolID(args[0]), Module: ids.ModuleID(args[1])}, nil)
				return err
			})
		},
	}
}

func joined[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, ", ")
}
