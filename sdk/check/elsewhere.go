package check

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
)

// suiteElsewhere runs the suite on a module in another language, from Préau's
// own source, where there is one.
func suiteElsewhere(ctx context.Context, folder string) Check {
	c := Check{Name: "conformance"}
	_, here, _, _ := runtime.Caller(0)
	home := filepath.Join(filepath.Dir(filepath.Dir(here)), "conformance")
	if _, err := os.Stat(home); err != nil {
		c.Findings = []Finding{{Key: "check.noplace", Odd: true}}
		return c.settle()
	}
	room, err := os.MkdirTemp("", "preau-check")
	if err != nil {
		c.Findings = []Finding{{Detail: err.Error()}}
		return c.settle()
	}
	defer os.RemoveAll(room)
	overlay, err := lay(room, home, "conformance_test", folder)
	if err != nil {
		c.Findings = []Finding{{Detail: err.Error()}}
		return c.settle()
	}
	out, err := tool(ctx, home, "test", "-count=1", "-timeout=10m", "-json", "-run=^"+suiteName+"$", "-overlay", overlay, ".").CombinedOutput()
	r := readEvents(out)
	c.Count, c.Findings = r.passed(true), r.findings(true)
	if err != nil && len(c.Findings) == 0 {
		c.Findings = complaints([]byte(r.loose), err)
	}
	return c.settle()
}
