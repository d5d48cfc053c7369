package console

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/locale/label"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store"
)

// Modules is what the console asks of the host.
type Modules interface {
	Manifests() []*manifest.Manifest
	Manifest(id ids.ModuleID) (*manifest.Manifest, error)
	Modules() []host.Status
	Logs(id ids.ModuleID, n int) []host.Line
	IsEnabled(school ids.SchoolID, id ids.ModuleID) bool
	Enable(ctx context.Context, school ids.SchoolID, id ids.ModuleID) error
	Disable(ctx context.Context, school ids.SchoolID, id ids.ModuleID) error
	Halted(school ids.SchoolID, id ids.ModuleID) bool
	Halt(ctx context.Context, id ids.ModuleID, school ids.SchoolID) error
	Resume(ctx context.Context, id ids.ModuleID, school ids.SchoolID) error
	Restart(ctx context.Context, id ids.ModuleID) error
	Trend(id ids.ModuleID) []host.Sample
	Source(id ids.ModuleID) (host.Source, error)
	Settings(ctx context.Context, school ids.SchoolID, id ids.ModuleID) (json.RawMessage, error)
	SetSettings(ctx context.Context, school ids.SchoolID, id ids.ModuleID, value json.RawMessage) error
}

var _ Modules = (*host.Host)(nil)

// Deps is what the console is wired to; what has no "may" must be there.
type Deps struct {
	Engine   store.Engine // the core's store: it keeps the look of schools
	Identity *identity.Service
	Access   *access.Service
	Audit    *audit.Log
	Modules  Modules
	Upgrades Upgrades // may be nil: versions are not changed here
	Home     *home.Service
	Notify   *notify.Service
	Mail     *mail.Sender // may be nil: no mail server is configured
	Themes   *theme.Themes
	Words    *locale.Catalogue
	Labels   *label.Service
}

// Console is the pages of the school console.
type Console struct {
	Deps
	looks sync.Map // ids.SchoolID → web.Look: every page asks for it
}

// New returns the console of these deps.
func New(d Deps) *Console { return &Console{Deps: d} }

// may reports whether the visitor has a permission besides the one of the
// route.
func (c *Console) may(v *visit.Visit, p ids.Permission) bool {
	return c.Access.May(v.School(), v.Session.Roles, p)
}

// acting is the visit's context with who acts noted for the journal.
func acting(v *visit.Visit) context.Context { return audit.WithBy(v.Context, v.By()) }
