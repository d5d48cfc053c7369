package plugintest

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// within bounds every call of a test.
const within = 10 * time.Second

// Harness is a running module with a fake core around it.
type Harness struct {
	School   *School // the first one
	Manifest *manifest.Manifest
	Dir      string // the module's data folder

	t          testing.TB
	unrecorded bool
	*running
}

// running is what a harness shares with those for subtests.
type running struct {
	core    *core
	words   catalogues
	module  wire.ModuleClient
	lane    *http.Client
	process *process // nil in-process
	socket  string
	wayOut  string // socket of this start; empty: none
	begin   func(h *Harness, n int)
	starts  int

	mu    sync.Mutex
	clock time.Time
}

// In returns the same running module for a subtest, which then fails itself
// instead of its parent.
func (h *Harness) In(t testing.TB) *Harness {
	c := *h
	c.t = t
	return &c
}

// Start runs the module whose module.yaml and locales/ lie in dir, with a store
// of its own, until the test ends. m is not used by [Process] and may then be
// nil.
func Start(t testing.TB, m *sdk.Module, dir string, opts ...Option) *Harness {
	t.Helper()
	how := os.Getenv("PREAU_PLUGINTEST")
	c := config{clock: defaultClock, process: m == nil || how == "process" || how == "confined", confined: how == "confined"}
	for _, o := range opts {
		o(&c)
	}
	if len(c.schools) == 0 {
		c.schools = []*School{NewSchool("0750655E", "Collège des Tilleuls")}
	}
	man, err := manifest.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	short, err := os.MkdirTemp("/tmp", "preau-") // a Unix socket's path is at most 100 bytes long, TMPDIR may be deep
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(short) })
	h := &Harness{
		School: c.schools[0], Manifest: man, Dir: filepath.Join(short, "data"), t: t, unrecorded: c.unrecorded,
		running: &running{words: readCatalogues(t, dir), clock: c.clock},
	}
	h.core = newCore(t, man, c.schools, filepath.Join(short, "files"), h.Now)
	h.core.outside = c.outside
	h.lane = &http.Client{
		Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", h.socket)
		}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if err := os.MkdirAll(h.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	c.age(t, h.Dir)
	h.begin = func(h *Harness, n int) {
		room := filepath.Join(short, strconv.Itoa(n)) // of this start's own sockets
		if err := os.Mkdir(room, 0o700); err != nil {
			h.t.Fatal(err)
		}
		h.wayOut = h.serveOutside(h.t, room)
		h.socket = filepath.Join(room, "page")
		if c.process {
			h.startProcess(h.t, c.command(h.t, Build(h.t, dir), h.Dir, room, man), room)
		} else {
			h.startHere(h.t, m, room)
		}
	}
	h.begin(h, h.starts)
	t.Cleanup(h.lane.CloseIdleConnections)
	return h
}

// Now is the time by the module's clock; that of [Process] is the real one.
func (h *Harness) Now() time.Time {
	if h.process != nil {
		return time.Now()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.clock
}

// Advance lets time pass. A test of a real process is skipped here.
func (h *Harness) Advance(d time.Duration) {
	h.t.Helper()
	if h.process != nil {
		h.t.Skip("a real process has the real clock")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clock = h.clock.Add(d)
}

// Set chooses the first school's settings of the module, as the console would.
func (h *Harness) Set(settings map[string]any) {
	h.t.Helper()
	raw, err := json.Marshal(settings)
	if err == nil {
		err = h.Manifest.CheckSettings(raw)
	}
	if err != nil {
		h.t.Fatalf("settings: %v", err)
	}
	h.core.set(h.School.ID, raw)
}

// Deliver hands the module an event that it subscribes to, as something that
// happened in the first school, and returns its error.
func (h *Harness) Deliver(name string, payload any) error {
	h.t.Helper()
	raw, err := json.Marshal(payload)
	if err != nil {
		h.t.Fatal(err)
	}
	handle, end := h.core.open(h.School, "")
	defer end()
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	_, err = h.module.Deliver(ctx, &wire.DeliverRequest{
		School: string(h.School.ID), Handle: handle, Id: ids.New(), Name: name, Payload: raw, At: timestamppb.New(h.Now()),
	})
	return errors.FromStatus(err)
}

// Describe asks the module what it is.
func (h *Harness) Describe(ctx context.Context) (*wire.DescribeResponse, error) {
	return h.module.Describe(ctx, &wire.DescribeRequest{})
}

// As returns a person of the first school, or of the school that has them.
func (h *Harness) As(p ids.PersonID) *Visitor {
	h.t.Helper()
	for _, s := range h.core.schools {
		if s.has(p) {
			return &Visitor{h: h, school: s, person: p, locale: "fr"}
		}
	}
	h.t.Fatalf("nobody is called %s", p)
	return nil
}

// Restart drains the module, unless it was killed, and starts it again on the
// data it left.
func (h *Harness) Restart() {
	h.t.Helper()
	h.Stop()
	h.lane.CloseIdleConnections()
	h.starts++
	h.begin(h, h.starts)
}

// Stop drains the module, as the end of the test does otherwise.
func (h *Harness) Stop() {
	if h.process != nil && h.process.ended {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	if _, err := h.module.Drain(ctx, &wire.DrainRequest{}); err != nil {
		h.t.Logf("drain: %v", err)
	}
}
