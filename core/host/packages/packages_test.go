package packages

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/pack"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

const yaml = `id: bonjour
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
capabilities: [directory.read, notify.send]
`

// shop is a store with a vendor whom it trusts.
type shop struct {
	*Store
	dir, trust string
	key        *pack.PrivateKey
	public     *pack.PublicKey
	log        *audit.Log
}

func open(t *testing.T) *shop {
	t.Helper()
	dir := t.TempDir()
	engine, err := bolt.Open(filepath.Join(dir, "core"))
	check(t, err)
	t.Cleanup(func() { engine.Close() })
	s := &shop{dir: filepath.Join(dir, "packages"), trust: filepath.Join(dir, "trust"), log: audit.New(engine, nil)}
	s.key, err = pack.NewKey()
	check(t, err)
	s.public = s.key.Public()
	s.Store, err = Open(Config{Dir: s.dir, Trust: s.trust, Platform: "linux-amd64", Engine: engine, Audit: s.log})
	check(t, err)
	t.Cleanup(func() { check(t, erase(s.dir)) }) // read-only folders stop an ordinary user's clean-up
	pub := filepath.Join(dir, "vendor.pub")
	check(t, os.WriteFile(pub, s.public.Encode(), 0o600))
	id, err := s.Trust(t.Context(), pub)
	check(t, err)
	if id != s.public.Fingerprint() {
		t.Fatalf("trusts %s", id)
	}
	return s
}

// packed makes a signed package file; edit may change what is packed.
func (s *shop) packed(t *testing.T, edit func(files map[string]string)) string {
	t.Helper()
	files := map[string]string{
		"module.yaml": yaml, "locales/fr.json": `{"bonjour.name":"Bonjour"}`, "share/data/x": "x",
		"bin/linux-amd64/bonjour": "#!/bin/sh\n", "bin/linux-arm64/bonjour": "#!/bin/sh\n# arm\n",
	}
	if edit != nil {
		edit(files)
	}
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		check(t, os.MkdirAll(filepath.Dir(path), 0o755))
		check(t, os.WriteFile(path, []byte(text), 0o644))
	}
	var out bytes.Buffer
	_, err := pack.Build(dir, &out)
	check(t, err)
	file := filepath.Join(t.TempDir(), "bonjour.preau")
	check(t, os.WriteFile(file, out.Bytes(), 0o644))
	_, err = pack.Sign(file, s.key, s.public)
	check(t, err)
	return file
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func says(err error, key string) bool {
	got, _ := errors.Public(err)
	return err != nil && got == key
}

