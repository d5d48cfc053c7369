package core

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/pack"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

const dunes = ids.SchoolID("9990003Z")

// vendor makes packages of the smallest module.
type vendor struct {
	key    *pack.PrivateKey
	staged string // the module's files, built once
}

func newVendor(t *testing.T) *vendor {
	t.Helper()
	key, err := pack.NewKey()
	must(t, err)
	v := &vendor{key: key, staged: t.TempDir()}
	_, err = pack.Stage(t.Context(), "../examples/bonjour", v.staged)
	must(t, err)
	return v
}

// packed signs a package; asks are the capabilities of its manifest.
func (v *vendor) packed(t *testing.T, version string, asks ...string) string {
	t.Helper()
	path := filepath.Join(v.staged, "module.yaml")
	text, err := os.ReadFile("../examples/bonjour/module.yaml")
	must(t, err)
	yaml := strings.Replace(string(text), "version: 0.1.0", "version: "+version, 1) + "capabilities: [" + strings.Join(asks, ", ") + "]\n"
	must(t, os.WriteFile(path, []byte(yaml), 0o644))
	file := filepath.Join(t.TempDir(), "bonjour.preau")
	_, _, err = pack.BuildFile(v.staged, file)
	must(t, err)
	_, err = pack.Sign(file, v.key, v.key.Public())
	must(t, err)
	return file
}

// trusted makes a data folder whose operator trusts the vendor.
func (v *vendor) trusted(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(data, trustFolder), 0o700))
	must(t, os.WriteFile(filepath.Join(data, trustFolder, "vendor.pub"), v.key.Public().Encode(), 0o600))
	t.Cleanup(func() { unlock(t, filepath.Join(data, packagesFolder)) })
	return data
}

