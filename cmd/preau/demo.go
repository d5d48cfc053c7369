package main

import (
	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/core/demo"
)

func (a *app) demo() *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Serve two fictitious schools, made when the data folder has none",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return a.serving(ctx, core.Config{}, func(c *core.Core) error {
				tell, end := a.bar("preau.demo.making")
				accounts, err := control.FillDemo(ctx, c, tell)
				end()
				if err != nil {
					return err
				}
				if len(c.Host.Manifests()) == 0 {
					a.note("preau.demo.bare")
				}
				return a.printAccounts(demo.Main(accounts))
			})
		},
	}
}

func (a *app) printAccounts(accounts []demo.Account) error {
	if a.json {
		return a.printJSON(accounts)
	}
	var rows [][]string
	for _, one := range accounts {
		rows = append(rows, []string{one.Login, one.Password, a.say.T("profile." + one.Profile), one.Name, one.School})
	}
	return a.printTable([]string{"login", "password", "profile", "name", "school"}, rows)
}
