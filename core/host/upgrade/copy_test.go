package upgrade

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// tree writes files, "path" to content.
func tree(t *testing.T, dir string, content map[string]string) {
	t.Helper()
	for name, text := range content {
		p := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o700), os.WriteFile(p, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

// read returns every regular file below dir, but links.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(p)
		name, _ := filepath.Rel(dir, p)
		out[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRestoreIsExact(t *testing.T) {
	data, to := t.TempDir(), filepath.Join(t.TempDir(), "1.0.0-2.0.0")
	before := map[string]string{"0750655E.db": "one", "0750001A.db": "two", "deep/er/x": "three", "empty": ""}
	tree(t, data, before)
	tree(t, data, map[string]string{"tmp/upload": "for the moment"})
	tree(t, to, map[string]string{"left/by/an/attempt": "before"})
	if err := Backup(t.Context(), data, to); err != nil {
		t.Fatal(err)
	}
	if got := read(t, to); fmt.Sprint(got) != fmt.Sprint(before) {
		t.Errorf("copied %v, want %v", got, before)
	}
	if err := os.RemoveAll(filepath.Join(data, "deep")); err != nil {
		t.Fatal(err)
	}
	tree(t, data, map[string]string{"0750655E.db": "migrated", "new.db": "made by the new version", "deep": "now a file"})
	for range 2 {
		if err := Restore(t.Context(), to, data); err != nil {
			t.Fatal(err)
		}
		before["tmp/upload"] = "for the moment"
		if got := read(t, data); fmt.Sprint(got) != fmt.Sprint(before) {
			t.Errorf("restored %v, want %v", got, before)
		}
	}
}

// TestPlantedThings: what a module put into its folder to lead the core astray
// is neither read nor written through.
func TestPlantedThings(t *testing.T) {
	data, to, outside := t.TempDir(), filepath.Join(t.TempDir(), "b"), t.TempDir()
	tree(t, outside, map[string]string{"secret": "of the core"})
	tree(t, data, map[string]string{"0750655E.db": "one"})
	err := errors.Join(
		os.Symlink(filepath.Join(outside, "secret"), filepath.Join(data, "link")),
		os.Symlink(outside, filepath.Join(data, "folder")),
		syscall.Mkfifo(filepath.Join(data, "pipe"), 0o600),
		Backup(t.Context(), data, to))
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, to); len(got) != 1 || got["0750655E.db"] != "one" {
		t.Errorf("copied %v", got)
	}
	// The new version turns its own file into a link before it is undone.
	err = errors.Join(
		os.Remove(filepath.Join(data, "0750655E.db")),
		os.Symlink(filepath.Join(outside, "secret"), filepath.Join(data, "0750655E.db")),
		os.MkdirAll(filepath.Join(data, "link2"), 0o700),
		Restore(t.Context(), to, data))
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, outside); len(got) != 1 || got["secret"] != "of the core" {
		t.Errorf("outside the folder: %v", got)
	}
	if got := read(t, data); len(got) != 1 || got["0750655E.db"] != "one" {
		t.Errorf("restored %v", got)
	}
	if target, err := os.Readlink(filepath.Join(data, "link")); target != filepath.Join(outside, "secret") {
		t.Errorf("the module's own link leads to %q, %v", target, err)
	}
	if _, err := os.Lstat(filepath.Join(data, "pipe")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a pipe outlived: %v", err)
	}
}

func TestBackupCanBeBrokenOff(t *testing.T) {
	data := t.TempDir()
	tree(t, data, map[string]string{"a": "1"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Backup(ctx, data, filepath.Join(t.TempDir(), "b")); errors.KindOf(err) != errors.Cancelled {
		t.Errorf("%v", err)
	}
}

func TestPruneKeepsTheLatest(t *testing.T) {
	dir := t.TempDir()
	if err := Prune(filepath.Join(dir, "none")); err != nil {
		t.Error(err)
	}
	for i, name := range []string{"d", "a", "e", "b", "c"} {
		tree(t, dir, map[string]string{name + "/x": ""})
		at := time.Unix(int64(1000+i), 0)
		if err := os.Chtimes(filepath.Join(dir, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := Prune(dir); err != nil {
		t.Fatal(err)
	}
	var left []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := []string{"b", "c", "e"}; !slices.Equal(left, want) {
		t.Errorf("left %v, want %v", left, want)
	}
}
