package pack

import (
	"archive/tar"
	"bytes"
	"io"
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
