package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/preau-ent/preau/core/control"
)

// TestUpgrade runs the story of an operator who changes versions.
func TestUpgrade(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/upgrade",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PREAU_DATA", filepath.Join(e.WorkDir, "data"))
			e.Setenv("PREAU_LISTEN", "127.0.0.1:0")
			e.Setenv("PREAU_LANG", "en")
			for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH"} {
				out, err := exec.Command("go", "env", name).Output()
				if err != nil {
					return err
				}
				e.Setenv(name, strings.TrimSpace(string(out)))
			}
			e.Setenv("GOPROXY", "off")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"vendor": vendor,
			"served": served,
			"serving": func(ts *testscript.TestScript, _ bool, args []string) {
				awaitModule(ts, args[0], func(m control.ModuleInfo) bool { return m.State == "serving" })
			},
		},
	})
}
