package pack

import (
	"archive/tar"
	"bytes"
	"io"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzRead reads whatever comes; what passes must be what its index says.
func FuzzRead(f *testing.F) {
	limits := Limits{Files: 50, File: 1 << 16, Total: 1 << 18, Package: 1 << 16, Ratio: 200}
	f.Add(build(f, contents()))
	hostile := forge(contents())
	hostile.headers[0].Typeflag, hostile.headers[0].Size = tar.TypeSymlink, 0
	f.Add(hostile.bytes(f))
	f.Add([]byte("no package"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := Read(bytes.NewReader(raw), int64(len(raw)), limits)
		if err != nil {
			return
		}
		var total int64
		m, err := p.Files(func(file File, r io.Reader) error {
			if err := checkPath(string(p.Index.ID), file.Path); err != nil {
				t.Errorf("handed out: %v", err)
			}
			n, err := io.Copy(io.Discard, r)
			total += n
			return err
		})
		if total > limits.Total {
			t.Errorf("%d bytes came out of %d", total, len(raw))
		}
		if err == nil && m.ID != p.Index.ID {
			t.Errorf("module %q in a package of %q", m.ID, p.Index.ID)
		}
	})
}

// FuzzIndex reads an index that no compression stands before: what passes names
// only files below the folder, each once.
func FuzzIndex(f *testing.F) {
	text, err := forge(contents()).index.encode()
	check(f, err)
	f.Add(text)
	f.Add(bytes.Replace(text, []byte("locales/fr.json"), []byte("share/../../x"), 1))
	f.Fuzz(func(t *testing.T, text []byte) {
		i, err := ParseIndex(text, Usual)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, file := range i.Files {
			name := strings.ToLower(file.Path)
			if seen[name] || !filepath.IsLocal(file.Path) || path.Clean(file.Path) != file.Path {
				t.Errorf("%q passed", file.Path)
			}
			seen[name] = true
		}
		again, err := i.encode()
		check(t, err)
		if _, err := ParseIndex(again, Usual); err != nil {
			t.Errorf("written and read again: %v", err)
		}
	})
}
