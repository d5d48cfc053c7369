package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/sdk/pack"
)

func (a *app) pluginSign() *cobra.Command {
	keyFile := ""
	c := &cobra.Command{
		Use:   "sign FILE",
		Short: "Sign a package; a second key adds a second signature",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			key, public, err := readPair(keyFile)
			if err != nil {
				return err
			}
			p, err := pack.Sign(args[0], key, public)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"file": args[0], "digest": p.Digest, "key": public.Fingerprint(), "signatures": len(p.Signatures)})
			}
			fmt.Fprintln(a.out, a.say.T("preau.sign.done", "file", args[0], "key", public.Fingerprint().Short(), "n", len(p.Signatures)))
			return nil
		},
	}
	c.Flags().StringVar(&keyFile, "key", "./"+privateName, "private key")
	return c
}
