package style

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestProtobufIsCurrent writes the protocol's code anew and compares: what is
// committed must be what the .proto files say.
func TestProtobufIsCurrent(t *testing.T) {
	dir := t.TempDir()
	run(t, "./sdk/wire/generate.sh", dir)
	same(t, dir, "../sdk/wire", ".pb.go")
}

// TestTemplatesAreCurrent does the same for the page templates.
func TestTemplatesAreCurrent(t *testing.T) {
	dir := t.TempDir()
	templates, err := filepath.Glob("../core/web/*/*.templ")
	if err != nil || len(templates) == 0 {
		t.Fatalf("templates: %v, %v", templates, err)
	}
	for _, f := range templates {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		room := filepath.Join(dir, filepath.Base(filepath.Dir(f)))
		if err := os.MkdirAll(room, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(room, filepath.Base(f)), src, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run(t, "go", "tool", "templ", "generate", "-path", dir)
	rooms, _ := os.ReadDir(dir)
	for _, r := range rooms {
		same(t, filepath.Join(dir, r.Name()), "../core/web/"+r.Name(), "_templ.go")
	}
}

func same(t *testing.T, fresh, committed, suffix string) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(fresh, "*"+suffix))
	if len(files) == 0 {
		t.Fatalf("nothing was generated in %s", fresh)
	}
	for _, f := range files {
		want, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(committed, filepath.Base(f)))
		if err != nil || !bytes.Equal(strip(got), strip(want)) {
			t.Errorf("%s is not what its source gives: run make generate (%v)", filepath.Join(committed, filepath.Base(f)), err)
		}
	}
}

// strip removes the lines that name the generator's version or a file's place,
// which say nothing of the source.
func strip(src []byte) []byte {
	var kept []string
	for line := range strings.Lines(string(src)) {
		if strings.HasPrefix(line, "// \t") || strings.HasPrefix(line, "// - ") || strings.Contains(line, "FileName:") {
			continue
		}
		kept = append(kept, line)
	}
	return []byte(strings.Join(kept, ""))
}
