package host_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestSocketsOfAKilledCore: what a core left when it was killed is gone after
// the next start, and what belongs to one that lives is not.
func TestSocketsOfAKilledCore(t *testing.T) {
	place, err := os.MkdirTemp("/tmp", "p")
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(place) })
	t.Setenv("TMPDIR", place)
	folders := func() []string {
		found, err := filepath.Glob(filepath.Join(place, "preau-*"))
		check(t, err)
		return found
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), orphanHelper+"="+t.TempDir(), "PREAU_HOST_BUILT="+built)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "ready"; {
	}
	left := folders()
	beside := newHouse(t, nil, victim)
	beside.start(t)
	if now := folders(); len(left) != 1 || len(now) != 2 {
		t.Errorf("folders of two living cores: %v", now)
	}
	check(t, beside.Stop(t.Context()))
	check(t, cmd.Process.Kill())
	cmd.Wait()
	if now := folders(); len(now) != 1 || now[0] != left[0] {
		t.Errorf("after the kill: %v, want %v", now, left)
	}
	next := newHouse(t, nil, victim)
	next.start(t)
	if now := folders(); len(now) != 1 || now[0] == left[0] {
		t.Errorf("after the next start: %v", now)
	}
	check(t, next.Stop(t.Context()))
	if now := folders(); len(now) != 0 {
		t.Errorf("after a clean end: %v", now)
	}
}
