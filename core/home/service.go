package home

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// Modules is what home asks of the host.
type Modules interface {
	// Offers lists the widgets of the modules enabled in a school.
	Offers(school ids.SchoolID) []Offer
	// Widget fetches one; ctx bounds it.
	Widget(ctx context.Context, call host.WidgetCall) (*wire.Node, error)
	// Shortcuts lists the first pages of the modules this caller may open.
	Shortcuts(c host.Caller) []*wire.Link
	// TasksOf asks the modules what awaits somebody in a span; each hears them
	// one after the other.
	TasksOf(ctx context.Context, c host.Caller, from, to time.Time, each func(host.Tasks))
	// Calendar gathers what the modules have in their calendars in a span.
	Calendar(ctx context.Context, c host.Caller, from, to time.Time, except ...ids.ModuleID) (entries []host.Entries, missing []ids.ModuleID, err error)
	// TaskEvents names the events that may change it; some is false when no
	// module of the school has tasks at all.
	TaskEvents(school ids.SchoolID) (names []string, some bool)
}

// Rights answers whether one of the roles has a permission.
type Rights interface {
	May(school ids.SchoolID, roles []string, p ids.Permission) bool
}

// Config is what a Service needs; Pace, Log and Now may be zero.
type Config struct {
	Engine  store.Engine // the core's store
	Modules Modules
	Rights  Rights
	Hours   Hours                                                                  // of publishing; may be nil: families wait for nothing
	Audit   *audit.Log                                                             // may be nil
	Draw    func(c host.Caller, module ids.ModuleID, n *wire.Node) ([]byte, error) // the body of a widget
	Pace    Pace
	Log     *slog.Logger
	Now     func() time.Time
}

// Pace holds times and bounds; a zero field means the default in brackets.
type Pace struct {
	Page   time.Duration // a page waits this long for its widgets, together [140 ms]
	Widget time.Duration // one call may go on this long after the page left [4 s]
	Broken time.Duration // a failure is shown this long before the module is asked again [3 s]
	Calls  int           // calls under way to one module [32]
}

// Service makes home pages. Safe for concurrent use.
type Service struct {
	cfg     Config
	copies  *otter.Cache[copyKey, *Copy]
	plans   *otter.Cache[planKey, *plan]
	marks   *marks
	flights *flights
	asking  sync.WaitGroup // tasks being asked for

	welcomes *otter.Cache[welcomeKey, *welcome]
}

// New returns a Service; Close it.
func New(cfg Config) (*Service, error) {
	cfg.Pace.Page = or(cfg.Pace.Page, 140*time.Millisecond)
	cfg.Pace.Widget = or(cfg.Pace.Widget, 4*time.Second)
	cfg.Pace.Broken = or(cfg.Pace.Broken, 3*time.Second)
	cfg.Pace.Calls = or(cfg.Pace.Calls, 32)
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	copies, err := otter.New(&otter.Options[copyKey, *Copy]{
		MaximumWeight:    64 << 20,
		Weigher:          func(_ copyKey, c *Copy) uint32 { return uint32(512 + 3*len(c.HTML)) },
		ExpiryCalculator: otter.ExpiryWriting[copyKey, *Copy](MaxAge),
	})
	if err != nil {
		return nil, err
	}
	plans, err := otter.New(&otter.Options[planKey, *plan]{
		MaximumSize:      50_000,
		ExpiryCalculator: otter.ExpiryWriting[planKey, *plan](planAge),
	})
	if err != nil {
		return nil, err
	}
	shown, err := otter.New(&otter.Options[welcomeKey, *welcome]{
		MaximumSize:      50_000,
		ExpiryCalculator: otter.ExpiryWriting[welcomeKey, *welcome](time.Minute), // another node may know better
	})
	if err != nil {
		return nil, err
	}
	s := &Service{welcomes: shown, cfg: cfg, copies: copies, plans: plans, marks: newMarks(), flights: newFlights(cfg.Pace.Calls)}
	if cfg.Hours != nil {
		cfg.Hours.Follow(s.reschedule)
	}
	return s, nil
}

// Close stops the caches and waits for calls under way.
func (s *Service) Close() {
	s.flights.close()
	s.asking.Wait()
	s.copies.StopAllGoroutines()
	s.plans.StopAllGoroutines()
	s.welcomes.StopAllGoroutines()
	s.marks.close()
}

// or returns v, or the default when v is zero.
func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}
