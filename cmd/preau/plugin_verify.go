package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/pack"
)

func (a *app) pluginVerify() *cobra.Command {
	trusted := ""
	c := &cobra.Command{
		Use:   "verify FILE",
		Short: "Check a package wholly, without a network: who signed it, and every file",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			if _, err := os.Stat(trusted); err != nil {
				return errors.Wrap(err, errors.NotFound, "pack.key.none", "file", trusted)
			}
			trust, err := pack.ReadTrust(trusted)
			if err != nil {
				return err
			}
			p, err := pack.Open(args[0])
			if err != nil {
				return err
			}
			defer p.Close()
			by, m, err := p.Verify(trust)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"id": m.ID, "version": m.Version, "digest": p.Digest, "key": by, "platforms": p.Index.Platforms()})
			}
			fmt.Fprintln(a.out, a.say.T("preau.verify.good", "module", string(m.ID), "version", m.Version, "key", by.Short(), "platforms", joined(p.Index.Platforms())))
			return nil
		},
	}
	c.Flags().StringVar(&trusted, "trust", "./"+publicName, "a public key, or a folder of *.pub with an optional list of what is revoked")
	return c
}
