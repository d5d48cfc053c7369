package confine_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/sdk/manifest"
)

// TestBubblewrap: bubblewrap's walls, and the launcher's inside them.
func TestBubblewrap(t *testing.T) {
	l, at := contained(t, "bwrap"), launch(t)
	at.Tier = manifest.TierContainer
	for _, a := range attempts(around(t), at) {
		if a.try == "read=/proc/version" { // it shows all of the new /proc but its switches
			continue
		}
		if said, err := run(t, l, at, a.try); err != nil || (said == "") != a.may {
			t.Errorf("%s: %q, %v, want it to succeed: %v", a.try, said, err, a.may)
			if err != nil {
				return
			}
		}
	}
}

// sentrys are what may be had of gVisor's kernel and of nobody else: its own
// folders and versions, a socket among the module's data, which the core never
// connects to. Memory is counted by the control group and by the host.
var sentrys = []string{"read=/proc/version", "list=/", "list=/sys", "list=/dev", "oom", "memory=4294967296"}

// TestRunsc: the same attempts under gVisor's kernel, all in one process: its
// start takes long.
func TestRunsc(t *testing.T) {
	l, at := contained(t, "runsc"), launch(t)
	at.Tier = manifest.TierContainer
	may := map[string]bool{}
	var each []string
	for _, a := range attempts(around(t), at) {
		if !slices.Contains(sentrys, a.try) && a.try != "bind="+filepath.Join(at.Data, "s") && a.try != "descriptor" {
			may[a.try], each = a.may, append(each, a.try)
		}
	}
	said, err := run(t, l, at, "each="+strings.Join(each, "\n"))
	check(t, err)
	for line := range strings.Lines(said) {
		try, err, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if want, asked := may[try]; !asked || (err == "<nil>") != want {
			t.Errorf("%s: %s, want it to succeed: %v", try, err, want)
		}
		delete(may, try)
	}
	if len(may) > 0 {
		t.Errorf("not answered: %v", may)
	}
	if said, err := run(t, l, at, "descriptor"); err != nil || said == "" { // before the others open any
		t.Errorf("descriptor: %q, %v", said, err)
	}
	l, err = confine.New(confine.Config{Runner: "runsc", Hidden: []string{at.Data}}) // which it sees
	check(t, err)
	if _, err := run(t, l, at, "nothing"); err == nil || !strings.Contains(err.Error(), "self-test: ") {
		t.Errorf("fails open: %v", err)
	}
}

// TestRunscEnds: a runner that is killed leaves nothing behind: no process of
// its container, no folder. What it needs is in the folder of the core's sockets,
// which is swept when it is the core that is killed, and not in the module's.
func TestRunscEnds(t *testing.T) {
	l, at := contained(t, "runsc"), launch(t)
	at.Tier = manifest.TierContainer
	elsewhere := t.TempDir()
	t.Setenv("TMPDIR", elsewhere)
	cmd := waiting(t, l, at)
	made := func() []string {
		in, _ := filepath.Glob(filepath.Join(filepath.Dir(at.Run), "runsc-*"))
		out, _ := filepath.Glob(filepath.Join(elsewhere, "*"))
		return append(in, out...)
	}
	folder := made()
	if len(folder) != 1 || filepath.Dir(folder[0]) != filepath.Dir(at.Run) {
		t.Fatalf("made: %v", folder)
	}
	check(t, cmd.Process.Kill())
	if _, err := cmd.Process.Wait(); err != nil {
		t.Error(err)
	}
	all, err := filepath.Glob("/proc/[0-9]*/cmdline") // those of its process namespace went before it
	check(t, err)
	for _, name := range all {
		if line, err := os.ReadFile(name); err == nil && strings.Contains(string(line), folder[0]) {
			t.Errorf("still there: %s %q", name, line)
		}
	}
	check(t, cmd.Ended())
	if left := made(); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// contained is the launcher with this runner, where it is installed.
func contained(t *testing.T, runner string) *confine.Launcher {
	t.Helper()
	if _, err := exec.LookPath(runner); err != nil {
		t.Skipf("%s is not installed", runner)
	}
	if confine.DynamicForTest() {
		t.Skip("this test binary is linked with system libraries: no launcher for a container")
	}
	l, err := confine.New(confine.Config{Runner: runner})
	check(t, err)
	return l
}

// TestNoContainer: what cannot be reached is refused, and what is chosen is not
// replaced.
func TestNoContainer(t *testing.T) {
	t.Setenv("PATH", "/nowhere")
	at := launch(t)
	at.Tier = manifest.TierContainer
	for runner, says := range map[string]string{"": "not installed: bwrap, runsc", "runsc": "not installed: runsc"} {
		l, err := confine.New(confine.Config{Runner: runner})
		check(t, err)
		if _, err := run(t, l, at, "nothing"); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", runner, err)
		}
	}
	if _, err := confine.New(confine.Config{Runner: "docker"}); err == nil {
		t.Error("any program may be the runner")
	}
}
