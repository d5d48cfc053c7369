package check

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// suiteName is the test that check adds to the module's own.
const suiteName = "TestPreauConformance"

const suiteSource = `package %s

import (
	"testing"

	"github.com/preau-ent/preau/sdk/conformance"
)

func ` + suiteName + `(t *testing.T) { conformance.Run(t, %q) }
`

// test runs the module's own tests and the suite, in one go: the suite is laid
// over the folder, so that nothing is written into it.
func test(ctx context.Context, folder string, m *manifest.Manifest) []Check {
	own, suite := Check{Name: "tests"}, Check{Name: "conformance"}
	permissions := Check{Name: "permissions", State: Skipped}
	room, err := os.MkdirTemp("", "preau-check")
	if err != nil {
		own.Findings = []Finding{{Detail: err.Error()}}
		return []Check{own.settle(), permissions, suite.settle()}
	}
	defer os.RemoveAll(room)
	tries := filepath.Join(room, "tries")
	overlay, err := lay(room, folder, packageOf(folder)+"_test", ".")
	if err != nil {
		suite.Findings = []Finding{{Detail: err.Error()}}
		return []Check{own, permissions, suite.settle()}
	}
	cmd := tool(ctx, folder, "test", "-count=1", "-timeout=10m", "-json", "-overlay", overlay, "./...")
	cmd.Env = append(cmd.Env, plugintest.RecordEnv+"="+tries)
	out, err := cmd.CombinedOutput()
	r := readEvents(out)
	own.Count, suite.Count = r.passed(false), r.passed(true)
	own.Findings, suite.Findings = r.findings(false), r.findings(true)
	switch {
	case err != nil && len(own.Findings)+len(suite.Findings) == 0: // it did not come to testing
		own.Findings = complaints([]byte(r.loose), err)
	case own.Count == 0 && len(own.Findings) == 0:
		own.Findings = []Finding{{Key: "check.notests", Odd: true}}
	}
	if suite.Count == 0 && len(suite.Findings) == 0 {
		suite.Findings = []Finding{{Key: "check.nosuite"}}
	}
	return []Check{own.settle(), untested(m, tries), suite.settle()}
}

// lay writes the suite as a test of a package and the overlay that puts it there.
func lay(room, folder, pkg, module string) (overlay string, err error) {
	file := filepath.Join(room, "suite.go")
	if err := os.WriteFile(file, fmt.Appendf(nil, suiteSource, pkg, module), 0o600); err != nil {
		return "", err
	}
	over := map[string]map[string]string{"Replace": {filepath.Join(folder, "preau_check_suite_test.go"): file}}
	text, err := json.Marshal(over)
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(room, "overlay.json")
	return overlay, os.WriteFile(overlay, text, 0o600)
}

// packageOf reads the package's name, main when it cannot be read.
func packageOf(folder string) string {
	files, _ := filepath.Glob(filepath.Join(folder, "*.go")) // the pattern is good
	for _, name := range files {
		if f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly); err == nil {
			return strings.TrimSuffix(f.Name.Name, "_test")
		}
	}
	return "main"
}

// untested finds the permissions that no test tried to use without having them.
// One that every profile has cannot be refused.
func untested(m *manifest.Manifest, tries string) Check {
	c := Check{Name: "permissions"}
	refused := map[ids.Permission]bool{}
	raw, err := os.ReadFile(tries)
	if err != nil && !os.IsNotExist(err) {
		c.Findings = []Finding{{Detail: err.Error()}}
		return c.settle()
	}
	for line := range bytes.Lines(raw) {
		var one plugintest.Try
		if json.Unmarshal(line, &one) == nil && one.Refused {
			refused[one.Permission] = true
		}
	}
	for _, p := range m.Permissions {
		where := guards(m, p.ID)
		if where == "" || len(p.Default) == len(ids.Profiles()) {
			continue
		}
		c.Count++
		if !refused[p.ID] {
			without := slices.DeleteFunc(ids.Profiles(), func(q ids.Profile) bool { return slices.Contains(p.Default, q) })
			c.Findings = append(c.Findings, Finding{Where: string(p.ID), Key: "check.untested", Args: []any{"where", where, "profile", string(without[0])}})
		}
	}
	return c.settle()
}

// guards names the first route or widget that a permission opens.
func guards(m *manifest.Manifest, p ids.Permission) string {
	for _, r := range m.Routes {
		if r.Permission == p {
			return r.Methods[0] + " " + r.Path
		}
	}
	for _, w := range m.Widgets {
		if w.Permission == p {
			return w.ID
		}
	}
	return ""
}

var complaint = regexp.MustCompile(`^\s*\S+\.go:\d+: `)
