package check_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/check"
	"github.com/preau-ent/preau/sdk/scaffold"
)

// module makes a new module with everything, in a folder of the test's own.
func module(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "carnet")
	if err := scaffold.Write(folder, scaffold.Plan{ID: "carnet", SDK: "../..", Widget: true, Store: true, Settings: true}); err != nil {
		t.Fatal(err)
	}
	return folder
}

// change replaces words of a file, and fails when they are not there.
func change(t *testing.T, folder, name, old, with string) {
	t.Helper()
	file := filepath.Join(folder, name)
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(src), old) {
		t.Fatalf("%s holds no %q", name, old)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(src), old, with, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func states(all []check.Check) map[string]check.State {
	m := map[string]check.State{}
	for _, c := range all {
		m[c.Name] = c.State
	}
	return m
}

func TestANewModulePasses(t *testing.T) {
	var told []string
	all := check.Run(t.Context(), module(t), func(c check.Check) { told = append(told, c.Name) })
	if !slices.Equal(told, check.Names()) {
		t.Errorf("told of %v", told)
	}
	for _, c := range all {
		if c.State != check.Good {
			t.Errorf("%s: %s %+v", c.Name, c.State, c.Findings)
		}
	}
}

// TestEveryFaultIsFound breaks one module in every way at once.
func TestEveryFaultIsFound(t *testing.T) {
	folder := module(t)
	change(t, folder, "locales/en.json", `"carnet.hello"`, `"carnet.hallo"`)
	change(t, folder, "locales/fr.json", `Rien pour`, `Rien {{.n}} pour`)
	change(t, folder, "notes.go", `sdk.GoTo("/").Say("carnet.added")`, `sdk.GoTo("/").Say("carnet.forgotten")`)
	change(t, folder, "notes.go", `f.Required("texte")`, `f.Required("texte"); _ = r.Audit.Record("carnet.noted", "", nil)`)
	change(t, folder, "module_test.go", `"Sortie jeudi"}})
	plug`, `"Sortie lundi"}})
	plug`)
	change(t, folder, "module_test.go", `lea.Post("/note", url.Values{"texte": {"x"}}); a.Kind() != errors.Denied`, `lea.Do("GET", "/", nil); a.Kind() != errors.OK`)
	change(t, folder, "widget.go", "return ui.Empty(ui.List(items...), \"carnet.none\", ui.To(\"/\", \"carnet.open\")), err", "return ui.List(items...), err")
	all := check.Run(t.Context(), folder, nil)
	for name, want := range map[string]check.State{
		"manifest": check.Good, "words": check.Bad, "vet": check.Good, "build": check.Good, "tests": check.Bad,
		"permissions": check.Bad, "conformance": check.Bad,
	} {
		if got := states(all)[name]; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	var found []string
	for _, c := range all {
		for _, f := range c.Findings {
			found = append(found, strings.Join([]string{c.Name, f.Where, f.Key, f.Detail}, "|"))
		}
	}
	for _, want := range []string{
		"words|locales/en.json|check.missing", // carnet.hello
		"words|locales/fr.json|check.missing", // carnet.hallo
		"words|carnet.none|check.arguments",
		"words|carnet.hallo|check.unused",
		"words|carnet.open|check.unused",
		"tests|TestNote|",
		"permissions|carnet.write|check.untested",
		"conformance|widgets|",
	} {
		if !slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, want) }) {
			t.Errorf("not found: %s", want)
		}
	}
	if words := all[1].Findings; !slices.ContainsFunc(words, func(f check.Finding) bool {
		return f.Key == "check.missing" && slices.Contains(f.Args, any("carnet.audit.noted"))
	}) {
		t.Errorf("what is noted in the journal needs no name: %+v", words)
	}
	if t.Failed() {
		t.Log(strings.Join(found, "\n"))
	}
	if check.Passed(all) {
		t.Error("a broken module passes")
	}
}

func TestWhatStopsTheRest(t *testing.T) {
	folder := module(t)
	change(t, folder, "page.go", "return page(", "return paje(")
	all := states(check.Run(t.Context(), folder, nil))
	if all["build"] != check.Bad || all["tests"] != check.Skipped || all["conformance"] != check.Skipped {
		t.Errorf("what does not compile: %v", all)
	}
	change(t, folder, "module.yaml", "icon: megaphone", "icon: none-such")
	for _, c := range check.Run(t.Context(), folder, nil) {
		if c.Name != "manifest" {
			if c.State != check.Skipped {
				t.Errorf("after a bad manifest %s is %s", c.Name, c.State)
			}
			continue
		}
		if len(c.Findings) != 1 || !strings.HasSuffix(c.Findings[0].Where, ": icon") || !strings.HasPrefix(c.Findings[0].Where, "module.yaml:") {
			t.Errorf("manifest: %+v", c)
		}
	}
	if c := check.Run(t.Context(), t.TempDir(), nil)[0]; c.State != check.Bad || c.Findings[0].Key != "check.nomanifest" {
		t.Errorf("an empty folder: %+v", c)
	}
}
