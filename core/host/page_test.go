package host_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// TestPages goes through a real process.
func TestPages(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.start(t)
	t.Run("tree", func(t *testing.T) {
		a, err := h.open(t, victim, httptest.NewRequest("GET", "/", nil))
		check(t, err)
		b, err := io.ReadAll(a.Body)
		check(t, err)
		check(t, a.Body.Close())
		if a.Status != 200 || !a.Tree || len(b) == 0 {
			t.Errorf("%d, tree %v, %d bytes", a.Status, a.Tree, len(b))
		}
		page := new(wire.Page)
		if err := proto.Unmarshal(b, page); err != nil || page.Title.GetKey() != "hostile.name" {
			t.Errorf("page %v: %v", page, err)
		}
	})
	t.Run("echo", func(t *testing.T) {
		body := make([]byte, 64<<10)
		rand.Read(body)
		for range 200 {
			r := httptest.NewRequest("POST", "/echo", io.MultiReader(bytes.NewReader(body)))
			r.Header.Set("Cookie", "session=secret")
			r.Header.Set("Authorization", "Basic x")
			r.Header.Set("Preau-Fake", "1")
			a, err := h.open(t, victim, r)
			check(t, err)
			got, err := io.ReadAll(a.Body)
			check(t, err)
			check(t, a.Body.Close())
			if !bytes.Equal(got, body) {
				t.Fatalf("%d bytes of %d came back", len(got), len(body))
			}
			if a.Header.Get("Etag") != `""` || a.Header.Get("Set-Cookie") != "" || a.Header.Get("Content-Security-Policy") != "" {
				t.Fatalf("headers that may not pass: %v", a.Header)
			}
		}
	})
	t.Run("200 MB", func(t *testing.T) {
		const size = 200 << 20
		r := httptest.NewRequest("POST", "/echo", io.LimitReader(zeros{}, size))
		a, err := h.open(t, victim, r)
		check(t, err)
		n, err := io.Copy(io.Discard, a.Body)
		check(t, err)
		check(t, a.Body.Close())
		if n != size {
			t.Errorf("%d bytes came back", n)
		}
		if kib := rss(t, h.status(t, victim).PID); kib > 64<<10 {
			t.Errorf("the module grew to %d KiB", kib)
		}
	})
	t.Run("stream", func(t *testing.T) {
		a, err := h.open(t, victim, httptest.NewRequest("GET", "/direct", nil))
		check(t, err)
		b, err := io.ReadAll(a.Body)
		check(t, err)
		check(t, a.Body.Close())
		if strings.Count(string(b), "data: tick") != 3 {
			t.Errorf("%q", b)
		}
	})
	t.Run("limits", func(t *testing.T) {
		long := strings.Repeat("a", 2000)
		_, err := h.open(t, victim, httptest.NewRequest("POST", "/petit", strings.NewReader(long)))
		if errors.KindOf(err) != errors.TooLarge {
			t.Errorf("announced too long: %v", err)
		}
		r := httptest.NewRequest("POST", "/petit", io.MultiReader(strings.NewReader(long)))
		if a, err := h.open(t, victim, r); err == nil {
			_, err = io.ReadAll(a.Body)
			a.Body.Close()
			if err == nil {
				t.Error("a body over the limit went through")
			}
		}
	})
	t.Run("refusals", func(t *testing.T) {
		for path, kind := range map[string]errors.Kind{
			"/interdit": errors.Denied, "/inconnu": errors.NotFound, "/faute/../": errors.NotFound,
		} {
			r := httptest.NewRequest("GET", "/", nil)
			r.URL.Path = path
			if _, err := h.open(t, victim, r); errors.KindOf(err) != kind {
				t.Errorf("%s: %v", path, err)
			}
		}
		if _, err := h.Route(other, victim, "GET", "/"); errors.KindOf(err) != errors.NotFound {
			t.Errorf("a school that did not enable it: %v", err)
		}
		stranger := pupil()
		stranger.Viewer.School = string(other)
		route, err := h.Route(school, victim, "GET", "/")
		check(t, err)
		if _, err := h.Open(t.Context(), stranger, route, httptest.NewRequest("GET", "/", nil)); errors.KindOf(err) != errors.NotFound {
			t.Errorf("a viewer of another school: %v", err)
		}
	})
	t.Run("faults", func(t *testing.T) {
		h.SetPageTimeForTest(300 * time.Millisecond)
		a, err := h.open(t, victim, httptest.NewRequest("GET", "/faute/panic", nil))
		check(t, err)
		if a.Body.Close(); a.Status != http.StatusInternalServerError {
			t.Errorf("panic: %d", a.Status)
		}
		if _, err := h.open(t, victim, httptest.NewRequest("GET", "/faute/hang", nil)); errors.KindOf(err) != errors.Timeout {
			t.Errorf("hang: %v", err)
		}
		if _, err := h.open(t, victim, httptest.NewRequest("GET", "/faute/exit", nil)); errors.KindOf(err) != errors.Unavailable {
			t.Errorf("exit: %v", err)
		}
		eventually(t, "the module serves again", func() bool {
			a, err := h.open(t, victim, httptest.NewRequest("GET", "/", nil))
			if err == nil {
				a.Body.Close()
			}
			return err == nil && a.Status == 200
		})
	})
	if n := h.OpenHandlesForTest(); n != 0 {
		t.Errorf("%d handles are still open", n)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// rss is the resident memory of a process, in KiB.
func rss(t *testing.T, pid int) (kib int) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	check(t, err)
	_, rest, _ := strings.Cut(string(b), "VmRSS:")
	fmt.Sscan(rest, &kib)
	return kib
}

// TestPersonalLink: made by the module through the core, resolved by the core.
func TestPersonalLink(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.start(t)
	a, err := h.open(t, victim, httptest.NewRequest("GET", "/feed.ics", nil))
	check(t, err)
	b, err := io.ReadAll(a.Body)
	check(t, err)
	check(t, a.Body.Close())
	secret, ok := strings.CutPrefix(string(b), "/lien/")
	if !ok || len(secret) < 40 {
		t.Fatalf("address %q", b)
	}
	l, err := h.Link(t.Context(), secret)
	if err != nil || l.School != school || l.Person != "01J0000000000000000000000A" || l.Module != victim || l.Path != "/feed.ics" {
		t.Errorf("%+v %v", l, err)
	}
	for _, wrong := range []string{"", "x", secret[:len(secret)-1], secret + "x", strings.Replace(secret, string(school), string(other), 1), "_core.x"} {
		if _, err := h.Link(t.Context(), wrong); errors.KindOf(err) != errors.NotFound {
			t.Errorf("secret %q: %v", wrong, err)
		}
	}
}

// TestSchools: what one school decides is its own, kept, audited and announced.
func TestSchools(t *testing.T) {
	var changes []host.Change
	refuse := false
	h := newHouse(t, func(c *host.Config) {
		c.Hook = func(_ context.Context, c host.Change) error {
			if refuse {
				return errors.New(errors.Unavailable, "x")
			}
			changes = append(changes, c)
			return nil
		}
	})
	h.start(t)
	var heard []string
	defer h.bus.Subscribe(func(e events.Event) { heard = append(heard, string(e.School)+" "+e.Name) })()
	check(t, h.Enable(t.Context(), school, victim))
	check(t, h.Enable(t.Context(), other, victim))
	check(t, h.Enable(t.Context(), other, victim)) // nothing new
	eventually(t, "the module serves", h.Ready)
	check(t, h.SetSettings(t.Context(), school, victim, raw(map[string]string{"word": "salut"})))
	if err := h.SetSettings(t.Context(), school, victim, raw(map[string]any{"word": strings.Repeat("a", 30)})); errors.FieldsOf(err)["word"] == "" {
		t.Errorf("settings over their limit: %v", err)
	}
	check(t, h.Disable(t.Context(), other, victim))
	if want := []ids.ModuleID{victim}; !slices.Equal(h.Enabled(school), want) || len(h.Enabled(other)) != 0 {
		t.Errorf("enabled: %v and %v", h.Enabled(school), h.Enabled(other))
	}
	for s, want := range map[ids.SchoolID]string{school: `{"word":"salut"}`, other: `{"word":"bonjour"}`} {
		if got, err := h.Settings(t.Context(), s, victim); err != nil || string(got) != want {
			t.Errorf("settings of %s: %s %v, want %s", s, got, err, want)
		}
	}
	refuse = true
	if err := h.Disable(t.Context(), school, victim); err == nil || !h.IsEnabled(school, victim) {
		t.Errorf("a change that cannot be audited took place: %v", err)
	}
	refuse = false
	if len(changes) != 4 || len(heard) != 4 || heard[3] != string(other)+" "+host.EventDisabled {
		t.Errorf("changes %v, heard %v", changes, heard)
	}
	cfg, err := config(h.dir, h.engine)
	check(t, err)
	defer cfg.Files.Close()
	again, err := host.New(cfg)
	check(t, err)
	if !again.IsEnabled(school, victim) || again.IsEnabled(other, victim) {
		t.Error("the choices were not kept")
	}
	check(t, h.Disable(t.Context(), school, victim))
	eventually(t, "nobody needs it: it stops", func() bool { return h.status(t, victim).PID == 0 })
	if _, err := h.widget(victim, "ok"); errors.KindOf(err) != errors.NotFound {
		t.Errorf("widget of a module switched off: %v", err)
	}
	check(t, h.Enable(t.Context(), school, victim))
	eventually(t, "it comes back", h.Ready)
	if err := h.Enable(t.Context(), school, "inconnu"); errors.KindOf(err) != errors.NotFound {
		t.Errorf("a module that does not exist: %v", err)
	}
}

// TestEventsReachModules: through a real process, poison and all.
func TestEventsReachModules(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.start(t)
	for _, name := range []string{"hostile.poison", "hostile.fine"} {
		check(t, h.bus.Publish(t.Context(), events.Event{ID: name, Name: name, School: school, Payload: []byte(`"x"`)}))
	}
	eventually(t, "the event behind the poison arrives", func() bool {
		b, err := os.ReadFile(filepath.Join(h.dir, "modules", "hostile", "event-hostile.fine"))
		return err == nil && string(b) == `"x"`
	})
}

// TestCalendar: a hung module is missing, the others' entries are there.
func TestCalendar(t *testing.T) {
	h := newHouse(t, nil, victim, voisin)
	h.fault(t, victim, "calendar")
	h.start(t)
	now := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	found, missing, err := h.Calendar(ctx, pupil(), now, now.Add(24*time.Hour))
	check(t, err)
	if len(found) != 1 || found[0].Module != voisin || len(found[0].Entries) != 1 || !slices.Equal(missing, []ids.ModuleID{victim}) {
		t.Errorf("found %v, missing %v", found, missing)
	}
	if found, _, err := h.Calendar(ctx, pupil(), now, now.Add(time.Hour), voisin, victim); err != nil || len(found) != 0 {
		t.Errorf("excepted modules were asked: %v %v", found, err)
	}
}

// TestCatalogue: a bad folder is refused with its reason, the good ones stay.
func TestCatalogue(t *testing.T) {
	dir := t.TempDir()
	yaml, err := os.ReadFile(filepath.Join(built, "hostile", "module.yaml"))
	check(t, err)
	for name, edit := range map[string]func(folder string) error{
		"hostile": func(f string) error { // no program
			return os.WriteFile(filepath.Join(f, "module.yaml"), yaml, 0o600)
		},
		"autre": func(f string) error { // another's name
			return os.WriteFile(filepath.Join(f, "module.yaml"), yaml, 0o600)
		},
		"vide": func(string) error { return nil },
		"faux": func(f string) error {
			return os.WriteFile(filepath.Join(f, "module.yaml"), []byte("id: faux\nsurprise: true\n"), 0o600)
		},
	} {
		folder := filepath.Join(dir, name)
		check(t, os.Mkdir(folder, 0o700))
		check(t, edit(folder))
	}
	h := newHouse(t, func(c *host.Config) { c.Dirs = []string{built, dir} })
	if n := len(h.Refused()); n != 4 {
		t.Errorf("%d refused: %v", n, h.Refused())
	}
	if n := len(h.Manifests()); n != 2 {
		t.Errorf("%d modules in the catalogue", n)
	}
}
