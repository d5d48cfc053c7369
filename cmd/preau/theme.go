package main

import (
	"fmt"
	"os"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/themes"
)

// theme groups what the author of a theme does, and the operator who installs
// it.
func (a *app) theme() *cobra.Command {
	return group("theme", "Write, check and install a theme", a.themeNew(), a.themeCheck(), a.themeInstall(), a.themeList())
}

func (a *app) themeNew() *cobra.Command {
	into, name := ".", ""
	c := &cobra.Command{
		Use:   "new ID",
		Short: "Make the folder of a new theme, which passes its checks at once",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			if name == "" {
				name = capital(args[0])
			}
			folder, err := theme.Start(into, args[0], name)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]string{"folder": folder})
			}
			fmt.Fprintln(a.out, a.say.T("preau.theme.made", "folder", folder))
			return nil
		},
	}
	c.Flags().StringVar(&into, "into", ".", "make the folder in `DIR`")
	c.Flags().StringVar(&name, "name", "", "`NAME` as schools read it (the id when not said)")
	return c
}

func capital(id string) string {
	letters := []rune(strings.ReplaceAll(id, "-", " "))
	letters[0] = unicode.ToUpper(letters[0])
	return string(letters)
}

func (a *app) themeInstall() *cobra.Command {
	return &cobra.Command{
		Use:   "install DIR",
		Short: "Check a theme and let every school choose it; a server that runs takes note",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := theme.Install(os.DirFS(args[0]), a.data, themes.FS)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(rowOf(p))
			}
			fmt.Fprintln(a.out, a.say.T("preau.theme.installed", "name", p.Name, "id", p.ID))
			return nil
		},
	}
}

// themeRow is one theme of the list.
type themeRow struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Version string `json:"version"`
	Own     bool   `json:"own"` // comes with Préau
}

func rowOf(p *theme.Pack) themeRow { return themeRow{p.ID, p.Name, p.Version, p.Origin == ""} }

func (a *app) themeList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the themes that schools may choose",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			all, err := theme.New(themes.FS, os.DirFS(themesFolder(a.data)))
			if err != nil {
				return err
			}
			packs := all.Packs()
			list, rows := []themeRow{}, [][]string{}
			for _, id := range sortedKeys(packs) {
				list = append(list, rowOf(packs[id]))
				rows = append(rows, []string{id, packs[id].Name, packs[id].Version, packs[id].Says(a.lang)})
			}
			if a.json {
				return a.printJSON(list)
			}
			return a.printTable([]string{"theme", "name", "version", "description"}, rows)
		},
	}
}
