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
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/manifest"
)

// lives tells of each end of a process that a launcher started.
type lives struct {
	process.Launcher
	ended chan struct{}
}

func (l lives) Command(want process.Launch) (*process.Command, error) {
	cmd, err := l.Launcher.Command(want)
	if err != nil {
		return nil, err
	}
	over := cmd.Ended
	cmd.Ended = func() error {
		defer func() { l.ended <- struct{}{} }()
		return over()
	}
	return cmd, nil
}

// TestContainer: a module in each kind of container serves on both lanes, keeps
// its data over a crash, and is held to its memory. However slow the machine is:
// no process is given up for being late, so that each ends for its own reason.
func TestContainer(t *testing.T) {
	for _, runner := range confine.Runners {
		t.Run(runner, func(t *testing.T) {
			if _, err := exec.LookPath(runner); err != nil {
				t.Skipf("%s is not installed", runner)
			}
			if dynamic(t) {
				t.Skip("this test binary is linked with system libraries: no launcher for a container")
			}
			launcher, err := confine.New(confine.Config{Runner: runner})
			check(t, err)
			alive := lives{launcher, make(chan struct{}, 100)}
			h := newHouse(t, func(c *host.Config) {
				c.Dirs, c.Launcher = []string{t.TempDir()}, alive
				c.Pace = host.Pace{Start: time.Hour, Ping: time.Hour, Answer: time.Hour, Page: time.Hour, Widget: time.Hour, Drain: time.Second}
			})
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
			h.lives(t, 0)
			if s := h.status(t, victim); s.Tier != string(manifest.TierContainer) {
				t.Errorf("%+v", s)
			}
			h.answers(t)
			h.signal(t, victim, syscall.SIGKILL)
			<-alive.ended
			h.lives(t, 1)
			h.answers(t)
			if a, err := h.open(t, victim, httptest.NewRequest("GET", "/faute/leak-memory", nil)); err == nil {
				a.Body.Close()
			}
			<-alive.ended // of too much memory, be it the kernel or the host that says so
			h.lives(t, 2)
			t.Log(h.status(t, victim).LastError)
		})
	}
}

// lives returns once the victim serves after so many restarts, as long as that may
// take; it fails at once when that cannot come about any more.
func (h *house) lives(t *testing.T, restarts int) {
	t.Helper()
	for ; ; time.Sleep(5 * time.Millisecond) {
		switch s := h.status(t, victim); {
		case s.State == supervise.Serving && s.Restarts == restarts:
			return
		case s.State == supervise.Quarantined || s.Restarts > restarts:
			t.Fatalf("%+v", s)
		}
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

// answers wants the victim's page and widget.
func (h *house) answers(t *testing.T) {
	t.Helper()
	_, err := h.widget(victim, "ok")
	check(t, err)
	a, err := h.open(t, victim, httptest.NewRequest("GET", "/", nil))
	check(t, err)
	defer a.Body.Close()
	if text, err := io.ReadAll(a.Body); err != nil || a.Status != 200 || len(strings.TrimSpace(string(text))) == 0 {
		t.Errorf("its page: %d %q %v", a.Status, text, err)
	}
}
