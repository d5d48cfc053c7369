package plugintest

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// core is the fake core: the services a module may call, in memory.
type core struct {
	wire.UnimplementedSettingsServer
	manifest *manifest.Manifest
	schools  []*School
	now      func() time.Time
	files    *files

	mu       sync.Mutex
	handles  map[string]caller
	settings map[ids.SchoolID]json.RawMessage
	record   record
	arrived  chan struct{} // closed and replaced whenever record grows
	others   map[ids.ModuleID][]*wire.Entry
	links    []*link
	outside  map[string]http.Handler
	hours    func(time.Time) time.Time // nil: always open
}

// caller is who a handle stands for.
type caller struct {
	school *School
	person ids.PersonID // empty: nobody, for events
}

func newCore(t testing.TB, m *manifest.Manifest, schools []*School, folder string, now func() time.Time) *core {
	t.Helper()
	f, err := newFiles(folder)
	if err != nil {
		t.Fatal(err)
	}
	return &core{
		manifest: m, schools: schools, now: now, files: f, handles: map[string]caller{},
		settings: map[ids.SchoolID]json.RawMessage{}, arrived: make(chan struct{}), others: map[ids.ModuleID][]*wire.Entry{},
	}
}

// server returns the core's services for one module.
func (c *core) server(opts []grpc.ServerOption) *grpc.Server {
	s := grpc.NewServer(append(opts,
		grpc.MaxRecvMsgSize(wire.MaxMessage), grpc.MaxSendMsgSize(wire.MaxMessage),
		grpc.UnaryInterceptor(func(ctx context.Context, in any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
			out, err := next(ctx, in)
			return out, errors.ToStatus(err)
		}),
		grpc.StreamInterceptor(func(srv any, s grpc.ServerStream, _ *grpc.StreamServerInfo, next grpc.StreamHandler) error {
			return errors.ToStatus(next(srv, s))
		}),
	)...)
	wire.RegisterSettingsServer(s, c)
	wire.RegisterDirectoryServer(s, directory{core: c})
	wire.RegisterNotifyServer(s, notify{core: c})
	wire.RegisterSlotsServer(s, slots{core: c})
	wire.RegisterEventsServer(s, events{core: c})
	wire.RegisterFilesServer(s, fileService{core: c})
	wire.RegisterAuditServer(s, audit{core: c})
	wire.RegisterCalendarsServer(s, calendars{core: c})
	wire.RegisterPersonalLinksServer(s, links{core: c})
	return s
}

// open makes a handle; end makes it worthless, as it is when a call is over.
func (c *core) open(s *School, p ids.PersonID) (handle string, end func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	handle = ids.New()
	c.handles[handle] = caller{s, p}
	return handle, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.handles, handle)
	}
}

// who finds the caller by the handle, and refuses what the manifest did not ask
// for; no need is the empty capability.
func (c *core) who(ctx context.Context, need manifest.Capability) (caller, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	md, _ := metadata.FromIncomingContext(ctx)
	handle := md.Get(wire.MetadataCall)
	if len(handle) != 1 {
		return caller{}, errors.New(errors.SignIn, "")
	}
	who, ok := c.handles[handle[0]]
	if !ok {
		return caller{}, errors.New(errors.SignIn, "")
	}
	if need != "" && !c.manifest.May(need) {
		return caller{}, errors.New(errors.Denied, "")
	}
	return who, nil
}

func (c *core) set(s ids.SchoolID, raw json.RawMessage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.settings[s] = raw
}

// Get implements wire.SettingsServer.
func (c *core) Get(ctx context.Context, _ *wire.SettingsRequest) (*wire.SettingsResponse, error) {
	who, err := c.who(ctx, "")
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	raw, err := c.manifest.WithDefaults(c.settings[who.school.ID])
	return &wire.SettingsResponse{Json: raw}, err
}
