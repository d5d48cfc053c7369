package confine_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/manifest"
)

// apart is the probe in a folder of its own, which a test may change.
func apart(t *testing.T) process.Launch {
	t.Helper()
	l := launch(t)
	program, err := os.ReadFile(l.Binary)
	check(t, err)
	l.Folder = t.TempDir()
	l.Binary = filepath.Join(l.Folder, "probe")
	check(t, os.WriteFile(l.Binary, program, 0o755))
	l.Stamp = stamp(t, l.Binary)
	return l
}

// padding is where an executable has a byte that nobody looks at.
const padding = 15

// TestChangedAfterTheCheck: what is put in the place of the executable between
// the core's check and the launcher's exec is not executed.
func TestChangedAfterTheCheck(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(binary string, program []byte) error
	}{
		{"another file", func(b string, program []byte) error {
			if err := os.WriteFile(b+".new", append(program, 0), 0o755); err != nil {
				return err
			}
			return os.Rename(b+".new", b)
		}},
		{"the same file", func(b string, program []byte) error {
			f, err := os.OpenFile(b, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteAt([]byte{program[padding] ^ 1}, padding)
			return err
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := apart(t)
			program, err := os.ReadFile(l.Binary)
			check(t, err)
			theirs, ours, err := os.Pipe()
			check(t, err)
			defer ours.Close()
			l.Lifeline, l.Env = theirs, []string{"TRY=nothing"}
			cmd, err := confined(t).Command(l)
			check(t, err)
			var out bytes.Buffer
			cmd.Stdout = &out
			check(t, c.change(l.Binary, program))
			check(t, cmd.Start())
			cmd.Wait()
			if err := cmd.Ended(); err == nil || !strings.Contains(err.Error(), "executable: not the one that was checked") || out.Len() > 0 {
				t.Errorf("%v; it said %q", err, &out)
			}
			if said, err := run(t, confined(t), l, "nothing"); err != nil || said != "no such attempt: nothing" && said != "" { // vouched for, it runs
				t.Errorf("%q, %v", said, err)
			}
		})
	}
}

// TestUnchecked: without a stamp nothing is executed.
func TestUnchecked(t *testing.T) {
	l := launch(t)
	l.Stamp = seal.Stamp{}
	theirs, ours, err := os.Pipe()
	check(t, err)
	defer ours.Close()
	l.Lifeline, l.Env = theirs, []string{"TRY=nothing"}
	cmd, err := confined(t).Command(l)
	check(t, err)
	check(t, cmd.Start())
	cmd.Wait()
	if err := cmd.Ended(); err == nil || !strings.Contains(err.Error(), "executable: ") {
		t.Errorf("%v", err)
	}
}

// TestNames: a process that was executed by its descriptor has the module's
// name in every list.
func TestNames(t *testing.T) {
	l := apart(t)
	l.Tier = manifest.TierVendor
	cmd := waiting(t, confined(t), l)
	place := "/proc/" + itoa(cmd.Process.Pid)
	comm, err := os.ReadFile(place + "/comm")
	check(t, err)
	line, err := os.ReadFile(place + "/cmdline")
	check(t, err)
	exe, err := os.Stat(place + "/exe")
	check(t, err)
	file, err := os.Stat(l.Binary)
	check(t, err)
	if string(comm) != "probe\n" || string(line) != l.Binary+"\x00" || !os.SameFile(exe, file) {
		t.Errorf("%q, %q, %s", comm, line, exe.Name())
	}
	check(t, cmd.Process.Kill())
	cmd.Wait()
	check(t, cmd.Ended())
}