// unlock lets an ordinary user change the store.
func unlock(t *testing.T, dir string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && d.IsDir() {
			err = os.Chmod(path, 0o700)
		}
		return err
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// opened is a core with one school.
func opened(t *testing.T, data string) *Core {
	t.Helper()
	c, err := New(t.Context(), Config{Data: data, Modules: []string{t.TempDir()}, Listen: "127.0.0.1:0", Confinement: "off"})
	must(t, err)
	if _, err := c.Identity.School(t.Context(), dunes); err != nil {
		_, err = c.Identity.AddSchool(t.Context(), audit.By{}, identity.School{ID: dunes, Name: "École des Dunes", Kind: "ecole"})
		must(t, err)
	}
	return c
}

// running starts the modules of a core until the test is over.
func running(t *testing.T, c *Core) {
	t.Helper()
	must(t, c.Host.Start(t.Context()))
	t.Cleanup(func() {
		must(t, c.Host.Stop(context.Background()))
		must(t, c.Close())
	})
}

// page asks the module for its first page as a pupil.
func page(c *Core) (int, error) {
	caller := host.Caller{Roles: []string{"eleve"}, Viewer: &wire.Viewer{Person: "01J0000000000000000000000A", FirstName: "Camille",
		School: string(dunes), Profile: "eleve", Locale: "fr", TimeZone: "Europe/Paris"}}
	route, err := c.Host.Route(dunes, "bonjour", http.MethodGet, "/")
	if err != nil {
		return 0, err
	}
	r, err := http.NewRequest(http.MethodGet, "/", nil)
	if err != nil {
		return 0, err
	}
	a, err := c.Host.Open(context.Background(), caller, route, r)
	if err != nil {
		return 0, err
	}
	defer a.Body.Close()
	_, err = io.Copy(io.Discard, a.Body)
	return a.Status, err
}

// TestInstallWhileRunning: a module comes and goes while the core runs, and
// everybody knows at once.
func TestInstallWhileRunning(t *testing.T) {
	v := newVendor(t)
	c := opened(t, v.trusted(t))
	running(t, c)
	if _, err := page(c); errors.KindOf(err) != errors.NotFound {
		t.Errorf("before: %v", err)
	}
	in := Install{File: v.packed(t, "0.1.0", "directory.read", "notify.send"), Granted: []manifest.Capability{manifest.ReadDirectory}, Schools: []ids.SchoolID{dunes}}
	i, err := c.InstallModule(t.Context(), in)
	must(t, err)
	if i.Key != v.key.Public().Fingerprint() || i.Tier != manifest.TierVendor || i.Version != "0.1.0" {
		t.Errorf("%+v", i)
	}
	must(t, c.Host.Restart(t.Context(), "bonjour")) // returns once it serves
	if status, err := page(c); err != nil || status != http.StatusOK {
		t.Errorf("installed: %d %v", status, err)
	}
	if !c.Access.May(dunes, []string{"eleve"}, "bonjour.read") {
		t.Error("access does not know its permission")
	}
	if got := c.Words.Speaker("fr", nil, c.Config.Now()).In("bonjour").T("bonjour.name"); strings.Contains(got, "⟦") {
		t.Errorf("its words are not known: %s", got)
	}
	if !c.Host.May("bonjour", manifest.ReadDirectory) || c.Host.May("bonjour", manifest.SendNotices) || c.Host.May("bonjour", manifest.WriteFiles) {
		t.Error("may do something else than what it was granted")
	}
	_, err = c.GrantModule(t.Context(), "bonjour", manifest.SendNotices, true)
	must(t, err)
	_, err = c.GrantModule(t.Context(), "bonjour", manifest.ReadDirectory, false)
	must(t, err)
	if c.Host.May("bonjour", manifest.ReadDirectory) || !c.Host.May("bonjour", manifest.SendNotices) {
		t.Error("a change of what is granted is not in force")
	}
	for what, err := range map[string]error{
		"the same":           second(c.InstallModule(t.Context(), in)),
		"a newer one":        second(c.InstallModule(t.Context(), Install{File: v.packed(t, "0.2.0")})),
		"an older one":       second(c.InstallModule(t.Context(), Install{File: v.packed(t, "0.0.9")})),
		"removed in use":     c.RemoveModule(t.Context(), Remove{Module: "bonjour"}),
		"granted, not asked": second(c.GrantModule(t.Context(), "bonjour", manifest.WriteFiles, true)),
	} {
		if k := errors.KindOf(err); k != errors.Conflict && k != errors.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	must(t, c.RemoveModule(t.Context(), Remove{Module: "bonjour", Force: true}))
	if _, err := page(c); errors.KindOf(err) != errors.NotFound {
		t.Errorf("removed: %v", err)
	}
	if c.Access.May(dunes, []string{"eleve"}, "bonjour.read") || len(c.Host.Modules()) > 0 {
		t.Error("removed, but still known")
	}
	if left, _ := os.ReadDir(filepath.Join(c.Config.Data, packagesFolder)); len(left) > 0 {
		t.Errorf("left in the store: %v", left)
	}
	if got := journaled(t, c, "bonjour"); !slices.Equal(got, []string{"module.removed", "module.ungranted", "module.granted", "module.restarted", "module.installed"}) {
		t.Errorf("journal: %v", got)
	}
}

func second[T any](_ T, err error) error { return err }

func journaled(t *testing.T, c *Core, object string) (out []string) {
	t.Helper()
	page, _, err := c.Audit.List(t.Context(), store.Global, audit.Query{Object: object})
	must(t, err)
	for _, e := range page {
		out = append(out, string(e.Action))
	}
	return out
}

// TestRefusedAtStart: a package that was damaged or revoked since is left out,
// with the reason, and comes back when that is over.
func TestRefusedAtStart(t *testing.T) {
	v := newVendor(t)
	data := v.trusted(t)
	c := opened(t, data)
	file := v.packed(t, "0.1.0")
	i, err := c.InstallModule(t.Context(), Install{File: file})
	must(t, err)
	must(t, c.Close())
	revoked := filepath.Join(data, trustFolder, pack.RevokedName)
	binary := filepath.Join(data, packagesFolder, "sha256-"+i.Digest, "bonjour", "bonjour")
	whole, err := os.ReadFile(binary)
	must(t, err)
	for name, step := range map[string]struct {
		spoil, mend func() error
		key         string
	}{
		"its key revoked": {func() error { return os.WriteFile(revoked, []byte("key "+string(i.Key)+"\n"), 0o600) }, func() error { return os.Remove(revoked) }, "pack.revoked.key"},
		"itself revoked":  {func() error { return os.WriteFile(revoked, []byte("package "+i.Digest+"\n"), 0o600) }, func() error { return os.Remove(revoked) }, "pack.revoked.package"},
		"a byte changed": {func() error {
			return rewrite(binary, append(slices.Clone(whole[:len(whole)-1]), whole[len(whole)-1]^1))
		},
			func() error { return rewrite(binary, whole) }, "packages.damaged"},
	} {
		must(t, step.spoil())
		c := opened(t, data)
		if len(c.Host.Manifests()) > 0 || len(c.Host.Refused()) != 1 {
			t.Errorf("%s: %v", name, c.Host.Refused())
		} else if key, _ := errors.Public(c.Host.Refused()[0].Err); key != step.key || c.Host.Refused()[0].Module != "bonjour" {
			t.Errorf("%s: %v", name, c.Host.Refused()[0].Err)
		}
		if step.key == "packages.damaged" { // installed again, it is mended
			_, err := c.InstallModule(t.Context(), Install{File: file})
			must(t, err)
			if len(c.Host.Manifests()) != 1 || len(c.Host.Refused()) != 0 {
				t.Errorf("installed again: %v", c.Host.Refused())
			}
		}
		must(t, c.Close())
		must(t, step.mend())
		c = opened(t, data)
		if len(c.Host.Manifests()) != 1 || len(c.Host.Refused()) != 0 {
			t.Errorf("%s, mended: %v", name, c.Host.Refused())
		}
		must(t, c.Close())
	}
}

func rewrite(path string, text []byte) error {
	return errors.Join(os.Chmod(path, 0o755), os.WriteFile(path, text, 0o755), os.Chmod(path, 0o555))
}

// TestAllOrNothing: an installation that fails leaves nothing of the module.
func TestAllOrNothing(t *testing.T) {
	v := newVendor(t)
	c := opened(t, v.trusted(t))
	defer c.Close()
	good := v.packed(t, "0.1.0", "directory.read")
	must(t, os.WriteFile(filepath.Join(v.staged, "locales", "fr.json"), []byte(`{"bonjour.name": 3}`), 0o644))
	for what, in := range map[string]Install{
		"words that are none":   {File: v.packed(t, "0.1.1")},
		"an unknown school":     {File: good, Schools: []ids.SchoolID{"9990009Q"}},
		"granted, not asked":    {File: good, Granted: []manifest.Capability{manifest.WriteFiles}},
		"another than was seen": {File: good, Digest: "x"},
		"no such file":          {File: good + ".none"},
	} {
		if _, err := c.InstallModule(t.Context(), in); err == nil {
			t.Errorf("%s passed", what)
		}
		left, _ := os.ReadDir(filepath.Join(c.Config.Data, packagesFolder))
		all, err := c.Packages.All(t.Context())
		if err != nil || len(all) > 0 || len(left) > 0 || len(c.Host.Manifests()) > 0 || c.Access.May(dunes, []string{"eleve"}, "bonjour.read") {
			t.Errorf("%s left: %v %v %v", what, left, all, err)
		}
	}
}

// TestErase: what a module has kept goes when that is wanted, and only then.
func TestErase(t *testing.T) {
	v := newVendor(t)
	c := opened(t, v.trusted(t))
	defer c.Close()
	file, kept := v.packed(t, "0.1.0"), filepath.Join(c.Config.Data, "modules", "bonjour", "x")
	outside := filepath.Join(t.TempDir(), "outside")
	must(t, os.WriteFile(outside, []byte("x"), 0o600))
	for _, erase := range []bool{false, true} {
		_, err := c.InstallModule(t.Context(), Install{File: file, Schools: []ids.SchoolID{dunes}})
		must(t, err)
		must(t, os.MkdirAll(filepath.Dir(kept), 0o700))
		os.Remove(kept)
		must(t, os.Symlink(outside, kept))
		_, err = c.Files.Put(t.Context(), dunes, "bonjour", "P", "a.txt", strings.NewReader("a"), 0)
		must(t, err)
		must(t, c.RemoveModule(t.Context(), Remove{Module: "bonjour", Force: true, Erase: erase}))
		_, err = os.Lstat(kept)
		if gone := errors.Is(err, fs.ErrNotExist); gone != erase {
			t.Errorf("erase %v: its data: %v", erase, err)
		}
		if on := slices.Contains(c.Host.Schools("bonjour"), dunes); on == erase {
			t.Errorf("erase %v: the school's choice is kept: %v", erase, on)
		}
	}
	if _, err := os.Stat(outside); err != nil {
		t.Errorf("a planted link was followed: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(c.Config.Data, "files", string(dunes), "bonjour", "*")); len(left) > 0 {
		t.Errorf("files left: %v", left)
	}
}
