package sdk

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"

	"github.com/preau-ent/preau/sdk/egress"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

// Setting is what a [Runtime] needs to know besides the module.
type Setting struct {
	ID, Version string
	Schema      int              // of the data that this version writes; 0: 1
	Log         *slog.Logger     // nil: silent
	Now         func() time.Time // nil: time.Now
	// Dial reaches the core's services under the broker id that Activate names.
	Dial func(ctx context.Context, broker uint32) (Conn, error)
	// Open opens the module's store in its folder; nil: a bolt engine.
	Open func(dir string) (store.Engine, error)
}

// Conn is the connection to the core's services; it is closed at Drain.
type Conn interface {
	grpc.ClientConnInterface
	Close() error
}

// Runtime is a module at work: it answers the control lane and, between
// Activate and Drain, the page socket. [Serve] and package plugintest make one;
// modules have no need to.
type Runtime struct {
	wire.UnimplementedModuleServer
	module  *Module
	setting Setting

	turn  sync.Mutex // Activate and Drain, one at a time
	ended bool
	calls atomic.Int64         // that had a scope, ever
	full  atomic.Bool          // the core says that the disk quota is used up
	now   atomic.Pointer[live] // nil before Activate and after Drain
}

// NewRuntime prepares a module for Activate.
func NewRuntime(m *Module, s Setting) *Runtime {
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Schema == 0 {
		s.Schema = 1
	}
	if s.Open == nil {
		s.Open = func(dir string) (store.Engine, error) { return bolt.Open(dir) }
	}
	return &Runtime{module: m, setting: s}
}

// live is what exists between Activate and Drain.
type live struct {
	setting Setting
	calls   *atomic.Int64
	engine  store.Engine
	conn    Conn
	outbox  *outbox
	way     *egress.Client // nil: none
	pages   *pageServer
	control *inflight

	admitted sync.Map // of store.Space: those whose schema is ours
}

// start opens stores, core services and page socket, in this order, and closes
// what it opened when one of them fails.
func (r *Runtime) start(ctx context.Context, in *wire.ActivateRequest) (l *live, err error) {
	s := r.setting
	l = &live{setting: s, calls: &r.calls, control: newInflight()}
	defer func() {
		if err != nil {
			l.stop(ctx)
		}
	}()
	if l.conn, err = s.Dial(ctx, in.GetCoreBroker()); err != nil {
		return l, err
	}
	if l.engine, err = s.Open(in.GetDataDir()); err != nil {
		return l, err
	}
	l.engine = boundEngine{l.engine, &r.full}
	l.outbox = newOutbox(wire.NewEventsClient(l.conn), s.Log)
	if socket := in.GetEgressSocket(); socket != "" {
		l.way = egress.NewClient(socket)
	}
	if l.pages, err = servePages(in.GetPageSocket(), newPages(r.module, l)); err != nil {
		return l, err
	}
	l.outbox.resume(l.engine)
	return l, nil
}

// stop ends what start began, in the opposite order. Answers under way get the
// time that ctx leaves.
func (l *live) stop(ctx context.Context) {
	if l.pages != nil {
		l.pages.stop(ctx)
	}
	finishing, cancel := leaveTenth(ctx)
	l.control.stop(finishing)
	cancel()
	if l.outbox != nil {
		l.outbox.stop(ctx)
	}
	if l.engine != nil {
		if err := l.engine.Close(); err != nil {
			l.setting.Log.Error("closing the store", "err", err)
		}
	}
	if l.way != nil {
		l.way.Close()
	}
	if l.conn != nil {
		_ = l.conn.Close() // nothing is under way on it any more
	}
}

// leaveTenth shortens a deadline, so that stores and outboxes have time too.
func leaveTenth(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, time.Until(deadline)*9/10)
}
