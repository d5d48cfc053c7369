package confine_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/manifest"
)

// probeBuilt names the folder, to a test that runs this test again.
const probeBuilt = "PREAU_CONFINE_PROBE"

// built is the folder in which the probe is, as a module's would be.
var built string

func TestMain(m *testing.M) {
	code, err := func() (int, error) {
		if built = os.Getenv(probeBuilt); built != "" {
			if dir := os.Getenv(coreIn); dir != "" {
				coreMain(dir)
			}
			return m.Run(), nil
		}
		dir, err := os.MkdirTemp("", "confine-")
		if err != nil {
			return 1, err
		}
		defer os.RemoveAll(dir)
		built = filepath.Join(dir, "probe")
		cmd := exec.Command("go", "build", "-o", filepath.Join(built, "probe"), "./testdata/probe")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return 1, fmt.Errorf("%w: %s", err, out)
		}
		return m.Run(), nil
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// launch describes the probe as a module, with a data and a run folder of its own.
func launch(t testing.TB) process.Launch {
	t.Helper()
	dir := t.TempDir()
	l := process.Launch{
		Binary: filepath.Join(built, "probe"), Folder: built,
		Data: filepath.Join(dir, "data"), Run: filepath.Join(dir, "run"), Tier: manifest.TierFirstParty,
	}
	l.Stamp = stamp(t, l.Binary)
	for _, d := range []string{l.Data, l.Run} {
		check(t, os.Mkdir(d, 0o700))
	}
	return l
}

// stamp is that of the file as it is now.
func stamp(t testing.TB, name string) seal.Stamp {
	t.Helper()
	f, err := os.Open(name)
	check(t, err)
	defer f.Close()
	s, err := seal.StampOf(f)
	check(t, err)
	return s
}

// run makes one attempt with the launcher: what the probe said, nothing when it
// succeeded, and why the probe was not executed or came to a bad end.
func run(t testing.TB, launcher process.Launcher, l process.Launch, try string) (said string, err error) {
	t.Helper()
	theirs, ours, err := os.Pipe()
	check(t, err)
	defer ours.Close()
	l.Lifeline, l.Env, l.Stamp = theirs, append(l.Env, "TRY="+try, "HOME="+l.Data), stamp(t, l.Binary)
	cmd, err := launcher.Command(l)
	if err != nil {
		theirs.Close()
		return "", err
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = begin(t, cmd)
	if err == nil {
		err = cmd.Wait()
	}
	if cmd.Ended != nil {
		if never := cmd.Ended(); never != nil {
			return "", never
		}
	}
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, errs.String())
	}
	return strings.TrimSpace(out.String()), nil
}

// begin starts a command as the core does: on a thread of its own, which has its
// priority from then on and lives as long as the test.
func begin(t testing.TB, cmd *process.Command) error {
	started, over := make(chan error), make(chan struct{})
	t.Cleanup(func() { close(over) })
	go func() {
		runtime.LockOSThread()
		started <- cmd.Start()
		<-over
	}()
	return <-started
}

// waiting starts the probe, which does nothing until it is killed, and returns when
// it is the probe.
func waiting(t *testing.T, launcher process.Launcher, l process.Launch) *process.Command {
	t.Helper()
	theirs, ours, err := os.Pipe()
	check(t, err)
	t.Cleanup(func() { ours.Close() })
	l.Lifeline, l.Env = theirs, []string{"TRY=wait"}
	cmd, err := launcher.Command(l)
	check(t, err)
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, begin(t, cmd))
	_, err = out.Read(make([]byte, 8))
	check(t, err)
	return cmd
}

func confined(t testing.TB) *confine.Launcher {
	t.Helper()
	l, err := confine.New(confine.Config{})
	check(t, err)
	return l
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
