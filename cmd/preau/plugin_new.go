package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/scaffold"
)

func (a *app) pluginNew() *cobra.Command {
	var p scaffold.Plan
	into, page := "", true
	c := &cobra.Command{
		Use:   "new NAME",
		Short: "Make the folder of a new module, whose tests pass at once",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			if !page {
				return usage{fmt.Errorf("a module has a first page: the menu leads to it")}
			}
			p.ID = args[0]
			folder := filepath.Join(into, p.ID)
			if p.SDK == "" {
				var ok bool
				if p.SDK, ok = checkout(into); !ok {
					return errors.New(errors.NotFound, "preau.plugin.nosdk")
				}
			}
			if err := scaffold.Write(folder, p); err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]string{"folder": folder, "sdk": p.SDK})
			}
			fmt.Fprintln(a.out, a.say.T("preau.plugin.made", "folder", folder))
			return nil
		},
	}
	f := c.Flags()
	f.BoolVar(&page, "page", true, "the first page")
	f.BoolVar(&p.Widget, "widget", true, "a widget for the home page")
	f.BoolVar(&p.Store, "store", false, "data of each school, with a form that adds to it")
	f.BoolVar(&p.Settings, "settings", false, "something each school may set")
	f.StringVar(&p.Module, "module", "", "Go module `PATH` (example.org/NAME when not said)")
	f.StringVar(&into, "into", ".", "make the folder in `DIR`")
	f.StringVar(&p.SDK, "sdk", env("PREAU_SDK", ""), "checkout of Préau to build against (found by itself where this program was built from one)")
	return c
}

// checkout finds the source of Préau: around the folder where a module will be,
// where this program was built, or around the program itself.
func checkout(folder string) (string, bool) {
	_, here, _, _ := runtime.Caller(0)
	program, _ := os.Executable() // an empty name is around nothing
	for _, start := range []string{folder, filepath.Dir(here), filepath.Dir(program)} {
		start, err := filepath.Abs(start)
		if err != nil || start == string(filepath.Separator) {
			continue
		}
		for dir := start; ; dir = filepath.Dir(dir) {
			if scaffold.IsCheckout(dir) {
				return dir, true
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	return "", false
}
