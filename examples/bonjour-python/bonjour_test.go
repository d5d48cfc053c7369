package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/preau-ent/preau/sdk/conformance"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// built is the module's folder, as build.sh makes it.
var built string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "preau-python-")
	if err == nil {
		built = filepath.Join(dir, "bonjour-python")
		var out []byte
		if out, err = exec.Command("./build.sh", dir).CombinedOutput(); err != nil {
			err = fmt.Errorf("build.sh: %w: %s", err, out)
		}
	}
	code := 1
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = m.Run()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// TestBonjour: page, widget and a question to the core, as a vendor tests them.
func TestBonjour(t *testing.T) {
	h := plugintest.Start(t, nil, built)
	lea := h.As(h.School.Pupil("Léa Martin"))
	page := lea.Get("/")
	plugintest.Has(t, page, "bonjour-python.title", "bonjour-python.hello", "Léa")
	plugintest.HasNot(t, page, "Bienvenue à tous")
	h.Set(map[string]any{"mot": "Bienvenue à tous"})
	plugintest.Has(t, lea.Get("/"), "Bienvenue à tous")
	plugintest.Has(t, lea.Widget("bonjour"), "bonjour-python.welcome")
}

// TestEnds: by the core's word, by its death, and by force.
func TestEnds(t *testing.T) {
	h := plugintest.Start(t, nil, built)
	lea := h.As(h.School.Pupil("Léa Martin"))
	for _, end := range []func(){h.Stop, h.Kill, h.Orphan} {
		plugintest.Has(t, lea.Get("/"), "Léa")
		end()
		h.Restart()
	}
	plugintest.Has(t, lea.Get("/"), "Léa")
}

// TestConformance holds it against the suite that every module passes.
func TestConformance(t *testing.T) { conformance.Run(t, built) }
