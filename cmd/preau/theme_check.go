package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/theme"
)

func themesFolder(data string) string { return filepath.Join(data, theme.Folder) }

func (a *app) themeCheck() *cobra.Command {
	matrix := false
	c := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Examine a theme: files, styles, pictures, fonts, contrast of every pair of colours, weight",
		Args:  usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			r := theme.Examine(os.DirFS(folderOf(args)))
			for i, f := range r.Findings {
				r.Findings[i].Words = a.say.T(f.Key, f.Args...)
			}
			if a.json {
				if err := a.printJSON(r); err != nil {
					return err
				}
			} else if err := a.examined(r, matrix); err != nil {
				return err
			}
			if !r.Passed() {
				return outcome(exitFailed)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&matrix, "matrix", false, "print the contrast of every pair in every mode")
	return c
}

func (a *app) examined(r *theme.Report, matrix bool) error {
	if matrix {
		rows := [][]string{}
		for _, c := range r.Matrix {
			mark := "✓"
			if !c.Passes() {
				mark = "✗ " + c.Propose
			}
			rows = append(rows, []string{c.Mode, c.Front, c.Back, fmt.Sprintf("%.2f", c.Ratio), fmt.Sprint(c.Want), mark})
		}
		if err := a.printTable([]string{"mode", "front", "back", "contrast", "needed", "passes"}, rows); err != nil {
			return err
		}
	}
	for _, f := range r.Findings {
		fmt.Fprintln(a.out, "✗ "+f.Where+": "+f.Words)
	}
	if !r.Passed() {
		fmt.Fprintln(a.out, a.say.T("preau.theme.bad", "n", len(r.Findings)))
		return nil
	}
	fmt.Fprintln(a.out, "✓ "+a.say.T("preau.theme.good", "name", r.Pack.Name, "pairs", len(r.Matrix),
		"styles", kib(r.Styles), "fonts", kib(r.Fonts)))
	return nil
}

// kib writes bytes as KiB, rounded up to a tenth.
func kib(n int) string { return fmt.Sprintf("%.1f", float64((n*10+1023)/1024)/10) }
