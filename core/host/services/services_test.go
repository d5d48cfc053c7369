package services

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/host/calls"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("go.opencensus.io/stats/view.(*worker).start"))
}

const (
	school  = ids.SchoolID("0750655E")
	camille = "01J0000000000000000000000A"
)

// world is what stands behind the desk in these tests.
type world struct {
	recorded []Record
	asked    *calls.Call
}

func (w *world) People(_ context.Context, _ ids.SchoolID, people []ids.PersonID) (out []*wire.Person, _ error) {
	for _, p := range people {
		if p != "stranger" {
			out = append(out, &wire.Person{Id: string(p)})
		}
	}
	return out, nil
}
func (w *world) Members(_ context.Context, _ ids.SchoolID, g ids.GroupID, _ []ids.Profile) ([]*wire.Person, error) {
	return []*wire.Person{{Id: "member of " + string(g)}}, nil
}
func (w *world) Groups(context.Context, ids.SchoolID, []ids.GroupID) ([]*wire.Group, error) {
	return []*wire.Group{{Id: "5A"}, {Id: "5B"}}, nil
}
func (w *world) Search(_ context.Context, s ids.SchoolID, words string, _ []ids.Profile, limit int) ([]*wire.Person, error) {
	if words == "panic" {
		panic("as asked")
	}
	return make([]*wire.Person, limit), nil
}
func (w *world) Holding(_ context.Context, _ ids.SchoolID, people []ids.PersonID, p ids.Permission) (held []ids.PersonID, _ error) {
	for _, one := range people {
		if one != "poor" {
			held = append(held, one)
		}
	}
	return held, nil
}
func (w *world) Record(_ context.Context, r Record) error {
	w.recorded = append(w.recorded, r)
	return nil
}
func (w *world) Halted(ids.SchoolID, ids.ModuleID) bool { return false }

func (w *world) IsEnabled(s ids.SchoolID, _ ids.ModuleID) bool { return s == school }
func (w *world) Settings(_ context.Context, s ids.SchoolID, m ids.ModuleID) (json.RawMessage, error) {
	return json.RawMessage(`"` + string(s) + " " + string(m) + `"`), nil
}
func (w *world) Gather(_ context.Context, c *calls.Call, _, _ time.Time) (*wire.EntriesResponse, error) {
	w.asked = c
	return &wire.EntriesResponse{Missing: []string{"x"}}, nil
}

// desks is a core with a connection as module "rich", which asked for every
// capability, one as module "poor", which asked for none, and one as "held",
// which asked for every one and was granted none.
type desks struct {
	*world
	core             *Core
	rich, poor, held grpc.ClientConnInterface
}

func open(t *testing.T) *desks {
	t.Helper()
	dir := t.TempDir()
	engine, err := bolt.Open(filepath.Join(dir, "core"))
	if err != nil {
		t.Fatal(err)
	}
	stored, err := files.Open(t.Context(), filepath.Join(dir, "files"), engine)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stored.Close(); engine.Close() })
	bus := events.New(engine, nil)
	w := &world{}
	core := &Core{Calls: &calls.Book{}, Host: w, Directory: w, Audit: w, Events: bus, Files: stored, Notify: notify.New(engine, bus),
		Links: &Links{Engine: engine, Now: time.Now}, Log: slog.New(slog.DiscardHandler)}
	rich := &manifest.Manifest{ID: "rich", Permissions: []manifest.Permission{{ID: "rich.sign"}}, Capabilities: append(manifest.Capabilities(), manifest.MayPublish("rich.done")),
		Routes: []manifest.Route{{Path: "/feed", Methods: []string{"GET"}, Link: true}, {Path: "/page", Methods: []string{"GET"}}}}
	poor := &manifest.Manifest{ID: "poor"}
	held := &manifest.Manifest{ID: "held", Capabilities: append(manifest.Capabilities(), manifest.MayPublish("held.done"))}
	nothing := func(manifest.Capability) bool { return false }
	return &desks{world: w, core: core, rich: connect(t, core, rich, rich.May), poor: connect(t, core, poor, poor.May), held: connect(t, core, held, nothing)}
}

