package host_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/upgrade"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

// upgradeHelper tells the test binary to be a core that upgrades: the folder,
// that of the old version and that of the new.
const upgradeHelper = "PREAU_HOST_UPGRADE"

// upgradeMain upgrades, says how far it is, and waits to be killed.
func upgradeMain() {
	var dir, from, to string
	if _, err := fmt.Sscan(os.Getenv(upgradeHelper), &dir, &from, &to); err != nil {
		panic(err)
	}
	engine, err := bolt.Open(filepath.Join(dir, "core"))
	if err != nil {
		panic(err)
	}
	cfg, err := config(dir, engine)
	if err != nil {
		panic(err)
	}
	cfg.Dirs = []string{from}
	h, err := host.New(cfg)
	if err != nil {
		panic(err)
	}
	if err := h.Start(context.Background()); err != nil {
		panic(err)
	}
	_, err = h.Upgrade(context.Background(), counter, host.Source{Folder: to}, host.Plan{Tell: func(s host.Step) {
		fmt.Println(s.Name, s.Done)
	}})
	panic(err) // it was to be killed before
}

// TestKilledInTheMiddle: a core killed while schools are migrated, or just
// before, leaves a journal. The next one puts the data back first, then the old
// version serves.
func TestKilledInTheMiddle(t *testing.T) {
	for _, at := range []string{"drain 0", "copy 0", "activate 0", "migrate 1"} {
		t.Run(at, func(t *testing.T) {
			dir := t.TempDir()
			h := countingIn(t, dir, one, nil)
			kept := h.fill(t)
			was, err := h.Source(counter)
			check(t, err)
			h.end()
			before := stores(t, filepath.Join(dir, "modules", string(counter)))

			next := version{number: "2.0.0", schema: 2, fault: "wait:" + string(other)}.source(t)
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s %s %s", upgradeHelper, dir, filepath.Dir(was.Folder), next.Folder))
			cmd.Stderr = os.Stderr
			out, err := cmd.StdoutPipe()
			check(t, err)
			check(t, cmd.Start())
			reached := false
			for lines := bufio.NewScanner(out); !reached && lines.Scan(); {
				reached = lines.Text() == at
			}
			check(t, cmd.Process.Kill())
			_, _ = io.Copy(io.Discard, out)
			_ = cmd.Wait() // it was killed
			if !reached {
				t.Fatal("the helper ended by itself")
			}

			again := countingIn(t, dir, one, nil)
			again.wants(t, "1.0.0", kept)
			j := upgrade.Journal{Engine: again.engine}
			if left, err := j.Broken(t.Context()); len(left) != 0 || err != nil {
				t.Errorf("journal %v, %v", left, err)
			}
			known, err := j.Known(t.Context(), counter)
			if err != nil || known.Schema != 1 || known.Last == nil || !strings.Contains(known.Last.Reason, "host.upgrade.killed") {
				t.Errorf("known %+v, %v", known, err)
			}
			again.end()
			if after := stores(t, filepath.Join(dir, "modules", string(counter))); at == "migrate 1" && !same(before, after) {
				t.Error("the data is not what it was, to the byte")
			}
			_, err = countingIn(t, dir, one, nil).Upgrade(t.Context(), counter, two.source(t), host.Plan{})
			check(t, err)
		})
	}
}

// TestVersionThatCameWhileStopped: the folder of modules holds another version
// at the next start. Data is migrated, or put back and the version not started.
func TestVersionThatCameWhileStopped(t *testing.T) {
	dir := t.TempDir()
	h := countingIn(t, dir, one, nil)
	kept := h.fill(t)
	h.end()

	bad := countingIn(t, dir, version{number: "2.0.0", schema: 2, fault: "fail:" + string(other)}, nil)
	bad.refuses(t, "compteur.broken")
	bad.end()
	h = countingIn(t, dir, one, nil)
	h.wants(t, "1.0.0", kept)
	h.end()

	h = countingIn(t, dir, two, nil)
	h.wants(t, "2.0.0", kept)
	h.end()

	early := countingIn(t, dir, one, nil)
	early.refuses(t, "host.schema")
	if _, err := early.ask(school, "GET", "/liste", nil); errors.KindOf(err) != errors.Unavailable {
		t.Errorf("it answers: %v", err)
	}
	early.end()
	countingIn(t, dir, two, nil).wants(t, "2.0.0", kept)
}

// refuses waits until the module's start has failed for this reason.
func (h *house) refuses(t *testing.T, why string) {
	t.Helper()
	eventually(t, "its start fails: "+why, func() bool {
		s := h.status(t, counter)
		return s.Running == "" && strings.Contains(s.LastError, why)
	})
}

// TestUpgradeOfAHostThatDoesNotRun: by a command beside no server.
func TestUpgradeOfAHostThatDoesNotRun(t *testing.T) {
	dir := t.TempDir()
	h := countingIn(t, dir, one, nil)
	kept := h.fill(t)
	was, err := h.Source(counter)
	check(t, err)
	h.end()
	idle := houseIn(t, dir, func(c *host.Config) { c.Dirs = []string{filepath.Dir(was.Folder)} })
	report, err := idle.Upgrade(t.Context(), counter, two.source(t), host.Plan{})
	check(t, err)
	if len(report.Migrated) != 2 {
		t.Errorf("%+v", report)
	}
	if s := idle.status(t, counter); s.Version != "2.0.0" || s.PID != 0 {
		t.Errorf("%+v", s)
	}
	idle.end()
	countingIn(t, dir, two, nil).wants(t, "2.0.0", kept)
}

// stores returns the bytes of every store in a folder.
func stores(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	list, err := filepath.Glob(filepath.Join(dir, "*.db"))
	check(t, err)
	for _, f := range list {
		b, err := os.ReadFile(f)
		check(t, err)
		out[filepath.Base(f)] = string(b)
	}
	return out
}

func same(a, b map[string]string) bool {
	for name := range a {
		if a[name] != b[name] {
			return false
		}
	}
	return len(a) == len(b)
}
