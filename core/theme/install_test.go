package theme

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/themes"
)

func started(t *testing.T, id string) string {
	t.Helper()
	folder, err := Start(t.TempDir(), id, "Essai")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestNewPackPassesAsItIs(t *testing.T) {
	folder := started(t, "essai")
	r := Examine(os.DirFS(folder))
	if !r.Passed() || r.Pack.ID != "essai" || r.Pack.Name != "Essai" {
		t.Fatalf("%+v %+v", r.Findings, r.Pack)
	}
	if len(r.Matrix) < 4*40 {
		t.Errorf("the matrix has %d pairs", len(r.Matrix))
	}
	if _, err := Start(filepath.Dir(folder), "essai", "x"); errors.KindOf(err) != errors.Conflict {
		t.Errorf("a second one over the first: %v", err)
	}
	if _, err := Start(t.TempDir(), "../x", "x"); errors.KindOf(err) != errors.Invalid {
		t.Errorf("outside: %v", err)
	}
}

func TestInstallAndTakeNote(t *testing.T) {
	folder, data := started(t, "essai"), t.TempDir()
	all, err := New(themes.FS, os.DirFS(filepath.Join(data, Folder)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := all.For(Look{Pack: "essai"}); errors.KindOf(err) != errors.Invalid {
		t.Fatalf("before it is installed: %v", err)
	}
	if _, err := Install(os.DirFS(folder), data, themes.FS); err != nil {
		t.Fatal(err)
	}
	first, err := all.For(Look{Pack: "essai"})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := all.Get(filepath.Base(first.Logo)); !ok || first.Logo == "" {
		t.Errorf("its logo %q is not served", first.Logo)
	}

	// A newer one in its place.
	css := filepath.Join(folder, "styles.css")
	if err := os.WriteFile(css, []byte(".top{border-bottom:2px solid var(--ink)}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Install(os.DirFS(folder), data, themes.FS); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(data, Folder, "essai", "theme.yaml")
	if err := os.Chtimes(kept, time.Time{}, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil { // a file system may count in seconds
		t.Fatal(err)
	}
	all.Packs()
	if second := all.Worn(Look{Pack: "essai"}); second.Path == first.Path {
		t.Error("the newer one is not worn")
	}
	if _, ok := all.Get(first.Name); !ok {
		t.Error("a page that is open lost its stylesheet")
	}

	// It goes: pages are drawn all the same.
	if err := os.RemoveAll(filepath.Join(data, Folder, "essai")); err != nil {
		t.Fatal(err)
	}
	all.Packs()
	want, _ := all.For(Look{Colour: "#8a1c3b"})
	if worn := all.Worn(Look{Pack: "essai", Colour: "#8a1c3b"}); worn.Path != want.Path {
		t.Errorf("without its pack a school wears %s, want its colour on the default %s", worn.Path, want.Path)
	}
}

// TestARunningServerTakesNote: a pack that is installed over one that is worn is
// worn after some seconds, though nobody asks which packs there are; before that
// nobody looks.
func TestARunningServerTakesNote(t *testing.T) {
	folder, data := started(t, "essai"), t.TempDir()
	if _, err := Install(os.DirFS(folder), data, themes.FS); err != nil {
		t.Fatal(err)
	}
	shelf := &counted{FS: os.DirFS(filepath.Join(data, Folder))}
	all, err := New(themes.FS, shelf)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	all.now = func() time.Time { return now }
	first := all.Worn(Look{Pack: "essai"})
	if err := os.WriteFile(filepath.Join(folder, "styles.css"), []byte(".top{border-bottom:2px solid var(--ink)}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Install(os.DirFS(folder), data, themes.FS); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(data, Folder, "essai", "theme.yaml"), time.Time{}, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	now, shelf.opened = now.Add(glances-1), 0
	for range 3 {
		if all.Worn(Look{Pack: "essai"}) != first || shelf.opened != 0 {
			t.Fatalf("too soon, or the folder was opened %d times", shelf.opened)
		}
	}
	now = now.Add(1)
	if all.Worn(Look{Pack: "essai"}).Path == first.Path {
		t.Error("the newer one is not worn")
	}
	shelf.opened = 0
	if all.Worn(Look{Pack: "essai"}); shelf.opened != 0 {
		t.Errorf("the folder was opened %d times again at once", shelf.opened)
	}
}

// counted counts what is opened in a folder.
type counted struct {
	fs.FS
	opened int
}

func (c *counted) Open(name string) (fs.File, error) {
	c.opened++
	return c.FS.Open(name)
}

func TestInstallRefuses(t *testing.T) {
	own, err := fs.Sub(themes.FS, Default)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Install(own, t.TempDir(), themes.FS); errors.KindOf(err) != errors.Conflict {
		t.Errorf("in the place of our own: %v", err)
	}
	folder, data := started(t, "essai"), t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "styles.css"), []byte("@import 'x';"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Install(os.DirFS(folder), data, themes.FS); errors.KindOf(err) != errors.Invalid {
		t.Errorf("unsafe styles: %v", err)
	}
	if left, _ := os.ReadDir(filepath.Join(data, Folder)); len(left) > 0 {
		t.Errorf("something was left: %v", left)
	}
}

// TestPreviewsAreForgotten: trying colours all day takes no more memory.
func TestPreviewsAreForgotten(t *testing.T) {
	all := packs(t)
	first, err := all.Try(Look{Colour: "#000001"})
	if err != nil {
		t.Fatal(err)
	}
	before := len(all.byName)
	for i := range maxTried + 3 {
		if _, err := all.Try(Look{Colour: Colour{uint8(i * 9), 40, 90}.String()}); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok := all.Get(first.Name); ok || len(all.byName) > before+maxTried {
		t.Errorf("%d sheets are kept, the first: %v", len(all.byName)-before, ok)
	}
	if worn, _ := all.For(Look{}); worn == nil {
		t.Error("a sheet that is worn went with them")
	}
}
