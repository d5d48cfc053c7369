package plugintest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Locales are the languages every module speaks.
var Locales = []string{"fr", "en"}

// catalogues is locale → key → there.
type catalogues map[string]map[string]json.RawMessage

func readCatalogues(t testing.TB, dir string) catalogues {
	t.Helper()
	c := catalogues{}
	for _, l := range Locales {
		src, err := os.ReadFile(filepath.Join(dir, "locales", l+".json"))
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]json.RawMessage{}
		if err := json.Unmarshal(src, &words); err != nil {
			t.Fatalf("locales/%s.json: %v", l, err)
		}
		c[l] = words
	}
	return c
}

// Missing returns the locales whose catalogue lacks a key of the module. Keys of
// the core ("error.…") are its own business.
func (h *Harness) Missing(key string) []string {
	if !strings.HasPrefix(key, string(h.Manifest.ID)+".") {
		return nil
	}
	var out []string
	for _, l := range Locales {
		if _, ok := h.words[l][key]; !ok {
			out = append(out, l)
		}
	}
	return out
}

// Untranslated returns the keys that one catalogue has and another lacks.
func (h *Harness) Untranslated() []string {
	seen := map[string]int{}
	for _, words := range h.words {
		for key := range words {
			seen[key]++
		}
	}
	var out []string
	for key, n := range seen {
		if n < len(Locales) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// examine checks what a module answered as no single test would think of.
func (h *Harness) examine(tree proto.Message) {
	h.t.Helper()
	if err := ui.Validate(tree); err != nil {
		h.t.Errorf("tree: %v", err)
	}
	Walk(tree, func(m proto.Message) {
		h.t.Helper()
		switch m := m.(type) {
		case *wire.Text:
			for _, l := range h.Missing(m.Key) {
				h.t.Errorf("locales/%s.json has no %q", l, m.Key)
			}
		case *wire.Link:
			h.leads("GET", m.Module, m.Path)
		case *wire.Action:
			h.leads("POST", m.Module, m.Path)
		case *wire.Form:
			method := "POST"
			if m.Search {
				method = "GET"
			}
			h.leads(method, "", m.Path)
		}
	})
}

// leads checks that an address of this module is declared.
func (h *Harness) leads(method, module, target string) {
	h.t.Helper()
	if module != "" && module != string(h.Manifest.ID) {
		return
	}
	path, _, _ := strings.Cut(target, "?")
	if !manifest.CleanPath(path) {
		h.t.Errorf("%s %q is not a clean path", method, target)
	} else if _, ok := h.Manifest.Match(method, path); !ok {
		h.t.Errorf("%s %q is not declared in %s", method, target, manifest.FileName)
	}
}
