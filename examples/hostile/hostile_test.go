package main

import (
	"testing"

	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
)

// TestMarkupIsAValidPage: what hides in it must come as far as it can.
func TestMarkupIsAValidPage(t *testing.T) {
	b, err := ui.Encode(markup())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ui.Decode(b); err != nil {
		t.Errorf("%d bytes: %v", len(b), err)
	}
}

// TestCatalogue: every case has a name of its own, a family and a way to be
// asked for that the manifest declares.
func TestCatalogue(t *testing.T) {
	m, err := manifest.Open(".")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range catalogue {
		if seen[c.Name] || c.Family == "" || c.Tries == "" {
			t.Errorf("%+v", c)
		}
		seen[c.Name] = true
		if _, ok := m.Widget(c.Name); c.widget != nil && !ok {
			t.Errorf("the manifest has no widget %s", c.Name)
		}
	}
}
