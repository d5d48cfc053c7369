package bolt_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

const school = ids.SchoolID("0750001A")

func wantKind(t *testing.T, what string, err error, want errors.Kind) {
	t.Helper()
	if errors.KindOf(err) != want {
		t.Errorf("%s: %v, want kind %v", what, err, want)
	}
}

func TestHeldByAnother(t *testing.T) {
	dir := t.TempDir()
	first, second := openIn(t, dir), openIn(t, dir) // file locks are by descriptor
	defer first.Close()
	defer second.Close()
	if _, err := first.Open(t.Context(), school); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := second.Open(ctx, school)
	wantKind(t, "Open with a short deadline", err, errors.Timeout)
	_, err = second.Open(t.Context(), school)
	wantKind(t, "Open", err, errors.Unavailable)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = second.Open(t.Context(), school)
	wantKind(t, "Open after the first let go", err, errors.OK)
}

func TestFileIsForItsOwner(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "here")
	e := openIn(t, dir)
	defer e.Close()
	if _, err := e.Open(t.Context(), school); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{"": 0o700, "0750001A.db": 0o600} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v, %v; want %v", name, info.Mode(), err, want)
		}
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("the folder holds %v, want the one file", files)
	}
}

func TestLinksLeadNowhere(t *testing.T) {
	dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "outside.db")
	if err := os.Symlink(outside, filepath.Join(dir, "0750001A.db")); err != nil {
		t.Fatal(err)
	}
	e := openIn(t, dir)
	defer e.Close()
	if _, err := e.Open(t.Context(), school); err == nil {
		t.Error("a link out of the folder was followed")
	}
	if _, err := os.Stat(outside); err == nil {
		t.Error("a file was made outside of the folder")
	}
}

func TestDamagedFile(t *testing.T) {
	for name, content := range map[string][]byte{"empty": nil, "text": []byte("not a space"), "zeros": make([]byte, 1<<16)} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "0750001A.db"), content, 0o600); err != nil {
			t.Fatal(err)
		}
		e := openIn(t, dir)
		s, err := e.Open(t.Context(), school)
		if err == nil {
			err = s.View(t.Context(), func(tx store.Tx) error { _, _, err := tx.Get([]byte("a")); return err })
		}
		wantKind(t, name, err, errors.Bug)
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestCopiedFile: a school is a file to copy.
func TestCopiedFile(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	e := openIn(t, from)
	defer e.Close()
	s, err := e.Open(t.Context(), school)
	if err != nil {
		t.Fatal(err)
	}
	var copied bytes.Buffer
	err = errors.Join(
		s.Update(t.Context(), func(tx store.Tx) error { return tx.Put([]byte("a"), []byte("1")) }),
		s.Backup(t.Context(), &copied),
		os.WriteFile(filepath.Join(to, "0750001A.db"), copied.Bytes(), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	there := openIn(t, to)
	defer there.Close()
	if s, err = there.Open(t.Context(), school); err != nil {
		t.Fatal(err)
	}
	err = s.View(t.Context(), func(tx store.Tx) error {
		if v, _, _ := tx.Get([]byte("a")); string(v) != "1" {
			t.Errorf("the copy holds %q, want 1", v)
		}
		return nil
	})
	wantKind(t, "View of the copy", err, errors.OK)
}