func connect(t *testing.T, core *Core, m *manifest.Manifest, may func(manifest.Capability) bool) grpc.ClientConnInterface {
	t.Helper()
	l := bufconn.Listen(1 << 20)
	s := core.Server(m, may)
	done := make(chan struct{})
	go func() { defer close(done); s.Serve(l) }()
	conn, err := grpc.NewClient("passthrough:///x", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return l.DialContext(ctx) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(); s.Stop(); <-done })
	return conn
}

// as opens a call of the module and returns the context of a call back.
func (d *desks) as(t *testing.T, m ids.ModuleID, viewer bool) context.Context {
	c := &calls.Call{Module: m, School: school}
	if viewer {
		c.Viewer = &wire.Viewer{Person: camille, School: string(school), RequestId: "R", Groups: []*wire.Group{{Id: "mine"}}}
	}
	h := d.core.Calls.Open(c)
	t.Cleanup(func() { d.core.Calls.Close(h) })
	return with(t, h)
}

func with(t *testing.T, handle string) context.Context {
	return metadata.AppendToOutgoingContext(t.Context(), wire.MetadataCall, handle)
}

// ask is one call of each service.
var asks = map[string]func(context.Context, grpc.ClientConnInterface) error{
	"people": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewDirectoryClient(c).People(ctx, &wire.PeopleRequest{Ids: []string{"a"}})
		return err
	},
	"groups": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewDirectoryClient(c).Groups(ctx, &wire.GroupsRequest{})
		return err
	},
	"search": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewDirectoryClient(c).Search(ctx, &wire.SearchPeopleRequest{})
		return err
	},
	"notify": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewNotifyClient(c).Send(ctx, &wire.SendRequest{People: []string{camille}, Text: &wire.Text{Plain: "x"}})
		return err
	},
	"audit": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewAuditClient(c).Record(ctx, &wire.RecordRequest{Action: "x"})
		return err
	},
	"stat": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewFilesClient(c).Stat(ctx, &wire.GetRequest{Id: "x"})
		return err
	},
	"delete": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewFilesClient(c).Delete(ctx, &wire.GetRequest{Id: "x"})
		return err
	},
	"put": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := put(ctx, c, strings.NewReader("x"))
		return err
	},
	"calendar": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewCalendarsClient(c).Entries(ctx, span())
		return err
	},
	"link": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewPersonalLinksClient(c).Create(ctx, &wire.CreateLinkRequest{Path: "/feed"})
		return err
	},
	"links": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewPersonalLinksClient(c).List(ctx, &wire.ListLinksRequest{})
		return err
	},
	"revoke": func(ctx context.Context, c grpc.ClientConnInterface) error {
		_, err := wire.NewPersonalLinksClient(c).Revoke(ctx, &wire.RevokeLinkRequest{Id: "x"})
		return err
	},
}

func span() *wire.EntriesRequest {
	return &wire.EntriesRequest{From: timestamppb.New(time.Unix(0, 0)), To: timestamppb.New(time.Unix(10, 0))}
}

func put(ctx context.Context, c grpc.ClientConnInterface, r io.Reader) (*wire.FileInfo, error) {
	s, err := wire.NewFilesClient(c).Put(ctx)
	if err != nil {
		return nil, err
	}
	s.Send(&wire.PutRequest{Name: "a/b\\photo.png"})
	for buf := make([]byte, 64<<10); ; {
		n, err := r.Read(buf)
		if n > 0 && s.Send(&wire.PutRequest{Chunk: buf[:n]}) != nil {
			break
		}
		if err != nil {
			break
		}
	}
	return s.CloseAndRecv()
}

