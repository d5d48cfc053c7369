package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/core/roster"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

func (a *app) imports() *cobra.Command {
	return group("import", "Bring a school in line with exported files, all or nothing",
		a.importFrom(roster.SourceONDE, "the ministry's primary-school export (pupils, teachers, guardians)"),
		a.importFrom(roster.SourceCSV, "Préau's own format, see docs/import-csv.md"))
}

func (a *app) importFrom(source, what string) *cobra.Command {
	in := control.ImportOf{Source: source}
	school := ""
	sheet := sheetFlags{}
	c := &cobra.Command{
		Use:   source + " --school UAI FILE…",
		Short: "Import " + what,
		Args:  usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			in.School = ids.SchoolID(school)
			for _, name := range args {
				data, err := os.ReadFile(name)
				if err != nil {
					return errors.Wrap(err, errors.Unavailable, "preau.import.file", "file", name)
				}
				in.Files = append(in.Files, roster.File{Name: name, Data: data})
			}
			return a.importing(cmd, in, &sheet)
		},
	}
	f := c.Flags()
	f.StringVar(&school, "school", "", "UAI of the school")
	f.BoolVar(&in.DryRun, "dry-run", false, "only say what would be done")
	f.BoolVar(&in.SkipRefused, "skip-refused", false, "leave refused lines out and import the others")
	sheet.on(c)
	if err := c.MarkFlagRequired("school"); err != nil {
		panic(err) // the flag is defined a few lines above
	}
	return c
}

func (a *app) importing(cmd *cobra.Command, in control.ImportOf, flags *sheetFlags) error {
	var to *sheetFile
	if !in.DryRun {
		var err error
		if to, err = flags.open(); err != nil {
			return err
		}
		defer to.abandon()
	}
	return a.with(cmd.Context(), false, func(conn control.Conn) error {
		tell, end := a.bar("preau.import.passwords")
		done, err := control.Import.Call(cmd.Context(), conn, in, tell)
		end()
		if err != nil {
			return err
		}
		if len(done.First) > 0 {
			if to == nil {
				a.note("preau.import.nosheet", "n", len(done.First))
			} else if err := to.write(a, done.School, done.First); err != nil {
				return err
			}
		}
		return a.printReport(done.Report, in.DryRun)
	})
}

// printReport prints the report and ends with exitRefused when nothing was done
// because of what is refused.
func (a *app) printReport(r *roster.Report, dry bool) error {
	for _, list := range [][]roster.Remark{r.Doubtful, r.Refused} {
		for i := range list {
			list[i].Reason = a.say.remark(&list[i])
		}
	}
	if a.json {
		if err := a.printJSON(r); err != nil {
			return err
		}
	} else {
		a.printRemarks("preau.import.refused", r.Refused)
		a.printRemarks("preau.import.doubtful", r.Doubtful)
		fmt.Fprintln(a.out, a.say.T("preau.import.count", "created", r.Created, "changed", r.Changed, "unchanged", r.Unchanged,
			"doubtful", len(r.Doubtful), "refused", len(r.Refused)))
		switch {
		case dry:
			fmt.Fprintln(a.out, a.say.T("preau.import.dry"))
		case !r.Applied:
			fmt.Fprintln(a.out, a.say.T("preau.import.nothing"))
		}
	}
	if len(r.Refused) > 0 && !r.Applied {
		return outcome(exitRefused)
	}
	return nil
}

func (a *app) printRemarks(key string, list []roster.Remark) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(a.out, a.say.T(key))
	for _, r := range list {
		fmt.Fprintf(a.out, "  %s:%d: %s\n", r.File, r.Line, r.Reason)
	}
}
