package core

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/egress"
	"github.com/preau-ent/preau/core/host/packages"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/locale/label"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/push"
	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/core/search/sources"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/core/web"
	"github.com/preau-ent/preau/core/web/console"
	people "github.com/preau-ent/preau/core/web/directory"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/themes"
)

// Core is an opened Préau. Its rooms are there to be used by programs that
// embed it; they must not be used after Close.
type Core struct {
	Config   Config
	Store    store.Engine
	Audit    *audit.Log
	Identity *identity.Service
	Access   *access.Service
	Events   *events.Bus
	Files    *files.Store
	Notify   *notify.Service
	Mail     *mail.Sender // nil: no mail server is configured
	Push     *push.Service
	Packages *packages.Store
	Host     *host.Host
	Words    *locale.Catalogue
	Labels   *label.Service
	Themes   *theme.Themes
	Home     *home.Service
	Search   *search.Service
	Findable *sources.Sources
	Console  *console.Console
	Web      *web.App

	bell    *web.Bell      // nil unless Config.Dev
	shelf   sync.Mutex     // one module comes, goes or changes at a time
	closers []func() error // in the order of opening
}

// New opens the data folder, made when missing, and reads the modules'
// manifests. Nothing runs yet. Conflict when another process has the folder.
func New(ctx context.Context, cfg Config) (*Core, error) {
	c := &Core{Config: cfg.withDefaults()}
	for _, step := range []func(context.Context) error{c.openStore, c.openPeople, c.openFiles, c.openPackages, c.openModules, c.openNotices, c.openSearch, c.openPages} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return c, nil
}

func (c *Core) openStore(context.Context) error {
	if err := os.MkdirAll(c.Config.Data, 0o700); err != nil {
		return errors.Wrap(err, errors.Unavailable, "core.data.folder", "folder", c.Config.Data)
	}
	engine, err := bolt.Open(filepath.Join(c.Config.Data, "core"))
	if err != nil {
		return err
	}
	c.Store = engine
	c.closers = append(c.closers, engine.Close)
	return nil
}

func (c *Core) openPeople(context.Context) (err error) {
	c.Audit = audit.New(c.Store, c.Config.Now)
	c.Identity, err = identity.New(identity.Config{Engine: c.Store, Audit: c.Audit, Now: c.Config.Now,
		Emitted: func(ctx context.Context, school ids.SchoolID) error { return c.Events.Pump(ctx, school) },
		Touched: c.touched})
	if err != nil {
		return err
	}
	c.closers = append(c.closers, func() error { c.Identity.Close(); return nil })
	c.Access, err = access.New(c.Store, c.Audit)
	return err
}

func (c *Core) openFiles(ctx context.Context) (err error) {
	c.Events = events.New(c.Store, c.Config.Log)
	c.Notify = notify.New(c.Store, c.Events)
	if c.Files, err = files.Open(ctx, c.Config.Files, c.Store); err != nil {
		return err
	}
	c.closers = append(c.closers, c.Files.Close)
	return nil
}

func (c *Core) openModules(ctx context.Context) (err error) {
	c.Words, err = c.words()
	if err != nil {
		return err
	}
	c.Labels = label.New(c.Store, c.Audit)
	c.Words.Rename(c.Labels.Of)
	c.Host, err = host.New(host.Config{
		Dirs:        c.Config.Modules,
		Data:        filepath.Join(c.Config.Data, "modules"),
		Engine:      c.Store,
		Permissions: c.Access,
		Directory:   directory{c.Identity, c.Access.May},
		Audit:       journal{c.Audit},
		Events:      c.Events,
		Files:       c.Files,
		Notify:      c.Notify,
		Log:         c.Config.Log,
		Hook:        journal{c.Audit}.moduleChanged,
		Speak:       c.speak,
		Present:     c.present,
		Changed:     c.changedDocuments,
		Confinement: c.Config.Confinement,
		Container:   c.Config.Container,
		Hidden:      c.hidden(),
		Egress:      egress.Config{Clear: c.Config.EgressClear, Inside: c.Config.EgressInside},
	})
	if err != nil {
		return err
	}
	if err := c.unshelve(ctx); err != nil {
		return err
	}
	return c.introduce()
}

func (c *Core) openPages(context.Context) (err error) {
	if c.Themes, err = theme.New(themes.FS, os.DirFS(filepath.Join(c.Config.Data, theme.Folder))); err != nil {
		return err
	}
	deps := web.Deps{
		Engine: c.Store, Identity: c.Identity, Access: c.Access, Audit: c.Audit, Host: c.Host,
		Files: c.Files, Notify: c.Notify, Push: c.Push, Events: c.Events, Words: c.Words, Themes: c.Themes,
		Secure: c.Config.Secure, Log: c.Config.Log, Now: c.Config.Now, Metrics: prometheus.NewRegistry(),
	}
	if err := deps.Metrics.Register(c.Host.Egress()); err != nil {
		return errors.Internal(err)
	}
	if c.Home, err = web.NewHome(deps); err != nil {
		return err
	}
	c.closers = append(c.closers, func() error { c.Home.Close(); return nil })
	deps.Home, deps.Search, deps.Findable = c.Home, c.Search, c.Findable
	if c.Config.Dev {
		c.bell = web.NewBell()
		deps.Bell = c.bell
	}
	c.Console = console.New(console.Deps{Engine: c.Store, Identity: c.Identity, Access: c.Access, Audit: c.Audit,
		Modules: c.Host, Upgrades: versions{c}, Notify: c.Notify, Mail: c.Mail, Home: c.Home, Words: c.Words, Labels: c.Labels, Themes: c.Themes})
	desk := c.Console
	deps.Areas, deps.Nav, deps.Look = desk.Routes(), desk.Nav(), desk.Look
	c.Words.Rename(c.wording(desk.Look))
	deps.Contact = desk.Contact
	deps.Areas, deps.Places = append(deps.Areas, people.New(c.Identity, c.Access).Routes()...), desk.Places()
	if c.Web, err = web.New(deps); err != nil {
		return err
	}
	c.closers = append(c.closers, func() error { c.Web.Close(); return nil })
	return nil
}

// Close lets go of the data folder. Only for a Core that does not serve: Serve
// closes by itself.
func (c *Core) Close() error {
	var err error
	for len(c.closers) > 0 {
		last := len(c.closers) - 1
		err = errors.Join(err, c.closers[last]())
		c.closers = c.closers[:last]
	}
	return err
}