// TestNoHandleNoService: without capability, without handle, with an ended,
// guessed or borrowed one, every service is closed.
func TestNoHandleNoService(t *testing.T) {
	d := open(t)
	ended := d.core.Calls.Open(&calls.Call{Module: "rich", School: school})
	d.core.Calls.Close(ended)
	borrowed := d.core.Calls.Open(&calls.Call{Module: "other", School: school, Viewer: &wire.Viewer{}})
	twice := metadata.AppendToOutgoingContext(d.as(t, "rich", true), wire.MetadataCall, "x")
	for name, ask := range asks {
		for why, ctx := range map[string]context.Context{
			"no handle": t.Context(), "ended": with(t, ended), "guessed": with(t, strings.Repeat("0", 32)),
			"another module's": with(t, borrowed), "two handles": twice,
		} {
			if err := errors.FromStatus(ask(ctx, d.rich)); errors.KindOf(err) != errors.Denied {
				t.Errorf("%s, %s: %v", name, why, err)
			}
		}
		if err := errors.FromStatus(ask(d.as(t, "poor", true), d.poor)); errors.KindOf(err) != errors.Denied {
			t.Errorf("%s without the capability: %v", name, err)
		}
		if err := errors.FromStatus(ask(d.as(t, "held", true), d.held)); errors.KindOf(err) != errors.Denied {
			t.Errorf("%s with a capability that was not granted: %v", name, err)
		}
		if err := errors.FromStatus(ask(d.as(t, "rich", true), d.rich)); errors.KindOf(err) == errors.Denied {
			t.Errorf("%s, all in order: %v", name, err)
		}
	}
	for _, name := range []string{"calendar", "link", "links", "revoke"} {
		if err := errors.FromStatus(asks[name](d.as(t, "rich", false), d.rich)); errors.KindOf(err) != errors.Denied {
			t.Errorf("%s on behalf of nobody: %v", name, err)
		}
	}
}

// TestEverythingFollowsFromTheHandle: school and person are the call's.
func TestEverythingFollowsFromTheHandle(t *testing.T) {
	d := open(t)
	ctx := d.as(t, "rich", true)
	if _, err := wire.NewAuditClient(d.rich).Record(ctx, &wire.RecordRequest{Action: "seen", Object: "o"}); err != nil {
		t.Fatal(err)
	}
	if want := (Record{School: school, Person: camille, Module: "rich", RequestID: "R", Action: "seen", Object: "o"}); len(d.recorded) != 1 || d.recorded[0].Person != want.Person ||
		d.recorded[0].School != want.School || d.recorded[0].Module != want.Module || d.recorded[0].RequestID != want.RequestID {
		t.Errorf("%+v", d.recorded)
	}
	s, err := wire.NewSettingsClient(d.rich).Get(ctx, &wire.SettingsRequest{})
	if err != nil || string(s.Json) != `"0750655E rich"` {
		t.Errorf("%s %v", s.GetJson(), err)
	}
	g, err := wire.NewDirectoryClient(d.rich).Groups(ctx, &wire.GroupsRequest{Mine: true})
	if err != nil || len(g.Groups) != 1 || g.Groups[0].Id != "mine" {
		t.Errorf("%v %v", g, err)
	}
	if _, err := wire.NewCalendarsClient(d.rich).Entries(ctx, span()); err != nil || d.asked.Viewer.Person != camille {
		t.Errorf("%+v %v", d.asked, err)
	}
	_, err = wire.NewNotifyClient(d.rich).Send(ctx, &wire.SendRequest{People: []string{camille, "stranger"}, Text: &wire.Text{Key: "x"}, Link: &wire.Link{Path: "/"}})
	if err != nil {
		t.Fatal(err)
	}
	list, _, err := d.core.Notify.List(t.Context(), school, camille, "", 0)
	if err != nil || len(list) != 1 || list[0].Module != "rich" || list[0].Link.Module != "rich" {
		t.Errorf("%+v %v", list, err)
	}
	if list, _, _ := d.core.Notify.List(t.Context(), school, "stranger", "", 0); len(list) > 0 {
		t.Error("a notice left the school")
	}
	if _, err := wire.NewDirectoryClient(d.rich).Search(ctx, &wire.SearchPeopleRequest{Words: "panic"}); errors.KindOf(errors.FromStatus(err)) != errors.Bug {
		t.Errorf("a panic of the core: %v", err)
	}
}

