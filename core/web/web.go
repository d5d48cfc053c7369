package web

import (
	"context"
	"log/slog"
	"net"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/core/search/sources"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/core/web/live"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Deps is what the application is wired to. Everything without "may" must be
// there.
type Deps struct {
	Engine   store.Engine // the core's store
	Identity *identity.Service
	Access   *access.Service
	Audit    *audit.Log
	Host     *host.Host
	Files    *files.Store
	Notify   *notify.Service
	Push     Pusher // may be nil: browsers are not reached when they are closed
	Events   *events.Bus
	Home     *home.Service    // made by [NewHome]
	Search   *search.Service  // may be nil: nothing can be searched
	Findable *sources.Sources // what can be found, and by whom
	Places   []search.Place   // further pages and settings that can be found: the console
	Words    *locale.Catalogue
	Themes   *theme.Themes
	Look     func(ctx context.Context, school ids.SchoolID) (Look, error) // may be nil: the default theme

	Contact func(ctx context.Context, school ids.SchoolID) (Contact, error) // whom to tell of what cannot be used; may be nil

	Areas   []visit.Route        // further pages of the core: the console
	Nav     []Nav                // further entries of the navigation: the console
	Account []AccountEntry       // further lines of the page of one's own account
	Secure  bool                 // pages are reached over HTTPS; a proxy in front ends TLS
	Log     *slog.Logger         // may be nil
	Now     func() time.Time     // may be nil
	Metrics *prometheus.Registry // may be nil
	Bell    *Bell                // may be nil; set on a development server only
}

// Look is how a school wants its pages.
type Look struct {
	theme.Look
	Logo string // address of the logo, or ""
}

// Nav is an entry of the navigation that leads to a page of the core, shown to
// those who have the permission.
type Nav struct {
	Path       string
	Label      string // translation key
	Icon       string
	Family     string
	Permission ids.Permission
}

// App is the web application.
type App struct {
	Deps
	fiber   *fiber.App
	table   []route
	pages   *pages
	metrics *metrics
	streams *streams
	live    *live.Hub
	since   liveSource
	ctx     context.Context // of everything under way
	stop    context.CancelFunc
	deaf    func() // ends the subscription to events
}

// New makes the application. A route that names no permission and is not
// marked public is an error.
func New(d Deps) (*App, error) {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Metrics == nil {
		d.Metrics = prometheus.NewRegistry()
	}
	a := &App{Deps: d, streams: newStreams(), metrics: newMetrics(d.Metrics)}
	d.Metrics.MustRegister(newModuleMetrics(d.Host.Modules))
	a.ctx, a.stop = context.WithCancel(context.Background())
	var err error
	if a.pages, err = newPages(); err != nil {
		return nil, err
	}
	a.fiber = newFiber(a)
	if a.table, err = a.routes(); err != nil {
		return nil, err
	}
	a.register()
	a.live, a.since = newLive(a)
	d.Home.Watch(a.hearHome)
	a.deaf = d.Events.Subscribe(func(e events.Event) {
		d.Home.Handle(e)
		a.hearNotices(e)
	})
	return a, nil
}

// Serve answers on ln until [App.Shutdown], also one that came before it; it
// closes ln.
func (a *App) Serve(ln net.Listener) error {
	a.fiber.Handler()                                           // completes Fiber's routes
	defer context.AfterFunc(a.ctx, func() { _ = ln.Close() })() // the server knows of no Shutdown before its Serve
	return a.fiber.Server().Serve(ln)
}

// Shutdown stops accepting, ends open streams, and waits for what is under way
// or for ctx.
func (a *App) Shutdown(ctx context.Context) error {
	a.stop()
	a.live.Close()
	err := a.fiber.Server().ShutdownWithContext(ctx)
	if errors.Is(err, net.ErrClosed) { // by Serve
		err = nil
	}
	a.streams.wait(ctx)
	return err
}

// Close lets go of what New took: after Shutdown, or instead of it when nothing
// was served.
func (a *App) Close() {
	a.stop()
	a.deaf()
	a.live.Close()
	a.pages.close()
}
