package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"math"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/core/demo"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

func (a *app) pluginDev() *cobra.Command {
	return &cobra.Command{
		Use:   "dev [DIR]",
		Short: "Serve a module among fictitious people; rebuild and swap it whenever it is saved",
		Args:  usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			folder, err := filepath.Abs(folderOf(args))
			if err != nil {
				return errors.Internal(err)
			}
			m, err := manifest.Open(folder)
			if os.IsNotExist(err) {
				return errors.Wrap(err, errors.NotFound, "preau.dev.nomodule", "folder", folder)
			}
			if err != nil {
				return err // says line and field
			}
			// No name of a version may be that of one still at work for an earlier dev.
			room, err := makeRoom(filepath.Join(folder, ".preau", "builds"))
			if err != nil {
				return err
			}
			defer os.RemoveAll(room)
			d := &developing{app: a, module: m.ID, shop: &workshop{folder: folder, room: room}}
			if d.changed, err = watch(cmd.Context(), folder); err != nil {
				return errors.Wrap(err, errors.Unavailable, "preau.dev.watch", "folder", folder)
			}
			if a.served() {
				return d.elsewhere(cmd.Context())
			}
			if !set(cmd, "data") {
				a.data = filepath.Join(folder, ".preau", "data")
			}
			if !set(cmd, "listen") {
				a.listen = freeListen(a.listen)
			}
			return d.here(cmd.Context())
		},
	}
}

// makeRoom makes a private folder inside one that is made when missing.
func makeRoom(parent string) (string, error) {
	err := os.MkdirAll(parent, 0o755)
	if err == nil {
		var room string
		if room, err = os.MkdirTemp(parent, ""); err == nil {
			return room, os.Chmod(room, 0o755)
		}
	}
	return "", errors.Wrap(err, errors.Unavailable, "scaffold.folder", "folder", parent)
}

// set reports whether a flag was given, by name or by its environment variable.
func set(cmd *cobra.Command, flag string) bool {
	return cmd.Flags().Changed(flag) || os.Getenv(map[string]string{"data": "PREAU_DATA", "listen": "PREAU_LISTEN"}[flag]) != ""
}

// freeListen is the address, or one with a free port when that is taken.
func freeListen(address string) string {
	for _, try := range []string{address, "127.0.0.1:0"} {
		if l, err := net.Listen("tcp", try); err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	return address
}

// served reports whether a server keeps the data folder.
func (a *app) served() bool {
	if _, err := os.Stat(a.data); err != nil {
		return false
	}
	lock, err := control.TryLock(a.data)
	if err != nil {
		return errors.KindOf(err) == errors.Conflict
	}
	lock.Release()
	return false
}

// developing is one module on its way from save to save.
type developing struct {
	*app
	module  ids.ModuleID
	shop    *workshop
	changed <-chan struct{}
}

// here serves the demonstration in this process.
func (d *developing) here(ctx context.Context) error {
	built, err := d.first(ctx)
	if err != nil {
		return err
	}
	quietly := slog.New(slog.NewTextHandler(d.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return d.serving(ctx, core.Config{Dev: true, Log: quietly}, func(c *core.Core) error {
		if err := c.Develop(ctx, built); err != nil {
			return err
		}
		tell, end := d.bar("preau.demo.making")
		accounts, err := control.FillDemo(ctx, c, tell)
		end()
		if err == nil {
			err = c.Develop(ctx, built) // also in schools that a demonstration had already
		}
		if err == nil {
			err = d.printAccounts(demo.Main(accounts))
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(d.out, d.say.T("preau.dev.page", "address", "http://"+d.listen+"/m/"+string(d.module)+"/"))
		go func() {
			if err := d.attend(ctx); err != nil && ctx.Err() == nil {
				d.exit(err)
			}
		}()
		return nil
	})
}

// elsewhere brings the module to a development server that runs already.
func (d *developing) elsewhere(ctx context.Context) error {
	built, err := d.first(ctx)
	if err != nil {
		return err
	}
	conn, err := d.connect(ctx, false)
	if err != nil {
		return err
	}
	_, err = control.ModuleDevelop.Call(ctx, conn, control.DevelopOf{Folder: built}, nil)
	conn.Close()
	if err != nil {
		return err
	}
	fmt.Fprintln(d.out, d.say.T("preau.dev.elsewhere", "module", string(d.module), "data", d.data))
	if err := d.attend(ctx); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

// first builds until it succeeds: a module that does not compile yet is no
// reason to give up.
func (d *developing) first(ctx context.Context) (string, error) {
	for {
		built, err := d.shop.build(ctx)
		if err == nil {
			return built, nil
		}
		d.complain(err)
		select {
		case <-ctx.Done():
			return "", outcome(exitDone)
		case <-d.changed:
		}
	}
}

// attend shows the module's log and brings each new version to the server,
// until ctx ends. What does not compile leaves the version before at work.
func (d *developing) attend(ctx context.Context) error {
	conn, err := d.connect(ctx, false)
	if err != nil {
		return err
	}
	defer conn.Close()
	go d.follow(ctx, conn)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-d.changed:
		}
		began := time.Now()
		built, err := d.shop.build(ctx)
		if err == nil {
			_, err = control.ModuleDevelop.Call(ctx, conn, control.DevelopOf{Folder: built}, nil)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			d.complain(err)
		default:
			fmt.Fprintln(d.out, d.say.T("preau.dev.swapped", "seconds", math.Round(time.Since(began).Seconds()*10)/10))
		}
	}
}

// complain prints what is wrong with a version.
func (d *developing) complain(err error) {
	var code uncompiled
	var problems manifest.Problems
	switch {
	case errors.As(err, &code), errors.As(err, &problems):
		fmt.Fprintln(d.err, err)
	default:
		d.exit(err)
	}
	fmt.Fprintln(d.err, d.say.T("preau.dev.waiting"))
}

// follow prints the module's log as it comes.
func (d *developing) follow(ctx context.Context, conn control.Conn) {
	last := time.Now()
	look := time.NewTicker(300 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		lines, err := control.ModuleLogs.Call(ctx, conn, control.LogOf{Module: d.module}, nil)
		if err != nil {
			continue // between two versions there is none
		}
		for _, l := range lines {
			if l.At.After(last) {
				fmt.Fprintf(d.out, "%s %-5s %s\n", l.At.Local().Format(time.TimeOnly), cmp.Or(l.Level, "info"), l.Text)
			}
		}
		if n := len(lines); n > 0 && lines[n-1].At.After(last) {
			last = lines[n-1].At
		}
	}
}
