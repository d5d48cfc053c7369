package check

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// words compares the catalogues with each other, with module.yaml and with the
// code.
func words(folder string, m *manifest.Manifest) Check {
	c := Check{Name: "words"}
	catalogues := map[string]map[string]json.RawMessage{}
	for _, l := range plugintest.Locales {
		name := "locales/" + l + ".json"
		src, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil {
			read := map[string]json.RawMessage{}
			if err = json.Unmarshal(src, &read); err == nil {
				catalogues[name] = read
				continue
			}
		}
		c.Findings = append(c.Findings, Finding{Where: name, Detail: err.Error()})
	}
	if len(c.Findings) > 0 {
		return c.settle()
	}
	said, err := read(folder)
	if err != nil {
		c.Findings = append(c.Findings, Finding{Detail: err.Error()})
		return c.settle()
	}
	wanted := map[string]bool{}
	for _, key := range slices.Concat(m.Keys(), said.keys(string(m.ID))) {
		wanted[key] = true
	}
	all := map[string]bool{}
	for _, read := range catalogues {
		for key := range read {
			all[key] = true
		}
	}
	c.Count = len(all)
	maps.Copy(all, wanted)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		c.Findings = append(c.Findings, compare(key, catalogues)...)
		switch {
		case !strings.HasPrefix(key, string(m.ID)+"."):
			c.Findings = append(c.Findings, Finding{Where: key, Key: "check.foreign", Args: []any{"prefix", string(m.ID) + "."}})
		case !wanted[key] && hasGo(folder) && !said.may(key):
			c.Findings = append(c.Findings, Finding{Where: key, Key: "check.unused", Odd: true})
		}
	}
	return c.settle()
}

// compare finds the catalogues without the key, and arguments that one language
// has and another lacks.
func compare(key string, catalogues map[string]map[string]json.RawMessage) (found []Finding) {
	names := slices.Sorted(maps.Keys(catalogues))
	args := map[string]string{}
	for _, name := range names {
		raw, ok := catalogues[name][key]
		if !ok {
			found = append(found, Finding{Where: name, Key: "check.missing", Args: []any{"key", key}})
			continue
		}
		args[name] = strings.Join(arguments(raw), " ")
	}
	if len(args) == len(names) && len(slices.Compact(slices.Sorted(maps.Values(args)))) > 1 {
		found = append(found, Finding{Where: key, Key: "check.arguments", Odd: true})
	}
	return found
}

var argument = regexp.MustCompile(`{{\s*\.([A-Za-z_]\w*)`)

// arguments lists what the words of all plural forms ask for.
func arguments(raw json.RawMessage) []string {
	names := map[string]bool{}
	for _, found := range argument.FindAllSubmatch(raw, -1) {
		names[string(found[1])] = true
	}
	return slices.Sorted(maps.Keys(names))
}
