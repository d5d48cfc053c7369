package style

import (
	"strings"
	"testing"
)

const root = "github.com/preau-ent/preau/"

// TestImportDirections holds the plan's second rule: core and modules meet only
// in sdk, and nothing outside core/web knows which web framework draws pages.
func TestImportDirections(t *testing.T) {
	rules := []struct{ from, to, except, why string }{
		{"core", "plugins", "", "the core never knows a module"},
		{"core", "examples", "", "the core never knows a module"},
		{"plugins", "core", "", "a module is written only with sdk"},
		{"examples/bonjour", "core", "", "a module is written only with sdk"},
		{"examples/hostile", "core", "", "a module is written only with sdk"},
		{"sdk", "core", "", "the contract depends on neither side"},
		{"sdk", "plugins", "", "the contract depends on neither side"},
		{"cmd", "plugins", "", "modules are separate programs"},
	}
	for _, p := range packages(t) {
		for _, imp := range p.all() {
			for _, r := range rules {
				if in(p.ImportPath, r.from) && in(imp, r.to) {
					t.Errorf("%s imports %s: %s", p.ImportPath, imp, r.why)
				}
			}
			if strings.HasPrefix(imp, "github.com/gofiber/") && !in(p.ImportPath, "core/web") && !in(p.ImportPath, "bench") {
				t.Errorf("%s imports %s: Fiber stays in core/web", p.ImportPath, imp)
			}
		}
	}
}

// TestImportRuleCanFail proves that the rule looks at real imports.
func TestImportRuleCanFail(t *testing.T) {
	seen := false
	for _, p := range packages(t) {
		for _, imp := range p.all() {
			seen = seen || in(p.ImportPath, "core") && in(imp, "sdk")
		}
	}
	if !seen {
		t.Fatal("no import of sdk by core was found: the test reads nothing")
	}
}

// in reports whether the import path is the room or below it.
func in(path, room string) bool {
	path, ok := strings.CutPrefix(path, root)
	return ok && (path == room || strings.HasPrefix(path, room+"/"))
}
