package host

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/manifest"
)

// fill writes n files of size bytes.
func fill(t *testing.T, folder string, n, size int) {
	t.Helper()
	for i := range n {
		name := filepath.Join(folder, string(rune('a'+i%26))+string(rune('a'+i/26)))
		if err := os.WriteFile(name, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDisk: what a folder takes is counted in blocks, without what links lead
// to; at the quota the module is full, a fifth above it is ended.
func TestDisk(t *testing.T) {
	folder, foreign := t.TempDir(), t.TempDir()
	fill(t, foreign, 1, 1<<20)
	if err := os.Symlink(foreign, filepath.Join(folder, "link")); err != nil {
		t.Fatal(err)
	}
	sparse, err := os.Create(filepath.Join(folder, "sparse"))
	if err != nil {
		t.Fatal(err)
	}
	if err := sparse.Truncate(1 << 30); err != nil {
		t.Fatal(err)
	}
	sparse.Close()
	most := quota(manifest.Quotas{Disk: 1 << 20})
	step := func(what string, n, size int, full, ended bool) {
		t.Helper()
		fill(t, folder, n, size)
		d := &disk{}
		err := d.look(folder, most)
		if d.full.Load() != full || (err != nil) != ended {
			held, _ := weigh(folder, most)
			t.Errorf("%s (%+v): full %v, want %v; ended %v, want %v", what, held, d.full.Load(), full, err, ended)
		}
	}
	step("links and holes", 0, 0, false, false)
	step("half", 8, 64<<10, false, false)
	step("whole", 16, 64<<10, true, false)
	step("too much", 20, 64<<10, true, true)
	most = holding{1 << 30, 10}
	step("too many", 0, 0, true, true)
	if err := os.RemoveAll(filepath.Join(folder, "aa")); err != nil {
		t.Fatal(err)
	}
	most = holding{1 << 30, 1000}
	step("room again", 0, 0, false, false)
}

// TestDiskPace: a look that took long is not repeated at once.
func TestDiskPace(t *testing.T) {
	folder := t.TempDir()
	d := &disk{next: time.Now().Add(time.Hour)}
	fill(t, folder, 20, 1)
	if err := d.look(folder, holding{1, 1}); err != nil || d.full.Load() {
		t.Errorf("looked before its time: %v", err)
	}
}
