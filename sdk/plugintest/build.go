package plugintest

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/preau-ent/preau/sdk/manifest"
)

// built remembers what this test binary has built already.
var built struct {
	sync.Mutex
	exe map[string]string
}

// hasGo reports whether a folder holds a Go program.
func hasGo(t testing.TB, dir string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(f string) bool { return !strings.HasSuffix(f, "_test.go") })
}

// Build builds the module of a folder once and returns its executable, with
// module.yaml next to it, in a folder that the next run builds into again. In a
// folder without Go it returns the executable that is there.
func Build(t testing.TB, dir string) (executable string) {
	t.Helper()
	man, err := manifest.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	id := string(man.ID)
	built.Lock()
	defer built.Unlock()
	abs, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if exe := built.exe[abs]; exe != "" {
		return exe
	}
	if exe := filepath.Join(abs, id); !hasGo(t, abs) {
		if info, err := os.Stat(exe); err != nil || !info.Mode().IsRegular() || info.Mode()&0o111 == 0 {
			t.Fatalf("%s holds neither Go nor an executable %s", dir, id)
		}
		return exe // in another language, made already
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(cache, "preau", "plugintest", fmt.Sprintf("%s-%x", id, sha256.Sum256([]byte(abs)))[:len(id)+17])
	src, err := os.ReadFile(filepath.Join(abs, manifest.FileName))
	if err == nil {
		err = os.MkdirAll(folder, 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	// Other test binaries may build the same module now: files appear whole.
	exe := filepath.Join(folder, id)
	part := fmt.Sprintf("%s.%d", exe, os.Getpid())
	cmd := exec.Command("go", "build", "-ldflags", "-s -w", "-o", part, ".")
	cmd.Dir = abs
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build %s: %v\n%s", dir, err, out)
	}
	if err = os.Rename(part, exe); err == nil {
		if err = os.WriteFile(part, src, 0o600); err == nil {
			err = os.Rename(part, filepath.Join(folder, manifest.FileName))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if built.exe == nil {
		built.exe = map[string]string{}
	}
	built.exe[abs] = exe
	return exe
}
