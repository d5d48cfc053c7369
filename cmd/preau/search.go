package main

import (
	"maps"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/sdk/ids"
)

func (a *app) search() *cobra.Command {
	return group("search", "The index in which people search", a.searchRebuild())
}

func (a *app) searchRebuild() *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild [UAI…]",
		Short: "Make the search index of schools (default: all) anew from what their modules and people are",
		Long:  "Make the search index of schools (default: all) anew from what their modules and people are.\n\nWith a server, it is filled before the command ends. Without one there are no modules to ask: the old index\ngoes at once, and the next server fills the new one.",
		RunE: func(cmd *cobra.Command, args []string) error {
			in := control.RebuildOf{}
			for _, uai := range args {
				in.Schools = append(in.Schools, ids.SchoolID(uai))
			}
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				tell, end := a.bar("preau.search.rebuilding")
				list, err := control.SearchRebuild.Call(cmd.Context(), conn, in, tell)
				end()
				if err != nil {
					return err
				}
				if a.json {
					return a.printJSON(list)
				}
				var rows [][]string
				for _, r := range list {
					for _, source := range slices.Sorted(maps.Keys(r.Documents)) {
						rows = append(rows, []string{string(r.School), source, strconv.Itoa(r.Documents[source])})
					}
					if r.Missing {
						a.note("preau.search.missing", "school", string(r.School))
					}
				}
				if len(list) > 0 && list[0].Later {
					a.note("preau.search.later", "n", len(list))
					return nil
				}
				return a.printTable([]string{"uai", "source", "documents"}, rows)
			})
		},
	}
}
