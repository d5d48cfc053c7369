package host

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSweep: the folders of dead cores go, those of living ones and what is
// nobody's stay.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	folder := func(name string, locked bool) string {
		run := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Join(run, "123", "deep"), 0o700); err != nil {
			t.Fatal(err)
		}
		if !locked {
			return run
		}
		f, err := lockRun(run)
		if err != nil {
			t.Fatal(err)
		}
		if name == "preau-dead" {
			f.Close() // as the kernel does when its core dies
		} else {
			t.Cleanup(func() { f.Close() })
		}
		return run
	}
	dead, alive := folder("preau-dead", true), folder("preau-alive", true)
	strange, other := folder("preau-strange", false), folder("autre-dead", false)
	link := filepath.Join(dir, "preau-link")
	if err := os.Symlink(other, link); err != nil {
		t.Fatal(err)
	}
	sweep(dir)
	if _, err := os.Lstat(dead); !os.IsNotExist(err) {
		t.Errorf("the dead core's folder is still there: %v", err)
	}
	for _, stays := range []string{alive, strange, other, link} {
		if _, err := os.Lstat(stays); err != nil {
			t.Errorf("%s is gone", stays)
		}
	}
}
