package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestThemeGuide runs every command of the guide for authors of themes and
// writes the files it shows, in the order of the page.
func TestThemeGuide(t *testing.T) {
	text, err := os.ReadFile("../../docs/theme.md")
	if err != nil {
		t.Fatal(err)
	}
	var script, files strings.Builder
	commands, shown := 0, 0
	for _, block := range fence.FindAllStringSubmatch(string(text), -1) {
		if block[1] == "sh" {
			for line := range strings.Lines(block[2]) {
				commands++
				fmt.Fprintf(&script, "exec sh -c '%s'\n", strings.ReplaceAll(strings.TrimSpace(line), "'", "''"))
			}
			continue
		}
		name, _, ok := strings.Cut(strings.TrimPrefix(block[2], "/* "), " */\n")
		if !ok {
			t.Fatalf("a block of %s names no file:\n%s", block[1], block[2])
		}
		shown++
		fmt.Fprintf(&script, "cp shown%d %s\n", shown, name)
		fmt.Fprintf(&files, "-- shown%d --\n%s", shown, block[2])
	}
	if commands < 5 || shown < 1 {
		t.Fatalf("the guide has %d commands and shows %d files", commands, shown)
	}
	script.WriteString("stdout 'mimosa +Mimosa'\n" + files.String()) // it ends with the list
	story := filepath.Join(t.TempDir(), "theme.txtar")
	if err := os.WriteFile(story, []byte(script.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Files: []string{story}, Setup: func(e *testscript.Env) error {
		e.Setenv("PREAU_DATA", filepath.Join(e.WorkDir, "data"))
		e.Setenv("PREAU_LANG", "en")
		return nil
	}})
}