func TestFiles(t *testing.T) {
	d := open(t)
	ctx := d.as(t, "rich", true)
	body := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 1<<20)...)
	rand.Read(body[8:])
	info, err := put(ctx, d.rich, bytes.NewReader(body))
	if err != nil || info.Name != "photo.png" || info.Mime != "image/png" || info.Size != int64(len(body)) {
		t.Fatalf("%v %v", info, err)
	}
	s, err := wire.NewFilesClient(d.rich).Get(ctx, &wire.GetRequest{Id: info.Id})
	if err != nil {
		t.Fatal(err)
	}
	var got []byte
	for {
		m, err := s.Recv()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, m.Chunk...)
	}
	if !bytes.Equal(got, body) {
		t.Errorf("%d bytes of %d came back", len(got), len(body))
	}
}

func TestPublish(t *testing.T) {
	d := open(t)
	_, err := wire.NewEventsClient(d.held).Publish(t.Context(), &wire.PublishRequest{School: string(school), Id: "0", Name: "held.done"})
	if errors.KindOf(errors.FromStatus(err)) != errors.Denied {
		t.Errorf("an event that was not granted: %v", err)
	}
	var heard []events.Event
	defer d.core.Events.Subscribe(func(e events.Event) { heard = append(heard, e) })()
	for _, c := range []struct {
		school, id, name string
		kind             errors.Kind
	}{
		{string(school), "1", "rich.done", errors.OK},
		{"0750001A", "2", "rich.done", errors.Denied},
		{string(school), "3", "rich.other", errors.Invalid},
		{string(school), "", "rich.done", errors.Invalid},
	} {
		_, err := wire.NewEventsClient(d.rich).Publish(t.Context(), &wire.PublishRequest{School: c.school, Id: c.id, Name: c.name, People: []string{"p"}})
		if errors.KindOf(errors.FromStatus(err)) != c.kind {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if len(heard) != 1 || heard[0].Source != "rich" || !slices.Equal(heard[0].People, []ids.PersonID{"p"}) {
		t.Errorf("%+v", heard)
	}
}

func TestLinks(t *testing.T) {
	d := open(t)
	ctx, links := d.as(t, "rich", true), wire.NewPersonalLinksClient(d.rich)
	if _, err := links.Create(ctx, &wire.CreateLinkRequest{Path: "/page"}); errors.KindOf(errors.FromStatus(err)) != errors.Denied {
		t.Errorf("a link to a page that allows none: %v", err)
	}
	l, err := links.Create(ctx, &wire.CreateLinkRequest{Path: "/feed", Label: "téléphone"})
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.TrimPrefix(l.Address, Prefix)
	if _, kept, err := d.core.Links.Resolve(t.Context(), secret); err != nil || strings.Contains(kept.Hash, secret) {
		t.Errorf("%+v %v", kept, err)
	}
	list, err := links.List(ctx, &wire.ListLinksRequest{Path: "/feed"})
	if err != nil || len(list.Links) != 1 || list.Links[0].Address != "" || list.Links[0].Used == nil || list.Links[0].Label != "téléphone" {
		t.Errorf("%v %v", list, err)
	}
	h := d.core.Calls.Open(&calls.Call{Module: "rich", School: school, Viewer: &wire.Viewer{Person: "someone"}})
	if _, err := links.Revoke(with(t, h), &wire.RevokeLinkRequest{Id: l.Id}); errors.KindOf(errors.FromStatus(err)) != errors.NotFound {
		t.Errorf("another person's link: %v", err)
	}
	if _, err := links.Revoke(ctx, &wire.RevokeLinkRequest{Id: l.Id}); err != nil {
		t.Error(err)
	}
	if _, _, err := d.core.Links.Resolve(t.Context(), secret); errors.KindOf(err) != errors.NotFound {
		t.Errorf("a revoked link: %v", err)
	}
}
