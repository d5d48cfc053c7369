package host_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/services"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

const (
	school = ids.SchoolID("0750655E")
	other  = ids.SchoolID("0750001A")
	victim = ids.ModuleID("hostile")
	voisin = ids.ModuleID("voisin")
)

// built holds the folders of the modules: hostile, and the same under another
// name, which behaves.
var built string

func TestMain(m *testing.M) {
	if os.Getenv(orphanHelper) != "" {
		orphanMain()
		return
	}
	if os.Getenv(upgradeHelper) != "" {
		upgradeMain()
	}
	code, err := func() (int, error) {
		dir, err := os.MkdirTemp("", "preau-test-")
		if err != nil {
			return 1, err
		}
		defer os.RemoveAll(dir)
		built = dir
		if err := build(dir); err != nil {
			return 1, err
		}
		return m.Run(), nil
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if code == 0 {
		if err := goleak.Find(
			goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),    // one for the program's life
			goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"), // sleeps up to 10 s, then ends
		); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

func build(dir string) error {
	source := "../../examples/hostile"
	for _, id := range []ids.ModuleID{victim, voisin} {
		folder := filepath.Join(dir, string(id))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		yaml, err := os.ReadFile(filepath.Join(source, "module.yaml"))
		if err != nil {
			return err
		}
		yaml = bytes.ReplaceAll(yaml, []byte("hostile"), []byte(id))
		if err := os.WriteFile(filepath.Join(folder, "module.yaml"), yaml, 0o644); err != nil {
			return err
		}
	}
	binary := filepath.Join(dir, string(victim), string(victim))
	cmd := exec.Command("go", "build", "-o", binary, source)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return os.Link(binary, filepath.Join(dir, string(voisin), string(voisin)))
}

// everyone may what ends in .read.
type everyone struct{}

func (everyone) May(_ ids.SchoolID, _ []string, p ids.Permission) bool {
	return strings.HasSuffix(string(p), ".read")
}

func (everyone) Granted(_ ids.SchoolID, _ []string, m ids.ModuleID) []ids.Permission {
	return []ids.Permission{ids.Permission(m + ".read")}
}

type nobody struct{}

func (nobody) People(context.Context, ids.SchoolID, []ids.PersonID) ([]*wire.Person, error) {
	return nil, nil
}
func (nobody) Members(context.Context, ids.SchoolID, ids.GroupID, []ids.Profile) ([]*wire.Person, error) {
	return nil, nil
}
func (nobody) Groups(context.Context, ids.SchoolID, []ids.GroupID) ([]*wire.Group, error) {
	return nil, nil
}
func (nobody) Search(context.Context, ids.SchoolID, string, []ids.Profile, int) ([]*wire.Person, error) {
	return nil, nil
}
func (nobody) Holding(context.Context, ids.SchoolID, []ids.PersonID, ids.Permission) ([]ids.PersonID, error) {
	return nil, nil
}
func (nobody) Record(context.Context, services.Record) error { return nil }

// house is a host with all it needs, in a folder of its own.
type house struct {
	*host.Host
	dir    string
	engine store.Engine
	bus    *events.Bus
	end    func() // stops it before the test ends; nil where nobody needs to
}

// pace is quick, so that a hung process is found out within a test's patience, and
// has time for a widget however busy the machine is.
var pace = host.Pace{Start: 20 * time.Second, Ping: 100 * time.Millisecond, Answer: time.Second, Widget: time.Second, Drain: 3 * time.Second}

func config(dir string, engine store.Engine) (host.Config, error) {
	bus := events.New(engine, nil)
	stored, err := files.Open(context.Background(), filepath.Join(dir, "files"), engine)
	return host.Config{
		Dirs: []string{built}, Data: filepath.Join(dir, "modules"), Engine: engine,
		Permissions: everyone{}, Directory: nobody{}, Audit: nobody{},
		Events: bus, Files: stored, Notify: notify.New(engine, bus), Pace: pace,
	}, err
}

// newHouse starts a host in which the school enabled these modules.
func newHouse(t testing.TB, edit func(*host.Config), enabled ...ids.ModuleID) *house {
	t.Helper()
	dir := t.TempDir()
	engine, err := bolt.Open(filepath.Join(dir, "core"))
	check(t, err)
	cfg, err := config(dir, engine)
	check(t, err)
	if edit != nil {
		edit(&cfg)
	}
	h, err := host.New(cfg)
	check(t, err)
	for _, m := range enabled {
		check(t, h.Enable(t.Context(), school, m))
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := h.Stop(ctx); err != nil {
			t.Error(err)
		}
		cfg.Files.Close()
		engine.Close()
	})
	return &house{Host: h, dir: dir, engine: engine, bus: cfg.Events}
}

// again returns another host on the same data: the core after a new start.
func (h *house) again(t testing.TB, edit ...func(*host.Config)) *house {
	t.Helper()
	cfg, err := config(h.dir, h.engine)
	check(t, err)
	for _, e := range edit {
		e(&cfg)
	}
	next, err := host.New(cfg)
	check(t, err)
	t.Cleanup(func() {
		if err := next.Stop(context.Background()); err != nil {
			t.Error(err)
		}
		cfg.Files.Close()
	})
	return &house{Host: next, dir: h.dir, engine: h.engine, bus: cfg.Events}
}

func (h *house) start(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	check(t, h.Start(ctx))
}

// fault chooses what is wrong with a module's process from its next start on;
// empty: nothing.
func (h *house) fault(t testing.TB, m ids.ModuleID, name string) {
	t.Helper()
	folder := filepath.Join(h.dir, "modules", string(m))
	check(t, os.MkdirAll(folder, 0o700))
	check(t, os.WriteFile(filepath.Join(folder, "fault"), []byte(name), 0o600))
}

func (h *house) status(t testing.TB, m ids.ModuleID) host.Status {
	t.Helper()
	all := h.Modules()
	i := slices.IndexFunc(all, func(s host.Status) bool { return s.ID == m })
	if i < 0 {
		t.Fatalf("no module %s", m)
	}
	return all[i]
}

// pid returns the number of a module's process once there is one. A signal to
// number 0 would be one to the tests themselves.
func (h *house) pid(t testing.TB, m ids.ModuleID) (n int) {
	t.Helper()
	eventually(t, "it has a process", func() bool { n = h.status(t, m).PID; return n != 0 })
	return n
}

// signal sends a signal to a module's process.
func (h *house) signal(t testing.TB, m ids.ModuleID, what syscall.Signal) {
	t.Helper()
	check(t, syscall.Kill(h.pid(t, m), what))
}

// widget asks for a widget, with the time home gives it.
func (h *house) widget(m ids.ModuleID, id string) (*wire.Node, error) {
	return h.Widget(context.Background(), host.WidgetCall{Caller: pupil(), Module: m, Widget: id, Size: "s"})
}

func (h *house) open(t testing.TB, m ids.ModuleID, r *http.Request) (*host.Answer, error) {
	t.Helper()
	route, err := h.Route(school, m, r.Method, r.URL.Path)
	if err != nil {
		return nil, err
	}
	return h.Open(r.Context(), pupil(), route, r)
}

func pupil() host.Caller {
	return host.Caller{Roles: []string{"eleve"}, Viewer: &wire.Viewer{Person: "01J0000000000000000000000A", Name: "Camille Martin",
		FirstName: "Camille", School: string(school), Profile: "eleve", Locale: "fr", TimeZone: "Europe/Paris"}}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// eventually waits for something another process does.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}

func raw(v any) json.RawMessage { b, _ := json.Marshal(v); return b }
