package host_test

import (
	"debug/elf"
	"io"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/manifest"
)

// TestContainer: a module in each kind of container serves on both lanes, keeps
// its data over a crash, and is held to its memory.
func TestContainer(t *testing.T) {
	for _, runner := range confine.Runners {
		t.Run(runner, func(t *testing.T) {
			if _, err := exec.LookPath(runner); err != nil {
				t.Skipf("%s is not installed", runner)
			}
			if dynamic(t) {
				t.Skip("this test binary is linked with system libraries: no launcher for a container")
			}
			h := newHouse(t, func(c *host.Config) { c.Dirs, c.Container = []string{t.TempDir()}, runner })
			t.Cleanup(func() {
				if t.Failed() {
					for _, l := range h.Logs(victim, 40) {
						t.Log(l.At.Format("05.000"), l.Level, l.Text)
					}
				}
			})
			h.start(t)
			source := packaged(t, filepath.Join(built, string(victim)))
			source.Tier = manifest.TierContainer
			check(t, h.Install(source))
			check(t, h.Enable(t.Context(), school, victim))
			serves := func() bool { return h.status(t, victim).State == supervise.Serving }
			eventually(t, "it serves", serves)
			if s := h.status(t, victim); s.Tier != string(manifest.TierContainer) {
				t.Errorf("%+v", s)
			}
			h.answers(t)
			h.signal(t, victim, syscall.SIGKILL)
			eventually(t, "it serves again", func() bool { return h.status(t, victim).Restarts == 1 && serves() })
			h.answers(t)
			if a, err := h.open(t, victim, httptest.NewRequest("GET", "/faute/leak-memory", nil)); err == nil {
				a.Body.Close()
			}
			eventually(t, "it takes too much memory", func() bool {
				s := h.status(t, victim)
				return s.Restarts == 2 && s.State == supervise.Serving
			})
			t.Log(h.status(t, victim).LastError)
		})
	}
}

// dynamic reports whether this program cannot start without libraries.
func dynamic(t *testing.T) bool {
	t.Helper()
	f, err := elf.Open("/proc/self/exe")
	check(t, err)
	defer f.Close()
	return slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP })
}

// answers wants the victim's page and widget; a container answers slowly.
func (h *house) answers(t *testing.T) {
	t.Helper()
	eventually(t, "its widget is there", func() bool { _, err := h.widget(victim, "ok"); return err == nil })
	a, err := h.open(t, victim, httptest.NewRequest("GET", "/", nil))
	check(t, err)
	defer a.Body.Close()
	if text, err := io.ReadAll(a.Body); err != nil || a.Status != 200 || len(strings.TrimSpace(string(text))) == 0 {
		t.Errorf("its page: %d %q %v", a.Status, text, err)
	}
}
