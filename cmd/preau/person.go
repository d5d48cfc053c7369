package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

func (a *app) person() *cobra.Command {
	school := ""
	c := group("person", "People of a school",
		a.personList(&school), a.personSearch(&school), a.personReset(&school), a.personRoles(&school),
		a.personSimple(&school, "leave", "End a person's membership of the school", control.PersonLeave),
		a.personSimple(&school, "return", "Take up a membership that ended", control.PersonReturn))
	c.PersistentFlags().StringVar(&school, "school", "", "UAI of the school")
	if err := c.MarkPersistentFlagRequired("school"); err != nil {
		panic(err) // the flag is defined one line above
	}
	return c
}

func (a *app) personList(school *string) *cobra.Command {
	var in control.PeopleOf
	var profile string
	c := &cobra.Command{
		Use:   "list",
		Short: "List people by last name",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			in.School, in.Profile = ids.SchoolID(*school), ids.Profile(profile)
			return a.printPeople(cmd, in)
		},
	}
	c.Flags().StringVar(&profile, "profile", "", "only this profile: "+joined(ids.Profiles()))
	c.Flags().StringVar(&in.Group, "class", "", "only this class or group, by name")
	c.Flags().BoolVar(&in.Left, "left", false, "those who left instead")
	return c
}

func (a *app) personSearch(school *string) *cobra.Command {
	return &cobra.Command{
		Use:   "search WORDS…",
		Short: "Find people whose names or login begin with the words",
		Args:  usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.printPeople(cmd, control.PeopleOf{School: ids.SchoolID(*school), Words: strings.Join(args, " ")})
		},
	}
}

func (a *app) printPeople(cmd *cobra.Command, in control.PeopleOf) error {
	return a.with(cmd.Context(), false, func(conn control.Conn) error {
		list, err := control.PersonList.Call(cmd.Context(), conn, in, nil)
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(list)
		}
		var rows [][]string
		for _, p := range list {
			rows = append(rows, []string{p.Login, p.LastName, p.FirstName, a.say.T("profile." + string(p.Profile)), strings.Join(p.Groups, ", ")})
		}
		return a.printTable([]string{"login", "last", "first", "profile", "groups"}, rows)
	})
}

func (a *app) personReset(school *string) *cobra.Command {
	sheet := sheetFlags{}
	c := &cobra.Command{
		Use:   "reset-password LOGIN",
		Short: "Give a person a new first password, shown this once only",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			to, err := sheet.open()
			if err != nil {
				return err
			}
			defer to.abandon()
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				first, err := control.PersonReset.Call(cmd.Context(), conn, control.PersonOf{School: ids.SchoolID(*school), Person: args[0]}, nil)
				if err != nil {
					return err
				}
				if to != nil {
					return to.write(a, identity.School{ID: ids.SchoolID(*school)}, []identity.FirstPassword{*first})
				}
				if a.json {
					return a.printJSON(first)
				}
				return a.printTable([]string{"login", "password"}, [][]string{{first.Login, first.Password}})
			})
		},
	}
	sheet.on(c)
	return c
}

func (a *app) personRoles(school *string) *cobra.Command {
	return &cobra.Command{
		Use:   "roles LOGIN [ROLE…]",
		Short: "Give a person exactly these extra roles (administrateur)",
		Args:  usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				in := control.RolesOf{PersonOf: control.PersonOf{School: ids.SchoolID(*school), Person: args[0]}, Roles: args[1:]}
				_, err := control.PersonRoles.Call(cmd.Context(), conn, in, nil)
				return err
			})
		},
	}
}

func (a *app) personSimple(school *string, use, short string, verb control.Verb[control.PersonOf, control.None]) *cobra.Command {
	return &cobra.Command{
		Use:   use + " LOGIN",
		Short: short,
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				_, err := verb.Call(cmd.Context(), conn, control.PersonOf{School: ids.SchoolID(*school), Person: args[0]}, nil)
				return err
			})
		},
	}
}
