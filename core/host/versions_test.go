package host_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

// counter is the module of the tests of upgrades.
const counter = ids.ModuleID("compteur")

// built once: the programs of its versions.
var program = map[string]func() (string, error){"compteur": buildOnce("compteur"), "brut": buildOnce("brut")}

func buildOnce(name string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		exe := filepath.Join(built, ".versions", name)
		cmd := exec.Command("go", "build", "-o", exe, "./testdata/"+name)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		out, err := cmd.CombinedOutput()
		if err != nil {
			err = fmt.Errorf("%w: %s", err, out)
		}
		return exe, err
	})
}

// version describes one version of the module.
type version struct {
	number  string
	schema  int
	program string // compteur unless said
	fault   string
	asks    string // one more capability
}

// source makes the folder of a version.
func (v version) source(t testing.TB) host.Source {
	t.Helper()
	if v.program == "" {
		v.program = "compteur"
	}
	exe, err := program[v.program]()
	check(t, err)
	folder := filepath.Join(t.TempDir(), string(counter))
	check(t, os.Mkdir(folder, 0o755))
	yaml, err := os.ReadFile("testdata/compteur/module.yaml")
	check(t, err)
	yaml = bytes.Replace(yaml, []byte("version: 1.0.0"), []byte("version: "+v.number), 1)
	yaml = bytes.Replace(yaml, []byte("schema: 1"), fmt.Appendf(nil, "schema: %d", v.schema), 1)
	yaml = bytes.Replace(yaml, []byte("capabilities: []"), []byte("capabilities: ["+v.asks+"]"), 1)
	check(t, os.WriteFile(filepath.Join(folder, "module.yaml"), yaml, 0o644))
	check(t, os.WriteFile(filepath.Join(folder, "fault"), []byte(v.fault), 0o644))
	program, err := os.ReadFile(exe) // a link would change the one that another test is starting
	check(t, err)
	check(t, os.WriteFile(filepath.Join(folder, string(counter)), program, 0o755))
	return host.Source{Folder: folder, Tier: manifest.TierFirstParty}
}

// the usual versions
var (
	one = version{number: "1.0.0", schema: 1}
	two = version{number: "2.0.0", schema: 2}
)

// counting starts a host with one version, which both schools enabled.
func counting(t testing.TB, v version, edit func(*host.Config)) *house {
	t.Helper()
	return countingIn(t, t.TempDir(), v, edit)
}

func countingIn(t testing.TB, dir string, v version, edit func(*host.Config)) *house {
	t.Helper()
	h := houseIn(t, dir, func(c *host.Config) {
		c.Dirs = []string{filepath.Dir(v.source(t).Folder)}
		c.Pace.Held = 20 * time.Second // what waits is not lost, however slow the machine is
		if edit != nil {
			edit(c)
		}
	})
	check(t, h.Enable(t.Context(), school, counter))
	check(t, h.Enable(t.Context(), other, counter))
	h.start(t)
	return h
}

// houseIn makes a host on a folder that may have been used before; it stops
// with the test, or before it by end.
func houseIn(t testing.TB, dir string, edit func(*host.Config)) *house {
	t.Helper()
	engine, err := bolt.Open(filepath.Join(dir, "core"))
	check(t, err)
	cfg, err := config(dir, engine)
	check(t, err)
	edit(&cfg)
	h, err := host.New(cfg)
	check(t, err)
	end := sync.OnceFunc(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := h.Stop(ctx); err != nil {
			t.Error(err)
		}
		cfg.Files.Close()
		engine.Close()
	})
	t.Cleanup(end)
	return &house{Host: h, dir: dir, engine: engine, bus: cfg.Events, end: end}
}

