package pack

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/errors"
)

func TestBuildAndRead(t *testing.T) {
	raw := build(t, contents())
	p, err := Read(bytes.NewReader(raw), int64(len(raw)), Usual)
	check(t, err)
	got := map[string]string{}
	m, err := p.Files(func(f File, r io.Reader) error {
		b, err := io.ReadAll(r)
		got[f.Path] = string(b)
		if f.Executable() != isBinary(f.Path) {
			t.Errorf("%s has mode %s", f.Path, f.Mode)
		}
		return err
	})
	check(t, err)
	if m.ID != "bonjour" || p.Index.Version != "0.1.0" || p.Index.Protocol != 2 || len(p.Signatures) != 0 {
		t.Errorf("%+v", p.Index)
	}
	for name, text := range contents() {
		if got[name] != text {
			t.Errorf("%s came out as %q", name, got[name])
		}
	}
	if len(got) != len(contents()) {
		t.Errorf("%d files came out", len(got))
	}
	if _, err := p.Index.Binary("plan9-mips"); !says(err, "pack.platform", Platform()) {
		t.Errorf("for another platform: %v", err)
	}
	if b, err := p.Index.Binary(Platform()); err != nil || b != "bin/"+Platform()+"/bonjour" {
		t.Errorf("%s %v", b, err)
	}
}

// TestFilesNeedNotBeRead: what take does not read is checked all the same.
func TestFilesNeedNotBeRead(t *testing.T) {
	f := forge(contents())
	f.bodies[len(f.bodies)-1] = f.bodies[len(f.bodies)-1][1:] + " "
	raw := f.bytes(t)
	p, err := Read(bytes.NewReader(raw), int64(len(raw)), Usual)
	check(t, err)
	if _, err := p.Files(func(File, io.Reader) error { return nil }); !says(err, "pack.file.content", "module.yaml") {
		t.Errorf("a changed file that nobody read: %v", err)
	}
}

// TestSameInputSameBytes: neither the order in which files were made, nor their
// times, nor their modes change a byte.
func TestSameInputSameBytes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		files := contents()
		for name, text := range rapid.MapOfN(rapid.StringMatching(`share/[a-z]{1,6}(/[a-z]{1,6}\.[a-z]{1,3})?`), rapid.String(), 0, 6).Draw(r, "share") {
			files[name] = text
		}
		for name := range files { // no name both file and folder
			if dir := filepath.Dir(name); files[dir] != "" || dir != "." && has(files, dir) {
				delete(files, name)
			}
		}
		big := bytes.Repeat(rapid.SliceOfN(rapid.Byte(), 1, 64).Draw(r, "pattern"), rapid.IntRange(1, 9000).Draw(r, "times"))
		files["share/big"] = string(big)
		a, b := build(t, files), new(bytes.Buffer)
		dir := folder(t, files)
		for name := range files {
			path := filepath.Join(dir, name)
			check(t, os.Chtimes(path, time.Time{}, time.Unix(rapid.Int64Range(0, 1<<31).Draw(r, "time"), 0)))
			check(t, os.Chmod(path, os.FileMode(rapid.SampledFrom([]int{0o600, 0o644, 0o755}).Draw(r, "mode"))))
		}
		_, err := Build(dir, b)
		check(t, err)
		if !bytes.Equal(a, b.Bytes()) {
			r.Fatalf("%d bytes and %d bytes of the same files differ", len(a), b.Len())
		}
		if _, err := read(a, Usual); err != nil {
			r.Fatalf("what was built cannot be read: %v", err)
		}
	})
}

func has(files map[string]string, name string) bool { _, ok := files[name]; return ok }

// TestBuildRefuses what nobody could install.
func TestBuildRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(dir string)
		key    string
	}{
		"a stray file":        {func(dir string) { write(t, dir+"/Makefile", "x") }, "pack.path.unknown"},
		"a name in two cases": {func(dir string) { write(t, dir+"/share/A", "x"); write(t, dir+"/share/a", "x") }, "pack.path.case"},
		"no executable":       {func(dir string) { os.RemoveAll(dir + "/bin") }, "pack.file.missing"},
		"no manifest":         {func(dir string) { os.Remove(dir + "/module.yaml") }, "pack.manifest"},
		"a bad manifest":      {func(dir string) { write(t, dir+"/module.yaml", "id: x") }, "pack.manifest"},
		"words that are none": {func(dir string) { write(t, dir+"/locales/fr.json", "{") }, "pack.words"},
		"a link":              {func(dir string) { check(t, os.Symlink("/etc/passwd", dir+"/share")) }, "pack.file.irregular"},
		"an accent":           {func(dir string) { write(t, dir+"/share/é", "x") }, "pack.path.characters"},
		"another's binary":    {func(dir string) { write(t, dir+"/bin/linux-amd64/autre", "x") }, "pack.path.unknown"},
	} {
		dir := folder(t, contents())
		c.change(dir)
		if _, err := Build(dir, io.Discard); !says(err, c.key) {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

// says reports whether the public error has this key and names these things.
func says(err error, key string, names ...string) bool {
	got, args := errors.Public(err)
	for _, name := range names {
		found := false
		for _, a := range args {
			found = found || fmt.Sprint(a) == name
		}
		if !found {
			return false
		}
	}
	return err != nil && got == key
}
