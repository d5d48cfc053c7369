package main

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/files"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/services"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

const (
	school = ids.SchoolID("0750655E")
	python = ids.ModuleID("bonjour-python")
)

type everyone struct{}

func (everyone) May(ids.SchoolID, []string, ids.Permission) bool { return true }
func (everyone) Granted(ids.SchoolID, []string, ids.ModuleID) []ids.Permission {
	return nil
}

type nobody struct{ services.Directory }

func (nobody) Record(context.Context, services.Record) error { return nil }

// TestConfined runs it as a vendor's module in a real core: confined, killed,
// drained.
func TestConfined(t *testing.T) {
	dir := t.TempDir()
	engine, err := bolt.Open(filepath.Join(dir, "core"))
	check(t, err)
	defer engine.Close()
	stored, err := files.Open(t.Context(), filepath.Join(dir, "files"), engine)
	check(t, err)
	defer stored.Close()
	bus := events.New(engine, nil)
	h, err := host.New(host.Config{Dirs: []string{filepath.Dir(built)}, Data: filepath.Join(dir, "modules"), Engine: engine,
		Permissions: everyone{}, Directory: nobody{}, Audit: nobody{}, Events: bus, Files: stored, Notify: notify.New(engine, bus)})
	check(t, err)
	check(t, h.Enable(t.Context(), school, python))
	check(t, h.SetSettings(t.Context(), school, python, []byte(`{"mot":"Bienvenue à tous"}`)))
	check(t, h.Start(t.Context()))
	stop := func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		check(t, h.Stop(ctx))
	}
	defer stop()

	t.Cleanup(func() {
		if t.Failed() {
			for _, l := range h.Logs(python, 0) {
				t.Log(l.Level, l.Text)
			}
		}
	})
	first := serving(t, h, 0)
	if first.Tier != string(manifest.TierVendor) {
		t.Errorf("tier %q", first.Tier)
	}
	looks(t, h)
	check(t, syscall.Kill(first.PID, syscall.SIGKILL))
	last := serving(t, h, first.PID).PID
	looks(t, h)
	stop()
	if err := syscall.Kill(last, 0); err != syscall.ESRCH {
		t.Errorf("the process is left: %v", err)
	}
	for _, l := range h.Logs(python, 0) {
		if strings.Contains(l.Text, "Error") || strings.Contains(l.Text, "Traceback") {
			t.Errorf("log: %s", l.Text)
		}
	}
}

// serving waits for a process other than the one before to serve.
func serving(t *testing.T, h *host.Host, before int) host.Status {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if s := h.Modules()[0]; s.State == supervise.Serving && s.PID != 0 && s.PID != before {
			return s
		}
	}
	t.Fatalf("never served: %+v\n%s", h.Modules(), fmt.Sprint(h.Logs(python, 0)))
	return host.Status{}
}

// looks opens widget and page as a pupil.
func looks(t *testing.T, h *host.Host) {
	t.Helper()
	pupil := host.Caller{Roles: []string{"eleve"}, Viewer: &wire.Viewer{Person: "01J0000000000000000000000A", FirstName: "Camille",
		School: string(school), Profile: "eleve", Locale: "fr", TimeZone: "Europe/Paris"}}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	node, err := h.Widget(ctx, host.WidgetCall{Caller: pupil, Module: python, Widget: "bonjour", Size: "s"})
	check(t, err)
	plugintest.Has(t, node, "bonjour-python.welcome")
	route, err := h.Route(school, python, "GET", "/")
	check(t, err)
	a, err := h.Open(ctx, pupil, route, httptest.NewRequest("GET", "/", nil))
	check(t, err)
	defer a.Body.Close()
	raw, err := io.ReadAll(a.Body)
	check(t, err)
	page := &wire.Page{}
	if err := proto.Unmarshal(raw, page); err != nil || !a.Tree {
		t.Fatalf("%d %q: %v", a.Status, raw, err)
	}
	plugintest.Has(t, page, "bonjour-python.hello", "Camille", "Bienvenue à tous")
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
