package pack

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const smallest = `id: bonjour
version: 0.1.0
sdk: 2
name: bonjour.name
icon: megaphone
family: outils
start: /
permissions:
  - {id: bonjour.read, name: bonjour.perm.read, default: [eleve]}
routes:
  - {path: "/", methods: [GET], permission: bonjour.read}
`

// contents is a package as its author meant it.
func contents() map[string]string {
	return map[string]string{
		"module.yaml":                    smallest,
		"locales/fr.json":                `{"bonjour.name":"Bonjour"}`,
		"locales/en.json":                `{"bonjour.name":"Hello"}`,
		"bin/" + Platform() + "/bonjour": "#!/bin/sh\n" + strings.Repeat("exit 0\n", 40),
		"LICENSE":                        "free",
	}
}

// folder lays files out on disk.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	return dir
}

func write(t testing.TB, path, text string) {
	t.Helper()
	check(t, os.MkdirAll(filepath.Dir(path), 0o755))
	check(t, os.WriteFile(path, []byte(text), 0o644))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// build packs files.
func build(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	_, err := Build(folder(t, files), &out)
	check(t, err)
	return out.Bytes()
}

// forged is a package as somebody else would make it: what Build never writes
// can be put into each part.
type forged struct {
	index     *Index
	indexText []byte // instead of index
	headers   []*tar.Header
	bodies    []string
	signature []byte
	after     []byte // the end of the archive
	trailing  []byte // the end of the file
}

// forge begins with an honest package of these files.
func forge(files map[string]string) *forged {
	f := &forged{index: &Index{Format: 1, ID: "bonjour", Version: "0.1.0", Protocol: 2}}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f.add(name, files[name])
	}
	return f
}

func (f *forged) add(name, body string) {
	f.list(name, body)
	f.enter(name, body)
}

func (f *forged) list(name, body string) {
	sum := sha256.Sum256([]byte(body))
	f.index.Files = append(f.index.Files, File{Path: name, Mode: modeOf(isBinary(name)), Size: int64(len(body)), SHA256: hex.EncodeToString(sum[:])})
}

func (f *forged) enter(name, body string) {
	f.headers = append(f.headers, header(name, modeOf(isBinary(name)), int64(len(body))))
	f.bodies = append(f.bodies, body)
}

func (f *forged) bytes(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	text := f.indexText
	if text == nil {
		var err error
		text, err = f.index.encode()
		check(t, err)
	}
	check(t, writeEntry(&out, indexName, text))
	if f.signature != nil {
		check(t, writeEntry(&out, signatureName, f.signature))
	}
	z, err := compress(&out)
	check(t, err)
	w := tar.NewWriter(z)
	for i, h := range f.headers {
		check(t, w.WriteHeader(h))
		if h.Typeflag == tar.TypeReg {
			_, err := w.Write([]byte(f.bodies[i]))
			check(t, err)
		}
	}
	check(t, w.Close())
	_, err = z.Write(f.after)
	check(t, err)
	check(t, z.Close())
	out.Write(f.trailing)
	return out.Bytes()
}

// read opens a package in memory and reads it to the end.
func read(raw []byte, limits Limits) (*Package, error) {
	p, err := Read(bytes.NewReader(raw), int64(len(raw)), limits)
	if err != nil {
		return nil, err
	}
	_, err = p.Files(func(_ File, r io.Reader) error { _, err := io.Copy(io.Discard, r); return err })
	return p, err
}
