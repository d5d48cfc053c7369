package web_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// modules is the folder of the module folders that the tests use.
var modules string

// TestMain builds the modules once, as `make build` does.
func TestMain(m *testing.M) {
	code, err := withModules(m.Run, "../../examples/bonjour", "testdata/banc")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func withModules(run func() int, folders ...string) (int, error) {
	dir, err := os.MkdirTemp("", "preau-web")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	modules = dir
	for _, from := range folders {
		name := filepath.Base(from)
		to := filepath.Join(dir, name)
		if err := os.CopyFS(filepath.Join(to, "locales"), os.DirFS(filepath.Join(from, "locales"))); err != nil {
			return 0, err
		}
		yaml, err := os.ReadFile(filepath.Join(from, "module.yaml"))
		if err != nil {
			return 0, err
		}
		if err := os.WriteFile(filepath.Join(to, "module.yaml"), yaml, 0o644); err != nil {
			return 0, err
		}
		build := exec.Command("go", "build", "-o", filepath.Join(to, name), "./"+from)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("build %s: %w\n%s", name, err, out)
		}
	}
	return run(), nil
}
