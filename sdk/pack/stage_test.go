package pack

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestStageOfAScript: a module that is no Go program brings its executable
// along, and what is no part of a package stays behind.
func TestStageOfAScript(t *testing.T) {
	source, staged := t.TempDir(), t.TempDir()
	for name, text := range contents() {
		if !isBinary(name) {
			write(t, filepath.Join(source, name), text)
		}
	}
	write(t, source+"/module.yaml", smallest+"runtime: system\n")
	write(t, source+"/bonjour", "#!/usr/bin/python3\n")
	write(t, source+"/share/preau.py", "pass\n")
	write(t, source+"/README.md", "read me")
	for _, stray := range []string{"Makefile", "dist/bonjour-0.0.9.preau", "preau.key", ".git/config", "locales/notes.txt"} {
		write(t, filepath.Join(source, stray), "stray")
	}
	m, err := Stage(t.Context(), source, staged)
	check(t, err)
	var out bytes.Buffer
	i, err := Build(staged, &out)
	check(t, err)
	var names []string
	for _, f := range i.Files {
		names = append(names, f.Path)
	}
	want := []string{"LICENSE", "README.md", "bin/any/bonjour", "locales/en.json", "locales/fr.json", "module.yaml", "share/preau.py"}
	if m.ID != "bonjour" || !slices.Equal(names, want) {
		t.Errorf("packed %v, want %v", names, want)
	}
	for _, platform := range []string{"linux-amd64", "linux-riscv64"} {
		if b, err := i.Binary(platform); err != nil || b != "bin/any/bonjour" {
			t.Errorf("for %s: %s %v", platform, b, err)
		}
	}
}

// TestStageRefuses what would pack something else than it seems.
func TestStageRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(source string) error
		key   string
	}{
		"no manifest":   {func(s string) error { return os.Remove(s + "/module.yaml") }, "pack.nosource"},
		"bad manifest":  {func(s string) error { return os.WriteFile(s+"/module.yaml", []byte("id: [\n"), 0o600) }, "pack.manifest"},
		"no executable": {func(s string) error { return os.Remove(s + "/bonjour") }, "pack.nofile"},
		"a link": {func(s string) error {
			return os.Symlink("/etc/passwd", s+"/share/passwd")
		}, "pack.file.irregular"},
	} {
		source := t.TempDir()
		write(t, source+"/module.yaml", smallest+"runtime: system\n")
		write(t, source+"/bonjour", "#!/usr/bin/python3\n")
		write(t, source+"/share/x", "x")
		check(t, c.spoil(source))
		if _, err := Stage(t.Context(), source, t.TempDir()); !says(err, c.key) {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

// TestStageNamesThePlatform: what is no platform is said before anything runs.
func TestStageNamesThePlatform(t *testing.T) {
	source := folder(t, contents())
	if _, err := Stage(t.Context(), source, t.TempDir(), "linux/amd64"); !says(err, "pack.platform.unknown", "linux/amd64") {
		t.Errorf("%v", err)
	}
}
