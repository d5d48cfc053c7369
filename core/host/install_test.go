package host_test

import (
	"context"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
)

// packaged is a module's folder as it would have come in a package.
func packaged(t testing.TB, folder string) host.Source {
	t.Helper()
	e, err := seal.AsItIs(filepath.Join(folder, filepath.Base(folder)))
	check(t, err)
	return host.Source{Folder: folder, Package: "p", Executable: e.Content()}
}

// TestNobodyVouches: what comes in a package is nothing without what its vendor
// signed: as it happens to be is not good enough.
func TestNobodyVouches(t *testing.T) {
	h := newHouse(t, func(c *host.Config) { c.Dirs = []string{t.TempDir()} })
	source := packaged(t, filepath.Join(built, string(voisin)))
	source.Executable = seal.Content{}
	if err := h.Install(source); errors.KindOf(err) != errors.Invalid {
		t.Errorf("installed: %v", err)
	}
	source.Package = ""
	check(t, h.Install(source))
	source.Package = "p"
	if _, err := h.Upgrade(t.Context(), voisin, source, host.Plan{}); errors.KindOf(err) != errors.Invalid {
		t.Errorf("upgraded: %v", err)
	}
}

// TestComingAndGoing takes a module out and in while everybody asks for it and
// for another one: the other never notices, and it is there or not, nothing
// between.
func TestComingAndGoing(t *testing.T) {
	h := newHouse(t, nil, victim, voisin)
	h.start(t)
	over := make(chan struct{})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
				}
				if _, err := h.Route(school, victim, "GET", "/"); err != nil {
					t.Errorf("the other: %v", err)
				}
				_, err := h.Widget(t.Context(), host.WidgetCall{Caller: pupil(), Module: voisin, Widget: "ok", Size: "s"})
				if k := errors.KindOf(err); k == errors.Bug {
					t.Errorf("the one that comes and goes: %v", err)
				}
				_, _, err = h.Calendar(t.Context(), pupil(), time.Unix(0, 0), time.Unix(60, 0))
				if errors.KindOf(err) == errors.Bug {
					t.Errorf("calendar: %v", err)
				}
				h.Modules()
				h.Manifests()
				h.Enabled(school)
				h.Missing(school)
				h.Ready()
			}
		})
	}
	folder := packaged(t, filepath.Join(built, string(voisin)))
	folder.Tier = manifest.TierVendor
	for range 5 {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		check(t, h.Remove(ctx, voisin))
		cancel()
		if _, err := h.Route(school, voisin, "GET", "/"); errors.KindOf(err) != errors.NotFound {
			t.Errorf("removed: %v", err)
		}
		if err := h.Remove(t.Context(), voisin); errors.KindOf(err) != errors.NotFound {
			t.Errorf("removed twice: %v", err)
		}
		check(t, h.Install(folder))
		if err := h.Install(folder); errors.KindOf(err) != errors.Conflict {
			t.Errorf("installed twice: %v", err)
		}
		eventually(t, "the school's module serves again", h.Ready)
	}
	close(over)
	all.Wait()
}

// TestRemovedWhileItCrashes: what a module does until its process is gone leaves
// nothing behind for one that is installed later.
func TestRemovedWhileItCrashes(t *testing.T) {
	h := newHouse(t, nil, victim)
	h.start(t)
	pid := h.pid(t, victim)
	release := sync.OnceFunc(h.HoldForTest(victim))
	defer release()
	removed := make(chan error, 1)
	go func() { removed <- h.Remove(context.Background(), victim) }()
	eventually(t, "it is in no catalogue", func() bool {
		_, err := h.Manifest(victim)
		return errors.KindOf(err) == errors.NotFound
	})
	h.fault(t, victim, "exit")
	check(t, syscall.Kill(pid, syscall.SIGKILL))
	eventually(t, "it is put aside", func() bool { return h.AsideForTest(victim) })
	release()
	check(t, <-removed)
	check(t, h.Stop(t.Context()))
	h = h.again(t)
	h.fault(t, victim, "")
	h.start(t)
	h.says(t, school, victim, "")
}

// TestGrants: what a package was granted may change, what is bundled has all
// that it asks for.
func TestGrants(t *testing.T) {
	h := newHouse(t, nil)
	m, err := h.Manifest(voisin)
	check(t, err)
	if len(m.Capabilities) == 0 {
		t.Fatal("the module asks for nothing: the test says nothing")
	}
	asked := m.Capabilities[0]
	if !h.May(voisin, asked) || errors.KindOf(h.Grant(voisin, nil)) != errors.Invalid {
		t.Error("a bundled module was refused what it asks for, or may be")
	}
	check(t, h.Remove(t.Context(), voisin))
	if h.May(voisin, asked) {
		t.Error("a module that is gone may still")
	}
	source := packaged(t, filepath.Join(built, string(voisin)))
	source.Key = "k"
	check(t, h.Install(source))
	if h.May(voisin, asked) {
		t.Error("may what was not granted")
	}
	check(t, h.Grant(voisin, []manifest.Capability{asked, "net.connect:ailleurs.test"}))
	s, err := h.Source(voisin)
	if err != nil || !h.May(voisin, asked) || h.May(voisin, "net.connect:ailleurs.test") || len(s.Granted) != 1 || s.Key != "k" {
		t.Errorf("%+v %v", s, err)
	}
	if err := h.Install(host.Source{Folder: t.TempDir()}); errors.KindOf(err) != errors.Invalid {
		t.Errorf("a folder that is no module: %v", err)
	}
}
