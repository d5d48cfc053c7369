package host_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var write = flag.Bool("write", false, "write docs/hostile.md anew")

const (
	table = "../../docs/hostile.md"
	intro = `# What a hostile module cannot do

<!-- Written by the tests: go test ./core/host -run TestTable -write -->

` + "`examples/hostile`" + ` is a module that tries everything a module must not be able to do. The tests in
` + "`core/host`" + ` run each case below in a real, confined process and want three things: it is
**contained** (the neighbour's widget and page answer, in the same process as before), **logged** (in the
module's own log or in the core's), and **shown** (in an answer, or in the module's state). What stands
between ` + "`code marks`" + ` was found by the test in answers, logs and states: a case that is not tried, or a word
that nobody saw, fails it. A second test makes the same attempts without confinement, where they get through.
`
)

// TestTable: docs/hostile.md says what the catalogue and the trials say.
func TestTable(t *testing.T) {
	tried := map[string]trial{}
	for _, c := range trials() {
		tried[c.name] = c
	}
	var b strings.Builder
	b.WriteString(intro)
	family := ""
	for _, c := range catalogue(t) {
		if c.Family != family {
			family = c.Family
			fmt.Fprintf(&b, "\n## %s%s\n\n| case | what it tries | what stops it | what one sees |\n|---|---|---|---|\n", strings.ToUpper(family[:1]), family[1:])
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", c.Name, c.Tries, tried[c.Name].stops, tried[c.Name].sees)
	}
	if *write {
		check(t, os.WriteFile(table, []byte(b.String()), 0o644))
	}
	if is, err := os.ReadFile(table); err != nil || string(is) != b.String() {
		t.Errorf("%s is not what the trials say: go test ./core/host -run TestTable -write (%v)", table, err)
	}
}