// ask sends one request of a pupil of this school and returns what came.
func (h *house) ask(s ids.SchoolID, method, path string, form url.Values) (string, error) {
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	route, err := h.Route(s, counter, method, path)
	if err != nil {
		return "", err
	}
	who := pupil()
	who.Viewer.School = string(s)
	a, err := h.Open(context.Background(), who, route, r)
	if err != nil {
		return "", err
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if err == nil && a.Status >= http.StatusBadRequest {
		err = fmt.Errorf("status %d: %s", a.Status, body)
	}
	return string(body), err
}

// hit writes once, durably.
func (h *house) hit(s ids.SchoolID, id string) error {
	_, err := h.ask(s, "POST", "/compter", url.Values{"id": {id}})
	return err
}

// list returns which version answers and what the school has, sorted.
func (h *house) list(t testing.TB, s ids.SchoolID) (version string, kept []string) {
	t.Helper()
	body, err := h.ask(s, "GET", "/liste", nil)
	check(t, err)
	lines := strings.Fields(body)
	slices.Sort(lines[1:])
	return lines[0], lines[1:]
}

// fill writes a few into both schools and returns what each has.
func (h *house) fill(t testing.TB) map[ids.SchoolID][]string {
	t.Helper()
	kept := map[ids.SchoolID][]string{}
	for _, s := range []ids.SchoolID{school, other} {
		for i := range 5 {
			id := fmt.Sprint("before-", i)
			check(t, h.hit(s, id))
			kept[s] = append(kept[s], id)
		}
	}
	return kept
}

// wants checks who answers and that each school has exactly this.
func (h *house) wants(t testing.TB, version string, kept map[ids.SchoolID][]string) {
	t.Helper()
	for s, want := range kept {
		slices.Sort(want)
		v, got := h.list(t, s)
		if v != version {
			t.Errorf("%s: version %s answers, want %s", s, v, version)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s keeps %d, want %d:\n%v\n%v", s, len(got), len(want), got, want)
		}
	}
	if s := h.status(t, counter); s.Running != version || s.Version != version || s.Upgrading != "" {
		t.Errorf("status: running %q, configured %q, upgrading %q; want %s", s.Running, s.Version, s.Upgrading, version)
	}
}

// traffic is requests at a steady pace until its end: every other one writes.
type traffic struct {
	stop   chan struct{}
	all    sync.WaitGroup
	mu     sync.Mutex
	sent   int
	kept   map[ids.SchoolID][]string // acknowledged
	failed []error
}

func (h *house) traffic(every time.Duration, kept map[ids.SchoolID][]string) *traffic {
	t := &traffic{stop: make(chan struct{}), kept: kept}
	t.all.Go(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-t.stop:
				return
			case <-tick.C:
			}
			n := t.sent
			t.sent++
			t.all.Go(func() { t.one(h, n) })
		}
	})
	return t
}

func (t *traffic) one(h *house, n int) {
	s, id := []ids.SchoolID{school, other}[n/2%2], fmt.Sprint("during-", n)
	var err error
	if n%2 == 0 {
		err = h.hit(s, id)
	} else {
		_, err = h.ask(s, "GET", "/", nil)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case err != nil:
		t.failed = append(t.failed, fmt.Errorf("request %d: %w", n, err))
	case n%2 == 0:
		t.kept[s] = append(t.kept[s], id)
	}
}

// answered waits until that many requests were answered.
func (t *traffic) answered(tb testing.TB, n int) {
	tb.Helper()
	from := t.writes()
	eventually(tb, "requests are answered", func() bool { return t.writes() >= from+n/2 })
}

func (t *traffic) writes() (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range t.kept {
		n += len(k)
	}
	return n
}

// end ends it and complains of every failed request.
func (t *traffic) end(tb testing.TB) {
	tb.Helper()
	close(t.stop)
	t.all.Wait()
	for i, err := range t.failed {
		if i < 5 {
			tb.Error(err)
		}
	}
	tb.Logf("%d requests, %d failed", t.sent, len(t.failed))
	if len(t.failed) > 0 {
		tb.Errorf("%d of %d requests failed", len(t.failed), t.sent)
	}
}

// key is the public key of an error.
func key(err error) string {
	if err == nil {
		return ""
	}
	k, _ := errors.Public(err)
	return k
}