func TestAdd(t *testing.T) {
	s := open(t)
	file := s.packed(t, nil)
	p, err := s.Add(t.Context(), file)
	check(t, err)
	if p.Key != s.public.Fingerprint() || p.Manifest.ID != "bonjour" || p.Folder != filepath.Join(s.dir, "sha256-"+p.Digest, "bonjour") {
		t.Errorf("%+v", p)
	}
	sum := sha256.Sum256([]byte("#!/bin/sh\n"))
	if want := (seal.Content{SHA256: hex.EncodeToString(sum[:]), Size: 10}); p.Executable != want {
		t.Errorf("%+v, want %+v", p.Executable, want)
	}
	modes := map[string]fs.FileMode{}
	check(t, filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		check(t, err)
		info, err := d.Info()
		name, _ := filepath.Rel(filepath.Dir(p.Folder), path)
		modes[name] = info.Mode()
		return err
	}))
	want := map[string]fs.FileMode{
		"..": fs.ModeDir | 0o700, ".": fs.ModeDir | 0o555, "index.json": 0o444, "signature": 0o444, "bonjour": fs.ModeDir | 0o555,
		"bonjour/module.yaml": 0o444, "bonjour/bonjour": 0o555, "bonjour/locales": fs.ModeDir | 0o555, "bonjour/locales/fr.json": 0o444,
		"bonjour/share": fs.ModeDir | 0o555, "bonjour/share/data": fs.ModeDir | 0o555, "bonjour/share/data/x": 0o444,
	}
	for name, mode := range modes {
		if want[name] != mode {
			t.Errorf("%s is %v, want %v", name, mode, want[name])
		}
	}
	if len(modes) != len(want) {
		t.Errorf("%d files, want %d: %v", len(modes), len(want), modes)
	}
	again, err := s.Add(t.Context(), file)
	if err != nil || again.Digest != p.Digest {
		t.Errorf("added again: %+v %v", again, err)
	}
	if v, err := s.Versions("bonjour"); err != nil || !slices.Equal(v, []string{p.Digest}) {
		t.Errorf("versions %v %v", v, err)
	}
	check(t, os.MkdirAll(filepath.Join(s.dir, temporary+p.Digest, "half"), 0o500)) // of a Drop that failed
	check(t, s.Drop(p.Digest))
	check(t, s.Drop(p.Digest))
	if _, err := s.Check(p.Digest); !says(err, "packages.gone") {
		t.Errorf("after Drop: %v", err)
	}
	if left, _ := os.ReadDir(s.dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestRefused: nothing of what is refused stays in the store.
func TestRefused(t *testing.T) {
	s := open(t)
	good := s.packed(t, nil)
	raw, err := os.ReadFile(good)
	check(t, err)
	p, err := pack.Open(good)
	check(t, err)
	p.Close()
	for name, c := range map[string]struct {
		file func() string
		key  string
	}{
		"another platform": {func() string {
			return s.packed(t, func(f map[string]string) { delete(f, "bin/linux-amd64/bonjour") })
		}, "pack.platform"},
		"cut": {func() string {
			file := filepath.Join(t.TempDir(), "x")
			check(t, os.WriteFile(file, raw[:len(raw)-40], 0o600))
			return file
		}, "pack.broken"},
		"revoked": {func() string {
			check(t, os.WriteFile(filepath.Join(s.trust, "revoked"), []byte("package "+p.Digest+"\n"), 0o600))
			return good
		}, "pack.revoked.package"},
		"its key revoked": {func() string {
			check(t, os.WriteFile(filepath.Join(s.trust, "revoked"), []byte("key "+string(s.public.Fingerprint())+"\n"), 0o600))
			return good
		}, "pack.revoked.key"},
		"no key at all": {func() string { check(t, os.RemoveAll(s.trust)); return good }, "pack.untrusted"},
	} {
		file := c.file()
		if _, err := s.Look(file); !says(err, c.key) {
			t.Errorf("%s, looked at: %v", name, err)
		}
		if _, err := s.Add(t.Context(), file); !says(err, c.key) {
			t.Errorf("%s: %v", name, err)
		}
		check(t, os.RemoveAll(filepath.Join(s.trust, "revoked")))
		check(t, os.MkdirAll(s.trust, 0o700))
		check(t, os.WriteFile(filepath.Join(s.trust, "vendor.pub"), s.public.Encode(), 0o600))
	}
	if left, _ := os.ReadDir(s.dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestTampered: whatever changes in the store, the package is refused.
func TestTampered(t *testing.T) {
	s := open(t)
	file := s.packed(t, nil)
	for name, c := range map[string]struct {
		spoil func(home string) error
		key   string
	}{
		"a byte of the executable": {func(home string) error { return os.WriteFile(home+"/bonjour", []byte("#!/bin/ls\n"), 0o555) }, "packages.damaged"},
		"a byte of the words": {func(home string) error {
			return os.WriteFile(home+"/locales/fr.json", []byte(`{"bonjour.name":"Bonsoir"}`), 0o444)
		}, "packages.damaged"},
		"a file more": {func(home string) error { return os.WriteFile(home+"/locales/de.json", []byte(`{}`), 0o444) }, "packages.damaged"},
		"a file less": {func(home string) error { return os.Remove(home + "/share/data/x") }, "packages.damaged"},
		"a link": {func(home string) error {
			return errors.Join(os.Remove(home+"/share/data/x"), os.Symlink("/etc/hostname", home+"/share/data/x"))
		}, "packages.damaged"},
		"words that may be run": {func(home string) error {
			relock(t, filepath.Dir(home))
			return os.Chmod(home+"/locales/fr.json", 0o555)
		}, "packages.damaged"},
		"words that may change": {func(home string) error {
			relock(t, filepath.Dir(home))
			return os.Chmod(home+"/locales/fr.json", 0o644)
		}, "packages.damaged"},
		"the index":              {func(home string) error { return appendTo(home + "/../index.json") }, "packages.damaged"},
		"no index":               {func(home string) error { return os.Remove(home + "/../index.json") }, "packages.damaged"},
		"the signature":          {func(home string) error { return appendTo(home + "/../signature") }, "pack.index"},
		"no signature":           {func(home string) error { return os.Remove(home + "/../signature") }, "packages.damaged"},
		"nothing but the folder": {func(home string) error { return erase(home) }, "packages.damaged"},
	} {
		p, err := s.Add(t.Context(), file)
		check(t, err)
		unlock(t, filepath.Dir(p.Folder))
		if _, err := s.Check(p.Digest); !says(err, "packages.damaged") {
			t.Errorf("files that may be written: %v", err)
		}
		check(t, c.spoil(p.Folder))
		if !strings.HasPrefix(name, "words that may") {
			relock(t, filepath.Dir(p.Folder))
		}
		if _, err := s.Check(p.Digest); !says(err, c.key) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := s.Add(t.Context(), file); err != nil {
			t.Errorf("%s: added anew: %v", name, err)
		}
		if _, err := s.Check(p.Digest); err != nil {
			t.Errorf("%s, added anew: %v", name, err)
		}
	}
}

// relock gives files back the modes that they have in the store, so that only
// what was spoilt differs.
func relock(t *testing.T, dir string) {
	t.Helper()
	check(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		mode := fs.FileMode(plain)
		if filepath.Base(path) == "bonjour" {
			mode = executable
		}
		return os.Chmod(path, mode)
	}))
}

// unlock lets an ordinary user spoil the store.
func unlock(t *testing.T, dir string) {
	t.Helper()
	check(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = os.Chmod(path, 0o755)
		}
		if err == nil && d.Type().IsRegular() && filepath.Base(path) == "bonjour" {
			err = os.Chmod(path, 0o755)
		}
		return err
	}))
	for _, name := range []string{"index.json", "signature", "bonjour/locales/fr.json"} {
		check(t, os.Chmod(filepath.Join(dir, name), 0o644))
	}
}

