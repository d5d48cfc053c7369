package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/preau-ent/preau/core/control"
)

// TestPackages runs the stories of vendors and of the operators who install
// what they made.
func TestPackages(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/packages",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PREAU_DATA", filepath.Join(e.WorkDir, "data"))
			e.Setenv("PREAU_LISTEN", "127.0.0.1:0")
			e.Setenv("PREAU_LANG", "en")
			for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH"} { // so that "pack" builds
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
			"bonjour": bonjour,
			"vendor":  vendor,
			"spoil":   spoil,
			"store":   spoilStore,
			"revoke":  revoke,
			"served":  served,
			"codeis":  codeIs,
			"serving": func(ts *testscript.TestScript, _ bool, args []string) {
				awaitModule(ts, args[0], func(m control.ModuleInfo) bool { return m.State == "serving" })
			},
		},
	})
}

// vendor makes a folder with the smallest module's source, outside of the
// repository, asking for one capability: vendor FOLDER VERSION.
func vendor(ts *testscript.TestScript, _ bool, args []string) {
	folder, repository := ts.MkAbs(args[0]), absolute(ts, "../..")
	source := filepath.Join(repository, "examples", "bonjour")
	ts.Check(os.MkdirAll(folder, 0o755))
	ts.Check(os.RemoveAll(filepath.Join(folder, "locales")))
	ts.Check(os.CopyFS(filepath.Join(folder, "locales"), os.DirFS(filepath.Join(source, "locales"))))
	edited := func(from, to string, edit func(string) string) {
		text, err := os.ReadFile(from)
		ts.Check(err)
		ts.Check(os.WriteFile(filepath.Join(folder, to), []byte(edit(string(text))), 0o644))
	}
	asItIs := func(s string) string { return s }
	edited(filepath.Join(source, "main.go"), "main.go", asItIs)
	edited(filepath.Join(repository, "go.sum"), "go.sum", asItIs)
	edited(filepath.Join(source, "module.yaml"), "module.yaml", func(s string) string {
		return strings.Replace(s, "version: 0.1.0", "version: "+args[1], 1) + "capabilities: [directory.read]\n"
	})
	edited(filepath.Join(repository, "go.mod"), "go.mod", func(s string) string {
		const own = "github.com/preau-ent/preau"
		return strings.Replace(s, "module "+own, "module exemple.test/bonjour", 1) +
			"\nrequire " + own + " v0.0.0\nreplace " + own + " => " + repository + "\n"
	})
}

func absolute(ts *testscript.TestScript, path string) string {
	path, err := filepath.Abs(path)
	ts.Check(err)
	return path
}

// spoil changes one bit near the end of a file.
func spoil(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	raw, err := os.ReadFile(path)
	ts.Check(err)
	raw[len(raw)-len(raw)/4] ^= 1
	ts.Check(os.WriteFile(path, raw, 0o644))
}

// spoilStore changes one bit of an installed module's executable.
func spoilStore(ts *testscript.TestScript, _ bool, args []string) {
	found, err := filepath.Glob(filepath.Join(ts.Getenv("PREAU_DATA"), "packages", "sha256-*", args[0], args[0]))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("installed: %v", found)
	}
	ts.Check(os.Chmod(found[0], 0o755))
	raw, err := os.ReadFile(found[0])
	ts.Check(err)
	raw[len(raw)/2] ^= 1
	ts.Check(os.WriteFile(found[0], raw, 0o755))
	ts.Check(os.Chmod(found[0], 0o555))
}

// revoke puts the key of a preau.pub on the operator's list: revoke preau.pub.
func revoke(ts *testscript.TestScript, _ bool, args []string) {
	_, rest, _ := strings.Cut(ts.ReadFile(args[0]), "# ")
	fingerprint, _, _ := strings.Cut(rest, "\n")
	ts.Check(os.WriteFile(filepath.Join(ts.Getenv("PREAU_DATA"), "trust", "revoked"), []byte("key "+fingerprint+"\n"), 0o600))
}
