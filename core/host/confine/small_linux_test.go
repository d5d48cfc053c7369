package confine_test

import (
	"debug/buildinfo"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/host/confine"
)

// withSmall builds the launcher that is a program of its own, in a folder that
// holds nothing else.
func withSmall(t *testing.T) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), confine.Small)
	cmd := exec.Command("go", "build", "-o", program, "../../../cmd/preau-launcher")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return program
}

// TestSmall: the small launcher builds the same walls, also when its file has
// been replaced since the core started, and leaves nobody behind.
func TestSmall(t *testing.T) {
	t.Setenv("PREAU_CONFINE_SECRET", "1")
	program, prison := withSmall(t), confined(t)
	check(t, confine.SmallForTest(prison, program))
	check(t, os.Remove(program))
	check(t, os.WriteFile(program, []byte("#!/bin/false\n"), 0o755))
	before := children(t)
	l := launch(t)
	for _, a := range attempts(around(t), l) {
		said, err := run(t, prison, l, a.try)
		check(t, err)
		if ok := said == ""; ok != a.may && !raced {
			t.Errorf("%s: %q, want it to succeed: %v", a.try, said, a.may)
		}
	}
	cmd := waiting(t, prison, l)
	if made := strings.Fields(children(t)); len(made) != len(strings.Fields(before))+2 { // and who may be attacked
		t.Errorf("children %v, before %q", made, before)
	}
	check(t, cmd.Process.Kill())
	cmd.Wait()
	check(t, cmd.Ended())
}

// TestWhichSmall: it is executed for who was built from the same commit only.
func TestWhichSmall(t *testing.T) {
	made := func(version, sum, tool string) *debug.BuildInfo {
		return &debug.BuildInfo{GoVersion: tool, Main: debug.Module{Path: "m", Version: version, Sum: sum}}
	}
	for _, c := range []struct {
		name string
		a, b *debug.BuildInfo
		same bool
	}{
		{"a release", made("v1.2.3", "h1:x", "go1.26.0"), made("v1.2.3", "h1:x", "go1.26.0"), true},
		{"a commit", made("v0.0.0-20261122-abc", "", "go1.26.0"), made("v0.0.0-20261122-abc", "", "go1.26.0"), true},
		{"another release", made("v1.2.3", "", "go1.26.0"), made("v1.2.4", "", "go1.26.0"), false},
		{"another compiler", made("v1.2.3", "", "go1.26.0"), made("v1.2.3", "", "go1.26.1"), false},
		{"another content", made("v1.2.3", "h1:x", "go1.26.0"), made("v1.2.3", "h1:y", "go1.26.0"), false},
		{"not committed", made("v1.2.3+dirty", "", "go1.26.0"), made("v1.2.3+dirty", "", "go1.26.0"), false},
		{"no version", made("(devel)", "", "go1.26.0"), made("(devel)", "", "go1.26.0"), false},
		{"nothing known", nil, made("v1.2.3", "", "go1.26.0"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := confine.SameVersionForTest(c.a, c.b); got != c.same {
				t.Errorf("%v, want %v", got, c.same)
			}
		})
	}
	program := withSmall(t)
	its, err := buildinfo.ReadFile(program)
	check(t, err)
	beside := filepath.Join(filepath.Dir(program), "preau")
	its.Main.Version, its.Main.Sum = "v9.9.9", ""
	if confine.HasSmallForTest(beside, its) {
		t.Error("one of another version was taken")
	}
	if confine.HasSmallForTest(filepath.Join(t.TempDir(), "preau"), its) {
		t.Error("one was taken where there is none")
	}
}
