package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

func (a *app) moduleUpgrade() *cobra.Command {
	c, in := consent{}, control.UpgradeOf{}
	cmd := &cobra.Command{
		Use:   "upgrade FILE|ID",
		Short: "Put another version of a module in place without interruption, or go back by itself",
		Long: "Put the version of a package file, or another one that was installed, in the place of the one there is.\n" +
			"It is rehearsed first; requests wait for a moment; data is copied before it is migrated. When anything\n" +
			"fails the version that was there serves again, with all its data, and the reason is told.",
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if info, err := os.Stat(args[0]); err == nil && info.Mode().IsRegular() {
				file, err := filepath.Abs(args[0])
				if err != nil {
					return errors.Internal(err)
				}
				in.File = file
			} else {
				in.Module = ids.ModuleID(args[0])
			}
			return a.upgrade(cmd, c, in)
		},
	}
	consentFlags(cmd, &c)
	cmd.Flags().StringVar(&in.To, "to", "", "version to put in place (default: the latest one installed)")
	cmd.Flags().BoolVar(&in.Rehearse, "rehearse", false, "only try the version beside the one there is: nothing changes")
	return cmd
}

func (a *app) moduleDowngrade() *cobra.Command {
	c, in := consent{}, control.UpgradeOf{ChoiceOf: control.ChoiceOf{Back: true}}
	cmd := &cobra.Command{
		Use:   "downgrade ID",
		Short: "Put the version before in place again, if it knows the data",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			in.Module = ids.ModuleID(args[0])
			return a.upgrade(cmd, c, in)
		},
	}
	consentFlags(cmd, &c)
	cmd.Flags().StringVar(&in.To, "to", "", "version to put in place (default: the one before)")
	return cmd
}

func consentFlags(cmd *cobra.Command, c *consent) {
	cmd.Flags().BoolVar(&c.yes, "yes", false, "grant all that the version asks for in addition")
	cmd.Flags().StringSliceVar(&c.grant, "grant", nil, "grant these capabilities in addition")
}

// upgrade says what a version changes, asks for what it wants in addition, and
// puts it in place.
func (a *app) upgrade(cmd *cobra.Command, c consent, in control.UpgradeOf) error {
	if !cmd.Flags().Changed("grant") {
		c.grant = nil
	}
	return a.with(cmd.Context(), false, func(conn control.Conn) error {
		candidate, err := control.ModuleCandidate.Call(cmd.Context(), conn, in.ChoiceOf, nil)
		if err != nil {
			return err
		}
		a.changes(candidate)
		in.Digest = candidate.Digest
		if in.Granted, err = a.given(c, candidate.Asks); err != nil {
			return err
		}
		tell, end := a.bar("preau.upgrade.working")
		done, err := control.ModuleUpgrade.Call(cmd.Context(), conn, in, tell)
		end()
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(done)
		}
		key := "preau.upgrade.done"
		if in.Rehearse {
			key = "preau.upgrade.rehearsed"
		}
		fmt.Fprintln(a.out, a.say.T(key, "module", string(done.Module), "from", done.From, "to", done.To))
		if n := len(done.Migrated); n > 0 && !in.Rehearse {
			a.note("preau.upgrade.migrated", "n", n, "folder", filepath.Join(a.data, "backups", "modules", done.Backup))
		}
		return nil
	})
}

// changes tells what a version changes.
func (a *app) changes(c *packages.Candidate) {
	if a.json {
		return
	}
	a.note("preau.upgrade.versions", "module", string(c.Module), "from", c.From, "to", c.To)
	if c.Schema != c.Was {
		a.note("preau.upgrade.schema", "from", c.Was, "to", c.Schema)
	}
	for _, p := range c.Opens {
		a.note("preau.upgrade.opens", "permission", string(p))
	}
	for _, p := range c.Closes {
		a.note("preau.upgrade.closes", "permission", string(p))
	}
	for _, w := range c.Widgets {
		a.note("preau.upgrade.widget", "widget", w)
	}
	for _, asked := range c.Asks {
		a.note("preau.upgrade.asks", "capability", a.capability(manifest.Capability(asked)))
	}
}

// versionOf is the version that is configured, after the one that runs when
// that is another.
func versionOf(m control.ModuleInfo) string {
	switch {
	case m.Upgrading != "":
		return m.Version + " → " + m.Upgrading
	case m.Running != "" && m.Running != m.Version:
		return m.Running + " → " + m.Version
	}
	return m.Version
}

// regrets tells of versions that keep crashing since they took over, and how to
// go back; and of records that cannot be read, and how to write them anew.
func (a *app) regrets(list []control.ModuleInfo) {
	for _, m := range list {
		for _, d := range m.Damaged {
			a.note("doctor.damaged."+d.Record, "about", d.About)
		}
		if last := m.Last; m.Quarantine != nil && last != nil && last.Undone == "" && last.To == m.Version {
			a.note("preau.upgrade.fails", "module", string(m.ID), "from", last.From, "to", last.To)
		}
	}
}
