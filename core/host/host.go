package host

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/core/host/egress"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/services"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
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
	Events      *events.Bus // started and stopped with the host
	Files       *files.Store
	Notify      *notify.Service
	Log         *slog.Logger     // may be nil
	Launcher    process.Launcher // may be nil: what Confinement says
	Confinement string           // "" or on: modules are confined or not started; off: they run as they are
	Container   string           // who makes the containers of the tier: one of confine.Runners; may be empty: the first installed
	Hidden      []string         // files and folders that no module may see; may be empty
	Hook        Hook             // may be nil
	Changed     services.Changed // of documents to search; may be nil
	Speak       Speak            // may be nil: entries of calendars keep their keys
	Pace        Pace             // may be zero
	Present     Present          // may be nil
	Egress      egress.Config    // of the way out; may be zero, and its Calls and Written are the host's
}

// Pace holds the host's times; a zero field means the default in brackets.
type Pace struct {
	Start   time.Duration // handshake and activation [20 s]
	Ping    time.Duration // between two pings [5 s]
	Answer  time.Duration // for one ping [2 s]
	Misses  int           // pings in a row that may fail before the process is killed [3]
	Stable  time.Duration // of serving, after which the backoff begins anew [30 s]
	Drain   time.Duration // for a clean end [5 s]
	Page    time.Duration // to the first byte of a page that does not stream [15 s]
	Widget  time.Duration // when the caller's context has no deadline [150 ms]
	Event   time.Duration // for one delivery [10 s]
	Migrate time.Duration // for the data of one school [2 min]
	Held    time.Duration // that a call waits while another version takes over [2 s]
	Halt    time.Duration // for a module that is halted for everybody to end by itself [300 ms]
	Keep    time.Duration // that anybody waits until it is written why a module was put aside [5 s]
}

func (p Pace) withDefaults() Pace {
	for _, d := range []struct {
		at   *time.Duration
		with time.Duration
	}{
		{&p.Start, 20 * time.Second}, {&p.Ping, 5 * time.Second}, {&p.Answer, 2 * time.Second},
		{&p.Stable, 30 * time.Second}, {&p.Drain, 5 * time.Second}, {&p.Page, 15 * time.Second},
		{&p.Widget, 150 * time.Millisecond}, {&p.Event, 10 * time.Second}, {&p.Halt, 300 * time.Millisecond},
		{&p.Migrate, 2 * time.Minute}, {&p.Held, 2 * time.Second}, {&p.Keep, 5 * time.Second},
	} {
		if *d.at == 0 {
			*d.at = d.with
		}
	}
	if p.Misses == 0 {
		p.Misses = 3
	}
	return p
}

// Host runs the modules. Make one with [New].
type Host struct {
	cfg       Config
	catalogue atomic.Pointer[catalogue]
	shelving  sync.Mutex // one change of the catalogue at a time
	calls     calls.Book
	links     *services.Links
	services  *services.Core
	egress    *egress.Broker
	switches  atomic.Pointer[switches]
	halts     atomic.Pointer[halts]
	illegible sync.Map // of decisions: why their record cannot be read
	keeper    *keeper
	turning   sync.Mutex // one change of a school's choices at a time

	mu      sync.Mutex // over the life below, and over staff
	running bool
	run     string // folder of the sockets
	ownRun  bool
	runLock *os.File
	life    context.Context // until Stop
	end     context.CancelFunc
	targets sync.Map       // of modules: the version that an upgrade leads to
	leaving sync.WaitGroup // workers being dismissed, and what else is to end with the host
}