func appendTo(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '{'), 0o644)
}

func TestInterruptedAdd(t *testing.T) {
	s := open(t)
	check(t, os.MkdirAll(filepath.Join(s.dir, ".new-1", "bonjour"), 0o700))
	check(t, os.Chmod(filepath.Join(s.dir, ".new-1", "bonjour"), 0o555))
	_, err := Open(s.cfg)
	check(t, err)
	if left, _ := os.ReadDir(s.dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestInstalled(t *testing.T) {
	s := open(t)
	if _, err := s.Of(t.Context(), "bonjour"); !says(err, "packages.none") || errors.KindOf(err) != errors.NotFound {
		t.Errorf("nothing installed: %v", err)
	}
	in := &Installed{ID: "bonjour", Version: "0.1.0", Digest: "d", Key: "k", At: time.Unix(1, 0).UTC(), Tier: manifest.TierVendor,
		Granted: []manifest.Capability{manifest.ReadDirectory}, Previous: &Version{"0.0.9", "c"}}
	ctx := audit.WithBy(t.Context(), audit.By{Person: "P"})
	check(t, s.Put(ctx, in, audit.Entry{Action: audit.ModuleInstalled, Object: "bonjour"}))
	out, err := s.Of(ctx, "bonjour")
	if err != nil || out.Version != "0.1.0" || *out.Previous != *in.Previous || !slices.Equal(out.Granted, in.Granted) {
		t.Errorf("%+v %v", out, err)
	}
	if all, err := s.All(ctx); err != nil || len(all) != 1 {
		t.Errorf("%v %v", all, err)
	}
	if err := s.Put(ctx, in, audit.Entry{Action: "made.up"}); err == nil {
		t.Error("a change without a line in the journal")
	}
	check(t, s.Forget(ctx, "bonjour", audit.Entry{Action: audit.ModuleRemoved, Object: "bonjour"}))
	if err := s.Forget(ctx, "bonjour", audit.Entry{Action: audit.ModuleRemoved}); errors.KindOf(err) != errors.NotFound {
		t.Errorf("forgotten twice: %v", err)
	}
	lines := actions(t, s.log, "bonjour")
	if !slices.Equal(lines, []string{"module.removed P", "module.installed P"}) {
		t.Errorf("journal: %v", lines)
	}
}

func actions(t *testing.T, log *audit.Log, object string) (out []string) {
	page, _, err := log.List(context.Background(), store.Global, audit.Query{Object: object})
	check(t, err)
	for _, e := range page {
		out = append(out, string(e.Action)+" "+string(e.Actor))
	}
	return out
}

func TestMissing(t *testing.T) {
	m, err := manifest.Parse(strings.NewReader(yaml), "module.yaml")
	check(t, err)
	for _, c := range []struct{ granted, want []manifest.Capability }{
		{nil, []manifest.Capability{"directory.read", "notify.send"}},
		{[]manifest.Capability{"notify.send", "audit.record"}, []manifest.Capability{"directory.read"}},
		{m.Capabilities, []manifest.Capability{}},
	} {
		if got := Missing(c.granted, m); !slices.Equal(got, c.want) {
			t.Errorf("Missing(%v) = %v", c.granted, got)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"0.1.0", "0.1.0", 0}, {"0.9.0", "0.10.0", -1}, {"1.0.0", "1.0.0-beta", 1}} {
		if got := Compare(c.a, c.b); got != c.want {
			t.Errorf("Compare(%s, %s) = %d", c.a, c.b, got)
		}
	}
}
