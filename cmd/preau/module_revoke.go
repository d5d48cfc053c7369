package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/sdk/errors"
)

func (a *app) moduleRevoke() *cobra.Command {
	return &cobra.Command{
		Use:   "revoke FILE",
		Short: "Take trust back from a vendor's key (preau.pub) or one package (.preau), and stop its modules",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := filepath.Abs(args[0])
			if err != nil {
				return errors.Internal(err)
			}
			return a.with(cmd.Context(), true, func(conn control.Conn) error {
				stopped, err := control.ModuleRevoke.Call(cmd.Context(), conn, control.PackageFile{File: file}, nil)
				switch {
				case err != nil:
					return err
				case a.json:
					return a.printJSON(stopped)
				case len(stopped) == 0:
					fmt.Fprintln(a.out, a.say.T("preau.module.revoked"))
				default:
					names := make([]string, len(stopped))
					for i, id := range stopped {
						names[i] = string(id)
					}
					fmt.Fprintln(a.out, a.say.T("preau.module.revoked.stopped", "modules", strings.Join(names, ", ")))
				}
				return nil
			})
		},
	}
}
