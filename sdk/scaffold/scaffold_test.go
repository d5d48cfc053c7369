package scaffold_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/scaffold"
)

const checkout = "../.."

func TestName(t *testing.T) {
	for name, want := range map[string]string{
		"mots": "", "carnet-de-bord": "", "a1": "",
		"": "scaffold.name", "Mots": "scaffold.name", "été": "scaffold.name", "a_b": "scaffold.name", "-a": "scaffold.name",
		"a--b": "scaffold.name", "1a": "scaffold.name", "../a": "scaffold.name", "a/b": "scaffold.name",
		"un-nom-qui-est-vraiment-trop-long": "scaffold.name", "core": "scaffold.reserved", "locales": "scaffold.reserved",
	} {
		key := ""
		if err := scaffold.Name(name); err != nil {
			key, _ = errors.Public(err)
		}
		if key != want {
			t.Errorf("%q: %q, want %q", name, key, want)
		}
	}
}

// TestPlans makes modules in which every two options meet and part: each is good
// Go, needs nothing that is not in the module cache, and has a good manifest.
func TestPlans(t *testing.T) {
	for _, i := range []int{0, 3, 5, 6} {
		p := scaffold.Plan{ID: fmt.Sprintf("m%d", i), SDK: checkout, Widget: i&1 > 0, Store: i&2 > 0, Settings: i&4 > 0}
		t.Run(fmt.Sprintf("%+v", p), func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "new", p.ID)
			if err := scaffold.Write(folder, p); err != nil {
				t.Fatal(err)
			}
			if _, err := manifest.Open(folder); err != nil {
				t.Error(err)
			}
			for name, wanted := range map[string]bool{
				"main.go": true, "page.go": true, "module_test.go": true, ".gitignore": true, "locales/fr.json": true, "locales/en.json": true,
				"widget.go": p.Widget, "notes.go": p.Store, "settings.go": p.Settings,
			} {
				if _, err := os.Stat(filepath.Join(folder, name)); (err == nil) != wanted {
					t.Errorf("%s: %v, wanted %v", name, err, wanted)
				}
			}
			if out := run(t, folder, "gofmt", "-l", "."); out != "" {
				t.Errorf("gofmt would change %s", out)
			}
			run(t, folder, "go", "vet", "./...") // also the tests
		})
	}
}

// TestWholeModulePasses runs the tests that the module is made with.
func TestWholeModulePasses(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "mots")
	if err := scaffold.Write(folder, scaffold.Plan{ID: "mots", Module: "exemple.test/mots", SDK: checkout, Widget: true, Store: true, Settings: true}); err != nil {
		t.Fatal(err)
	}
	if out := run(t, folder, "go", "test", "./..."); !strings.Contains(out, "exemple.test/mots") {
		t.Errorf("go test says %s", out)
	}
}

func run(t *testing.T, folder, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=readonly", "GOPROXY=off", "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestWhatIsThereStays(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "mots")
	mine := filepath.Join(folder, "main.go")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := scaffold.Write(folder, scaffold.Plan{ID: "mots", SDK: checkout})
	if errors.KindOf(err) != errors.Conflict {
		t.Errorf("an existing folder: %v", err)
	}
	if text, err := os.ReadFile(mine); string(text) != "mine" {
		t.Errorf("the file holds %q, %v", text, err)
	}
}

func TestWithoutACheckoutNothingIsMade(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "mots")
	if err := scaffold.Write(folder, scaffold.Plan{ID: "mots", SDK: t.TempDir()}); errors.KindOf(err) != errors.Invalid {
		t.Errorf("no checkout: %v", err)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("a folder was left")
	}
}

// TestIsCheckout: the repository is one, a go.mod that somebody copied is not.
func TestIsCheckout(t *testing.T) {
	if !scaffold.IsCheckout(checkout) {
		t.Error("the repository is no checkout")
	}
	src, err := os.ReadFile(filepath.Join(checkout, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	lone := t.TempDir()
	if err := os.WriteFile(filepath.Join(lone, "go.mod"), src, 0o644); err != nil {
		t.Fatal(err)
	}
	if scaffold.IsCheckout(lone) || scaffold.IsCheckout(t.TempDir()) {
		t.Error("a folder without the sdk passes for a checkout")
	}
}
