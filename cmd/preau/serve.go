package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/control"
	"github.com/preau-ent/preau/sdk/errors"
)

// closing is how long verbs under way may take when the server stops.
const closing = 10 * time.Second

func (a *app) serve() *cobra.Command {
	var cfg core.Config
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the pages until interrupted",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.serving(cmd.Context(), cfg, func(*core.Core) error { return nil })
		},
	}
	f := c.Flags()
	f.StringSliceVar(&cfg.EgressInside, "egress-inside", words(env("PREAU_EGRESS_INSIDE", "")), "hosts of the internal network that granted modules may reach")
	f.StringSliceVar(&cfg.EgressClear, "egress-clear", words(env("PREAU_EGRESS_CLEAR", "")), "hosts that granted modules may reach without TLS")
	f.StringVar(&cfg.Site, "site", env("PREAU_SITE", ""), "address that people's browsers use, for links in e-mails: https://ent.example.fr")
	f.StringVar(&cfg.Mail.Server, "smtp", env("PREAU_SMTP", ""), "mail server: smtp://account:password@mail.example.fr:587 or smtps://…; none: no e-mails")
	f.StringVar(&cfg.Mail.From, "mail-from", env("PREAU_MAIL_FROM", ""), "sender of e-mails: ent@example.fr")
	f.StringSliceVar(&cfg.Push.Inside, "push-inside", words(env("PREAU_PUSH_INSIDE", "")), "push services of the internal network, as host:port")
	f.StringVar(&cfg.Metrics, "metrics", env("PREAU_METRICS", ""), "address of its own for /metrics, which answers whoever reaches it: 127.0.0.1:9100")
	f.BoolVar(&cfg.Secure, "secure", truth(env("PREAU_SECURE", "")), "pages are reached over HTTPS, through a proxy that ends TLS")
	return c
}

// opened says where the pages are to be found. With a proxy in front that is the
// proxy's address, not the one that is listened on.
func (a *app) opened(cfg core.Config) string {
	switch {
	case !cfg.Secure:
		return a.say.T("preau.serving", "address", "http://"+a.listen)
	case cfg.Site == "":
		return a.say.T("preau.serving.proxy", "listen", a.listen)
	}
	return a.say.T("preau.serving.site", "address", strings.TrimRight(cfg.Site, "/"), "listen", a.listen)
}

// words reads a list of the environment, separated by commas.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

// truth reads a switch of the environment: 1 or true; anything that is not a
// truth is off.
func truth(s string) bool {
	on, err := strconv.ParseBool(s)
	return err == nil && on
}

// serving takes the data folder, opens it, prepares it and serves until ctx
// ends. Operator verbs are answered all the while. The flags complete cfg.
func (a *app) serving(ctx context.Context, cfg core.Config, prepare func(*core.Core) error) (err error) {
	if err := os.MkdirAll(a.data, 0o700); err != nil {
		return errors.Wrap(err, errors.Unavailable, "control.folder", "folder", a.data)
	}
	lock, err := control.TryLock(a.data)
	if err != nil {
		return err
	}
	defer lock.Release() // last of all: whoever gets the lock next finds all closed
	cfg.Data, cfg.Listen, cfg.Modules, cfg.Confinement = a.data, a.listen, a.modules, a.confine
	cfg.Container = a.runner
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.NewTextHandler(a.err, nil))
	}
	c, err := core.New(ctx, cfg)
	if err != nil {
		return err
	}
	if err := prepare(c); err != nil {
		return errors.Join(err, c.Close())
	}
	verbs, err := control.Listen(c)
	if err != nil {
		return errors.Join(err, c.Close())
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		<-ctx.Done() // verbs end before the store that they use
		limit, cancel := context.WithTimeout(context.Background(), closing)
		defer cancel()
		ended <- verbs.Close(limit)
	}()
	fmt.Fprintln(a.out, a.opened(cfg))
	err = c.Serve(ctx)
	stop()
	return errors.Join(err, <-ended)
}
