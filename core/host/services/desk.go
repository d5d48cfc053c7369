package services

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"golang.org/x/time/rate"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// Host is what the services ask of the host itself.
type Host interface {
	IsEnabled(school ids.SchoolID, module ids.ModuleID) bool
	Halted(school ids.SchoolID, module ids.ModuleID) bool
	Settings(ctx context.Context, school ids.SchoolID, module ids.ModuleID) (json.RawMessage, error)
	// Gather collects the calendars of the modules that the call's viewer may
	// read, but the asking one.
	Gather(ctx context.Context, c *calls.Call, from, to time.Time) (*wire.EntriesResponse, error)
}

// Core is all that stands behind the services.
type Core struct {
	Calls     *calls.Book
	Host      Host
	Directory Directory
	Audit     Audit
	Events    *events.Bus
	Files     *files.Store
	Notify    *notify.Service
	Links     *Links
	Log       *slog.Logger
	Changed   Changed // of what can be searched for; may be nil
}

// Server returns the gRPC server for one process of the module. may says what
// the module asks for and was granted; it is asked with every call.
func (c *Core) Server(m *manifest.Manifest, may func(manifest.Capability) bool) *grpc.Server {
	d := &desk{core: c, manifest: m, may: may, told: rate.NewLimiter(1, 10), events: rate.NewLimiter(eventsASec, eventsAtOnce)}
	s := grpc.NewServer(
		grpc.MaxRecvMsgSize(wire.MaxMessage), grpc.MaxSendMsgSize(wire.MaxMessage),
		grpc.UnaryInterceptor(d.unary), grpc.StreamInterceptor(d.stream),
	)
	wire.RegisterDirectoryServer(s, &directory{desk: d})
	wire.RegisterNotifyServer(s, &notices{desk: d})
	wire.RegisterSlotsServer(s, &slots{desk: d})
	wire.RegisterEventsServer(s, &publisher{desk: d})
	wire.RegisterSettingsServer(s, &settings{desk: d})
	wire.RegisterFilesServer(s, &fileServer{desk: d})
	wire.RegisterAuditServer(s, &recorder{desk: d})
	wire.RegisterCalendarsServer(s, &calendars{desk: d})
	wire.RegisterPersonalLinksServer(s, &linkServer{desk: d})
	return s
}

// desk serves one module.
type desk struct {
	core     *Core
	manifest *manifest.Manifest
	may      func(manifest.Capability) bool
	told     *rate.Limiter // of refusals: a module that asks all the time fills no log
	events   *rate.Limiter // of events that it publishes
}

// call returns the call on whose behalf the module asks, once the manifest
// names the capability and it was granted (empty: everyone has it).
func (d *desk) call(ctx context.Context, need manifest.Capability) (*calls.Call, error) {
	if need != "" && !d.may(need) {
		return nil, errors.New(errors.Denied, "host.capability", "capability", string(need))
	}
	values := metadata.ValueFromIncomingContext(ctx, wire.MetadataCall)
	if len(values) != 1 {
		return nil, errors.New(errors.Denied, "host.handle")
	}
	return d.core.Calls.Find(d.manifest.ID, values[0])
}

// viewed is call for what only a viewer may ask.
func (d *desk) viewed(ctx context.Context, need manifest.Capability) (*calls.Call, error) {
	c, err := d.call(ctx, need)
	if err == nil && c.Viewer == nil {
		return nil, errors.New(errors.Denied, "host.noviewer")
	}
	return c, err
}

// unary gives errors their public face and keeps a panic from ending the core.
func (d *desk) unary(ctx context.Context, in any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (out any, err error) {
	defer func() { err = d.closing(info.FullMethod, recover(), err) }()
	return next(ctx, in)
}

func (d *desk) stream(srv any, s grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) (err error) {
	defer func() { err = d.closing(info.FullMethod, recover(), err) }()
	return next(srv, s)
}

func (d *desk) closing(method string, panicked any, err error) error {
	if panicked != nil {
		d.core.Log.Error("service panicked", "method", method, "module", d.manifest.ID, "panic", panicked, "stack", string(debug.Stack()))
		err = errors.Internal(fmt.Errorf("panic: %v", panicked))
	}
	if err != nil {
		level := slog.LevelDebug
		if k := errors.KindOf(err); (k == errors.Denied || k == errors.Invalid) && d.told.Allow() {
			level = slog.LevelWarn // it asks for what is not its own
		}
		d.core.Log.Log(context.Background(), level, "service refused", "method", method, "module", d.manifest.ID, "err", err)
	}
	return errors.ToStatus(err)
}

// person returns the viewer's id, empty when nobody looks.
func person(c *calls.Call) ids.PersonID { return ids.PersonID(c.Viewer.GetPerson()) }
