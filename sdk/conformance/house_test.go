package conformance_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/conformance"
	"github.com/preau-ent/preau/sdk/manifest"
)

// TestEveryModuleOfTheHouse: whatever folder of the repository holds a module,
// the module passes. Only the one that does wrong on purpose is left out.
func TestEveryModuleOfTheHouse(t *testing.T) {
	found, err := filepath.Glob("../../*/*/" + manifest.FileName)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, file := range found {
		folder := filepath.Dir(file)
		if parent := filepath.Base(filepath.Dir(folder)); filepath.Base(folder) == "hostile" || parent != "plugins" && parent != "examples" {
			continue
		}
		tried++
		t.Run(filepath.Base(folder), func(t *testing.T) {
			m, err := manifest.Open(folder)
			if err != nil {
				t.Fatal(err)
			}
			if m.Runtime == manifest.RuntimeSystem { // built by something else than go build, and so by its own test
				elsewhere(t, folder)
				return
			}
			conformance.Run(t, folder)
		})
	}
	if tried < 3 {
		t.Errorf("only %d modules were found", tried)
	}
}

// elsewhere wants a folder's own tests to run the suite.
func elsewhere(t *testing.T, folder string) {
	t.Helper()
	tests, err := filepath.Glob(folder + "/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range tests {
		if src, err := os.ReadFile(name); err == nil && strings.Contains(string(src), "conformance.Run(") {
			return
		}
	}
	t.Errorf("no test of %s runs the suite", folder)
}
