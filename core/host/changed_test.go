package host_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/sdk/errors"
)

// own is a folder of modules with a copy of the hostile one, which a test may
// change.
func own(t *testing.T) (dir, binary string) {
	t.Helper()
	dir = t.TempDir()
	check(t, os.CopyFS(filepath.Join(dir, string(victim)), os.DirFS(filepath.Join(built, string(victim)))))
	return dir, filepath.Join(dir, string(victim), string(victim))
}

// replace puts a file with this content in the place of another.
func replace(t *testing.T, name string, content []byte) {
	t.Helper()
	check(t, os.WriteFile(name+".new", content, 0o755))
	check(t, os.Rename(name+".new", name))
}

// record keeps what the host has audited.
type record struct {
	mu   sync.Mutex
	list []host.Change
}

func (r *record) hook(_ context.Context, c host.Change) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, c)
	return nil
}

func (r *record) of(what string) (out []host.Change) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append(out, slices.DeleteFunc(slices.Clone(r.list), func(c host.Change) bool { return c.What != what })...)
}

// TestExecutableChanged: a program that was replaced between two starts is not
// started, which is recorded and shown; one that was only touched is.
func TestExecutableChanged(t *testing.T) {
	dir, binary := own(t)
	program, err := os.ReadFile(binary)
	check(t, err)
	other := slices.Clone(program)
	other[15] ^= 1 // in the header's padding, which nobody looks at: it would run
	log := &record{}
	edit := func(c *host.Config) { c.Dirs, c.Hook = []string{dir}, log.hook }
	h := newHouse(t, edit, victim)
	h.start(t)
	check(t, os.Chtimes(binary, time.Now(), time.Now()))
	check(t, h.Restart(t.Context(), victim))
	replace(t, binary, program)
	check(t, h.Restart(t.Context(), victim))
	h.says(t, school, victim, "")

	replace(t, binary, other)
	h.says(t, school, victim, "") // the process that runs is the right one
	h.signal(t, victim, syscall.SIGKILL)
	eventually(t, "it is put aside at once", func() bool { return h.status(t, victim).State == supervise.Quarantined })
	s := h.status(t, victim)
	if s.Quarantine == nil || !s.Quarantine.Changed() || !strings.Contains(s.Quarantine.Reason, "not the one that was verified: sha256 ") || s.Restarts != 3 {
		t.Fatalf("%+v", s)
	}
	h.says(t, school, victim, "host.aside")
	if r := log.of("refused"); len(r) != 1 || r[0].Module != victim || r[0].School != "" || !strings.Contains(r[0].Reason, "sha256") {
		t.Errorf("recorded: %+v", r)
	}
	err = h.Restart(t.Context(), victim)
	if key, _ := errors.Public(err); !errors.Is(err, seal.ErrChanged) || errors.KindOf(err) != errors.Unavailable || key != "host.changed" {
		t.Errorf("restarted by hand: %v", err)
	}
	eventually(t, "it is put aside again", func() bool { return h.status(t, victim).State == supervise.Quarantined })
	check(t, h.Stop(t.Context()))

	h = h.again(t, edit) // which finds the other program, and that nobody looked yet
	h.start(t)
	if s := h.status(t, victim); s.State != supervise.Quarantined || !s.Quarantine.Changed() {
		t.Fatalf("after a new start of the core: %+v", s)
	}
	check(t, h.Restart(t.Context(), victim)) // somebody did: it is meant to be so
	h.says(t, school, victim, "")
	check(t, h.Stop(t.Context()))
	h = h.again(t, edit)
	h.start(t)
	h.says(t, school, victim, "")
}

// TestExecutablePutRight: once the program is what it was, a restart is enough.
func TestExecutablePutRight(t *testing.T) {
	dir, binary := own(t)
	program, err := os.ReadFile(binary)
	check(t, err)
	h := newHouse(t, func(c *host.Config) { c.Dirs = []string{dir} }, victim)
	h.start(t)
	replace(t, binary, append(slices.Clone(program), 0))
	if err := h.Restart(t.Context(), victim); !errors.Is(err, seal.ErrChanged) {
		t.Errorf("a larger program: %v", err)
	}
	replace(t, binary, program)
	check(t, h.Restart(t.Context(), victim))
	h.says(t, school, victim, "")
}

// TestVouchedFor: what somebody vouched for is what counts, not what is found.
func TestVouchedFor(t *testing.T) {
	dir, binary := own(t)
	right, err := seal.AsItIs(binary)
	check(t, err)
	h := newHouse(t, func(c *host.Config) { c.Dirs = []string{t.TempDir()} })
	h.start(t)
	program, err := os.ReadFile(binary)
	check(t, err)
	replace(t, binary, append(slices.Clone(program), 0))
	check(t, h.Install(host.Source{Folder: filepath.Join(dir, string(victim)), Package: "p", Executable: right.Content()}))
	check(t, h.Enable(t.Context(), school, victim))
	eventually(t, "it is put aside", func() bool { return h.status(t, victim).State == supervise.Quarantined })
	replace(t, binary, program)
	check(t, h.Restart(t.Context(), victim))
	h.says(t, school, victim, "")
}

// TestQuarantineIsKept: a new start of the core forgives nothing; a restart by
// hand does, and another program.
func TestQuarantineIsKept(t *testing.T) {
	dir, binary := own(t)
	edit := func(c *host.Config) { c.Dirs = []string{dir} }
	h := newHouse(t, edit, victim)
	h.fault(t, victim, "exit")
	h.start(t)
	eventually(t, "it is put aside", func() bool { return h.status(t, victim).State == supervise.Quarantined })
	was := h.status(t, victim).Quarantine
	check(t, h.Stop(t.Context()))

	h = h.again(t, edit)
	h.start(t)
	s := h.status(t, victim)
	if s.State != supervise.Quarantined || s.PID != 0 || !h.Ready() || s.LastError != was.Reason {
		t.Fatalf("%+v", s)
	}
	if q := s.Quarantine; q == nil || !q.At.Equal(was.At) || q.Limit != was.Limit || q.Reason != was.Reason || len(q.Lines) != len(was.Lines) || q.Lines[0].Text != was.Lines[0].Text {
		t.Errorf("%+v, was %+v", q, was)
	}
	h.says(t, school, victim, "host.aside")
	h.fault(t, victim, "")
	check(t, h.Restart(t.Context(), victim))
	h.says(t, school, victim, "")
	check(t, h.Stop(t.Context()))

	h = h.again(t, edit)
	h.fault(t, victim, "exit")
	h.start(t)
	eventually(t, "forgiven, it crashes anew and is put aside", func() bool { return h.status(t, victim).State == supervise.Quarantined })
	if q := h.status(t, victim).Quarantine; !q.At.After(was.At) {
		t.Errorf("it was not forgiven: %+v", q)
	}
	check(t, h.Stop(t.Context()))

	program, err := os.ReadFile(binary)
	check(t, err)
	replace(t, binary, append(program, 0)) // mended, as far as anybody can tell
	h = h.again(t, edit)
	h.fault(t, victim, "")
	h.start(t)
	h.says(t, school, victim, "")
}
