// Command embed runs Préau inside another Go program: here one that also has
// an address of its own. Build the modules first (make build).
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/errors"
)

func main() {
	data := flag.String("data", "embed-data", "folder of everything that is kept")
	modules := flag.String("modules", "bin/modules", "folder of module folders")
	listen := flag.String("listen", "127.0.0.1:8080", "address of the pages")
	own := flag.String("own", "127.0.0.1:8081", "address of this program's own page")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, core.Config{Data: *data, Modules: []string{*modules}, Listen: *listen, Log: slog.Default()}, *own); err != nil {
		fmt.Fprintln(os.Stderr, "embed:", err)
		os.Exit(1)
	}
}

// run serves a Préau with one school, and next to it a page that reads the
// Préau's own rooms.
func run(ctx context.Context, cfg core.Config, own string) error {
	c, err := core.New(ctx, cfg)
	if err != nil {
		return err
	}
	school := identity.School{ID: "0750655E", Name: "Lycée de l'exemple"}
	if _, err := c.Identity.AddSchool(ctx, audit.By{}, school); err != nil && errors.KindOf(err) != errors.Conflict {
		return errors.Join(err, c.Close())
	}
	for _, m := range c.Host.Manifests() {
		if err := c.Host.Enable(ctx, school.ID, m.ID); err != nil {
			return errors.Join(err, c.Close())
		}
	}
	page := &http.Server{Addr: own, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		schools, err := c.Identity.Schools(r.Context())
		fmt.Fprintln(w, len(schools), "school(s), ready:", c.Host.Ready(), err)
	})}
	defer context.AfterFunc(ctx, func() { page.Close() })()
	go page.ListenAndServe()
	return c.Serve(ctx)
}
