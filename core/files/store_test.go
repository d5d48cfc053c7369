package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

const school, module = ids.SchoolID("0750655E"), ids.ModuleID("devoirs")

func newStore(t *testing.T) (*Store, string) {
	t.Helper()
	dir := t.TempDir()
	engine, err := bolt.Open(filepath.Join(dir, "core"))
	if err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(dir, "files")
	s, err := Open(t.Context(), place, engine)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(); engine.Close() })
	return s, place
}

// kept lists every file in the folder and every entry in the store.
func kept(t *testing.T, s *Store, place string) (n int) {
	t.Helper()
	err := filepath.WalkDir(place, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	space, e := s.engine.Open(t.Context(), school)
	if err == nil && e == nil {
		e = space.View(t.Context(), func(tx store.Tx) error {
			rows, err := entries.Count(tx, "")
			n += rows
			return err
		})
	}
	if err != nil || e != nil {
		t.Fatal(err, e)
	}
	return n
}

func TestPutOpenDelete(t *testing.T) {
	s, place := newStore(t)
	body := []byte("%PDF-1.4\n" + strings.Repeat("x", 100_000))
	info, err := s.Put(t.Context(), school, module, "p", "dossier/Copie n°1.pdf", bytes.NewReader(body), 0)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(body)
	if info.Name != "Copie n°1.pdf" || info.MIME != "application/pdf" || info.Size != int64(len(body)) || info.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("%+v", info)
	}
	f, err := s.Open(t.Context(), school, module, info.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seek(9, io.SeekStart); err != nil {
		t.Error(err)
	}
	if got, err := io.ReadAll(f); err != nil || !bytes.Equal(got, body[9:]) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	f.Close()
	for _, c := range []struct {
		school ids.SchoolID
		module ids.ModuleID
		id     string
	}{{"0750001A", module, info.ID}, {school, "agenda", info.ID}, {school, module, "x"}, {school, module, "../" + info.ID}} {
		if _, err := s.Open(t.Context(), c.school, c.module, c.id); errors.KindOf(err) != errors.NotFound {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if err := s.Delete(t.Context(), school, "agenda", info.ID); errors.KindOf(err) != errors.NotFound {
		t.Errorf("deleted by another module: %v", err)
	}
	if err := s.Delete(t.Context(), school, module, info.ID); err != nil {
		t.Error(err)
	}
	if n := kept(t, s, place); n != 0 {
		t.Errorf("%d things left after Delete", n)
	}
}

// TestNothingHalf: a file that was too large, broke off or whose request ended
// is not there at all.
func TestNothingHalf(t *testing.T) {
	s, place := newStore(t)
	if _, err := s.Put(t.Context(), school, module, "", "a", strings.NewReader("12345"), 5); err != nil {
		t.Errorf("exactly the limit: %v", err)
	}
	before := kept(t, s, place)
	if _, err := s.Put(t.Context(), school, module, "", "a", strings.NewReader("123456"), 5); errors.KindOf(err) != errors.TooLarge {
		t.Errorf("one byte too many: %v", err)
	}
	broken := io.MultiReader(strings.NewReader(strings.Repeat("x", 1<<20)), failing{})
	if _, err := s.Put(t.Context(), school, module, "", "a", broken, 0); err == nil {
		t.Error("a broken upload was kept")
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := s.Put(ctx, school, module, "", "a", io.MultiReader(strings.NewReader("x"), ending{cancel}), 0); err == nil {
		t.Error("an upload whose request ended was kept")
	}
	if n := kept(t, s, place); n != before {
		t.Errorf("%d things, %d before", n, before)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

type ending struct{ cancel func() }

func (e ending) Read([]byte) (int, error) { e.cancel(); return 0, io.EOF }

func TestFlatMemory(t *testing.T) {
	s, _ := newStore(t)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	info, err := s.Put(t.Context(), school, module, "", "big", io.LimitReader(zeros{}, 200<<20), 0)
	if err != nil || info.Size != 200<<20 {
		t.Fatalf("%+v %v", info, err)
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.TotalAlloc - before.TotalAlloc); grown > 16<<20 {
		t.Errorf("%d KiB allocated for 200 MiB", grown>>10)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"a.txt": "a.txt", "../../etc/passwd": "passwd", `C:\Users\x\a.doc`: "a.doc", "": "fichier", "..": "fichier", "/": "fichier",
		"a\r\nSet-Cookie: x": "aSet-Cookie: x", "\u202Egpj.exe": "gpj.exe", strings.Repeat("é", 300) + ".pdf": strings.Repeat("é", 196) + ".pdf",
	} {
		if got := cleanName(in); got != want {
			t.Errorf("cleanName(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestQuota: what a module keeps in a school is bounded, room comes back with
// what is deleted, and other schools and modules are not asked.
func TestQuota(t *testing.T) {
	s, place := newStore(t)
	put := func(of ids.SchoolID, by ids.ModuleID, n int) (Info, error) {
		return s.PutWithin(t.Context(), of, by, "p", "a", strings.NewReader(strings.Repeat("a", n)), Bounds{School: 10})
	}
	if _, err := s.Put(t.Context(), school, module, "p", "before there were accounts", strings.NewReader("1234"), 0); err != nil {
		t.Fatal(err)
	}
	space, err := s.engine.Open(t.Context(), school)
	if err != nil {
		t.Fatal(err)
	}
	if err := space.Update(t.Context(), func(tx store.Tx) error { return holdings.Delete(tx, string(module)) }); err != nil {
		t.Fatal(err)
	}
	kind := func(of ids.SchoolID, by ids.ModuleID, n int, want errors.Kind) (i Info) {
		t.Helper()
		i, err := put(of, by, n)
		if errors.KindOf(err) != want {
			t.Errorf("%d bytes for %s in %s: %v", n, by, of, err)
		}
		return i
	}
	first := kind(school, module, 6, errors.OK)
	n := kept(t, s, place)
	kind(school, module, 1, errors.TooLarge)
	if left := kept(t, s, place); left != n {
		t.Errorf("%d files and entries after a refusal, %d before", left, n)
	}
	kind(school, "agenda", 10, errors.OK)
	kind("0750656F", module, 10, errors.OK)
	if err := s.Delete(t.Context(), school, module, first.ID); err != nil {
		t.Fatal(err)
	}
	kind(school, module, 7, errors.TooLarge)
	kind(school, module, 6, errors.OK)
	if err := s.EraseModule(t.Context(), school, module); err != nil {
		t.Fatal(err)
	}
	kind(school, module, 10, errors.OK)
}
