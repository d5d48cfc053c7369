package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

func (a *app) moduleInstall() *cobra.Command {
	var c consent
	var schools []string
	cmd := &cobra.Command{
		Use:   "install FILE",
		Short: "Verify a package and install its module, with what it may ask of the core",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("grant") {
				c.grant = nil
			}
			file, err := filepath.Abs(args[0])
			if err != nil {
				return errors.Internal(err)
			}
			return a.with(cmd.Context(), true, func(conn control.Conn) error {
				p, err := control.ModuleInspect.Call(cmd.Context(), conn, control.PackageFile{File: file}, nil)
				if err != nil {
					return err
				}
				granted, err := a.given(c, p.Asks)
				if err != nil {
					return err
				}
				in := control.InstallOf{File: file, Digest: p.Digest, Granted: granted}
				for _, s := range schools {
					in.Schools = append(in.Schools, ids.SchoolID(s))
				}
				done, err := control.ModuleInstall.Call(cmd.Context(), conn, in, nil)
				if err != nil {
					return err
				}
				if a.json {
					return a.printJSON(done)
				}
				fmt.Fprintln(a.out, a.say.T("preau.module.installed", "module", string(done.ID), "version", done.Version, "key", done.Key.Short()))
				if len(schools) == 0 {
					a.note("preau.module.enable", "module", string(done.ID))
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&c.yes, "yes", false, "grant all that the module asks for")
	cmd.Flags().StringSliceVar(&c.grant, "grant", nil, "grant only these capabilities (empty: none)")
	cmd.Flags().StringSliceVar(&schools, "school", nil, "switch it on for the schools with these UAI")
	return cmd
}

func (a *app) moduleGrant() *cobra.Command {
	return a.granting("grant ID CAPABILITY", "Give a module a capability that it asks for", "preau.module.granted", control.ModuleGrant)
}

func (a *app) moduleUngrant() *cobra.Command {
	return a.granting("ungrant ID CAPABILITY", "Take a capability away from a module", "preau.module.ungranted", control.ModuleUngrant)
}

func (a *app) granting(use, short, done string, verb control.Verb[control.GrantOf, *packages.Installed]) *cobra.Command {
	return &cobra.Command{
		Use:   use,
		Short: short,
		Args:  usageArgs(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.with(cmd.Context(), false, func(conn control.Conn) error {
				in := control.GrantOf{Module: ids.ModuleID(args[0]), Capability: manifest.Capability(args[1])}
				i, err := verb.Call(cmd.Context(), conn, in, nil)
				if err != nil {
					return err
				}
				if a.json {
					return a.printJSON(i)
				}
				a.note(done, "module", args[0], "capability", args[1])
				return nil
			})
		},
	}
}

func (a *app) moduleTrust() *cobra.Command {
	return &cobra.Command{
		Use:   "trust FILE",
		Short: "Trust the packages that the key of a preau.pub signed",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := filepath.Abs(args[0])
			if err != nil {
				return errors.Internal(err)
			}
			return a.with(cmd.Context(), true, func(conn control.Conn) error {
				key, err := control.ModuleTrust.Call(cmd.Context(), conn, control.PackageFile{File: file}, nil)
				if err == nil {
					fmt.Fprintln(a.out, a.say.T("preau.module.trusted", "key", string(key)))
				}
				return err
			})
		},
	}
}