// New reads the catalogue; nothing is started. A folder that is no valid
// module is left out and reported by [Host.Refused].
func New(cfg Config) (*Host, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Pace = cfg.Pace.withDefaults()
	data, err := filepath.Abs(cfg.Data)
	if err != nil {
		return nil, errors.Internal(err)
	}
	cfg.Data = data
	if cfg.Launcher == nil {
		if cfg.Launcher, err = launcher(cfg.Confinement, cfg.Container, cfg.Hidden); err != nil {
			return nil, err
		}
	}
	h := &Host{cfg: cfg, links: &services.Links{Engine: cfg.Engine, Now: time.Now}}
	h.life, h.end = context.WithCancel(context.Background())
	c, err := readCatalogue(h, cfg.Dirs)
	if err != nil {
		return nil, err
	}
	h.catalogue.Store(c)
	on, off, err := h.readChoices(context.Background())
	if err != nil {
		return nil, err
	}
	if err := h.readStops(context.Background(), off); err != nil {
		return nil, err
	}
	h.switches.Store(&on)
	h.halts.Store(&off)
	if h.keeper, err = newKeeper(context.Background(), cfg.Engine, cfg.Pace.Keep, cfg.Log); err != nil {
		return nil, err
	}
	h.lament()
	h.services = &services.Core{Calls: &h.calls, Host: h, Directory: cfg.Directory, Audit: cfg.Audit,
		Events: cfg.Events, Files: cfg.Files, Notify: cfg.Notify, Links: h.links, Log: cfg.Log, Changed: cfg.Changed}
	cfg.Egress.Calls, cfg.Egress.Written = &h.calls, h.written
	h.egress = egress.New(cfg.Egress)
	cfg.Events.Aim(h)
	return h, nil
}

// Start starts every module that a school enabled and returns once each has
// been tried once or ctx ends. Delivery of events starts with it.
func (h *Host) Start(ctx context.Context) error {
	h.mu.Lock()
	if err := h.makeRun(); err != nil {
		h.mu.Unlock()
		return errors.Wrap(err, errors.Unavailable, "host.nofolder")
	}
	h.running = true
	if h.life.Err() != nil {
		h.life, h.end = context.WithCancel(context.Background())
	}
	life := h.life
	h.leaving.Go(func() { h.keeper.run(life) })
	h.mu.Unlock()
	if err := h.undoBroken(ctx); err != nil {
		return err
	}
	c := h.known()
	for _, id := range c.order {
		h.staff(id)
	}
	for _, id := range c.order {
		if err := c.workers[id].tried(ctx); err != nil {
			return err
		}
	}
	return h.cfg.Events.Start(ctx, h)
}

// Stop drains and ends every module; nothing of them is left when it returns.
// When ctx ends, what has not drained is killed.
func (h *Host) Stop(ctx context.Context) error {
	h.cfg.Events.Stop()
	h.mu.Lock()
	h.running = false
	h.end()
	h.mu.Unlock()
	var all sync.WaitGroup
	for _, w := range h.known().workers {
		all.Go(func() { w.dismiss(ctx) })
	}
	all.Wait()
	h.leaving.Wait()
	h.save(ctx)
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.dropRun()
}

// staff starts or stops a module's process as the schools need it.
func (h *Host) staff(id ids.ModuleID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := h.worker(id)
	switch {
	case !h.running || w == nil:
	case h.needs(w):
		w.hire()
	default:
		h.leaving.Go(func() { w.dismissUnless(context.Background(), func() bool { return h.needs(w) }) })
	}
}

// Ready reports whether every module that a school enabled has settled: it is
// called, or was put aside for crashing too often and waits for somebody to
// look, which is no reason to keep visitors from all the others.
func (h *Host) Ready() bool {
	h.mu.Lock()
	running := h.running
	h.mu.Unlock()
	c := h.known()
	for _, id := range c.order {
		if w := c.workers[id]; h.needs(w) && !w.settled() {
			return false
		}
	}
	return running
}

// Modules says how each module of the catalogue is, by id.
func (h *Host) Modules() []Status {
	c := h.known()
	out := make([]Status, 0, len(c.order))
	for _, id := range c.order {
		out = append(out, c.workers[id].status())
	}
	return out
}

// Logs returns the last n lines of a module's log, oldest first; n ≤ 0: all kept.
func (h *Host) Logs(id ids.ModuleID, n int) []Line {
	if w := h.worker(id); w != nil {
		return w.lines.Last(n)
	}
	return nil
}
