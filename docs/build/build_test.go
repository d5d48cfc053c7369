package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/manifest"
)

// TestReferenceIsCurrent: the committed pages are what the code says.
func TestReferenceIsCurrent(t *testing.T) {
	pages, err := build("../..")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range pages {
		got, err := os.ReadFile(filepath.Join("../reference", name))
		if err != nil || string(got) != want {
			t.Errorf("docs/reference/%s is stale (%v): go run ./docs/build", name, err)
		}
	}
}

// TestNothingIsWithoutWords: every field, call and kind has a meaning.
func TestNothingIsWithoutWords(t *testing.T) {
	pages, err := build("../..")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range pages {
		rows := 0
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "| `") {
				continue
			}
			rows++
			if cells := strings.Split(strings.TrimSpace(line), " | "); strings.Trim(cells[len(cells)-1], " |") == "" {
				t.Errorf("%s: no words: %s", name, line)
			}
		}
		if rows < 10 {
			t.Errorf("%s has %d rows", name, rows)
		}
	}
}

func TestEveryCapabilityIsThere(t *testing.T) {
	rows, err := capabilities("../..")
	if err != nil || len(rows) != len(offered) {
		t.Errorf("%d of %d capabilities, %v", len(rows), len(offered), err)
	}
	for _, c := range manifest.Capabilities() {
		if offered[c] == "" {
			t.Errorf("%s has no words", c)
		}
	}
}
