package confine_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/manifest"
)

// TestRefusals: what cannot be confined is not started, and the reason names
// what to do.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*testing.T, *process.Launch)
		says string
	}{
		{"needs libraries", func(t *testing.T, l *process.Launch) { l.Binary = "/bin/sh" }, "CGO_ENABLED=0"},
		{"a script", func(t *testing.T, l *process.Launch) {
			l.Binary = filepath.Join(l.Data, "script")
			check(t, os.WriteFile(l.Binary, []byte("#!/bin/sh\n"), 0o700))
		}, "runtime: system"},
		{"no folder", func(t *testing.T, l *process.Launch) { l.Data += "/none" }, "mounts: "},
		{"core still visible", func(t *testing.T, l *process.Launch) {}, "self-test: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := launch(t)
			c.edit(t, &l)
			launcher, err := confine.New(confine.Config{Hidden: []string{l.Data}}) // which it must see: the last case
			check(t, err)
			if _, err := run(t, launcher, l, "nothing"); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want it to say %q", err, c.says)
			}
		})
	}
}

// TestCoreGone: a launcher whose core died before it could be tied to it does
// not become the module.
func TestCoreGone(t *testing.T) {
	theirs, ours, err := os.Pipe()
	check(t, err)
	ours.Close()
	l := launch(t)
	l.Lifeline, l.Env = theirs, []string{"TRY=nothing"}
	cmd, err := confined(t).Command(l)
	check(t, err)
	check(t, cmd.Start())
	if err := cmd.Wait(); err == nil {
		t.Error("ended well")
	}
	if err := cmd.Ended(); err == nil || !strings.Contains(err.Error(), "lifeline: the core is gone") {
		t.Errorf("%v", err)
	}
}

// TestVendor: the process has the lowest priority on half of the processors,
// and where this program may
// make control groups it is in some, which go with it.
func TestVendor(t *testing.T) {
	before, err := unix.Getpriority(unix.PRIO_PROCESS, 0)
	check(t, err)
	l := launch(t)
	l.Tier = manifest.TierVendor
	for _, a := range []struct{ try, says string }{{"niceness=19", ""}, {"policy=" + strconv.Itoa(unix.SCHED_BATCH), ""}, {"processors=" + strconv.Itoa((runtime.NumCPU()+1)/2), ""}, {"fork", "function not implemented"}} {
		if said, err := run(t, confined(t), l, a.try); err != nil || said != a.says {
			t.Errorf("%s: %q, %v", a.try, said, err)
		}
	}
	cmd := waiting(t, confined(t), l)
	if now, err := unix.Getpriority(unix.PRIO_PROCESS, 0); err != nil || now != before {
		t.Errorf("the core has priority %d, %v, had %d", now, err, before)
	}
	groups := confine.GroupsForTest()
	joined, err := os.ReadFile("/proc/" + itoa(cmd.Process.Pid) + "/cgroup")
	check(t, err)
	if n := strings.Count(string(joined), "/preau-"+itoa(os.Getpid())); n != groups {
		t.Errorf("in %d groups of %d that may be made:\n%s", n, groups, joined)
	}
	check(t, cmd.Process.Kill())
	cmd.Wait()
	check(t, cmd.Ended())
	if left := confine.LeftForTest(); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestOrdinaryUser runs the whole table as nobody, when the test is root.
func TestOrdinaryUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("is one already")
	}
	dir, err := os.MkdirTemp("/tmp", "confine-user-")
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	check(t, os.Chmod(dir, 0o777))
	self, err := os.ReadFile("/proc/self/exe")
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, "test"), self, 0o755))
	probe, err := os.ReadFile(filepath.Join(built, "probe"))
	check(t, err)
	check(t, os.Mkdir(filepath.Join(dir, "probe"), 0o755))
	check(t, os.WriteFile(filepath.Join(dir, "probe", "probe"), probe, 0o755))
	cmd := exec.Command(filepath.Join(dir, "test"), "-test.run", "^TestAttempts$|^TestVendor$|^TestRunsc")
	cmd.Dir = dir
	cmd.Env = []string{"PATH=/usr/bin:/bin", "TMPDIR=" + dir, probeBuilt + "=" + filepath.Join(dir, "probe")}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534, NoSetGroups: false}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
