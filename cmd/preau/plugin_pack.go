package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/pack"
)

func (a *app) pluginPack() *cobra.Command {
	var platforms []string
	c := &cobra.Command{
		Use:   "pack [DIR]",
		Short: "Build a module and write dist/NAME-VERSION.preau",
		Args:  usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			staged, err := os.MkdirTemp("", "preau-pack-")
			if err != nil {
				return errors.Wrap(err, errors.Unavailable, "pack.unwritable")
			}
			defer os.RemoveAll(staged)
			m, err := pack.Stage(cmd.Context(), dir, staged, platforms...)
			if err != nil {
				return err
			}
			file := filepath.Join(dir, "dist", fmt.Sprintf("%s-%s.preau", m.ID, m.Version))
			index, digest, err := pack.BuildFile(staged, file)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"file": file, "digest": digest, "id": m.ID, "version": m.Version, "platforms": index.Platforms()})
			}
			fmt.Fprintln(a.out, a.say.T("preau.pack.written", "file", file))
			return nil
		},
	}
	c.Flags().StringSliceVar(&platforms, "platform", nil, "build for these (linux-amd64,linux-arm64; default: this machine)")
	return c
}
