package check

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// event is one line of go test -json.
type event struct {
	Action, Package, Test, Output string
}

// events is a run of tests.
type events struct {
	ended  map[string]string // test → pass, fail or skip
	output map[string][]string
	order  []string
	loose  string // what belongs to no test: the compiler's words, a crash
	broken bool   // a package failed outside its tests
}

func readEvents(out []byte) *events {
	r := &events{ended: map[string]string{}, output: map[string][]string{}}
	for line := range bytes.Lines(out) {
		var e event
		if json.Unmarshal(line, &e) != nil {
			r.loose += string(line)
			continue
		}
		switch {
		case e.Action == "output" && e.Test != "":
			r.output[e.Test] = append(r.output[e.Test], e.Output)
		case e.Action == "build-output", e.Action == "output" && !noise(e.Output):
			r.loose += e.Output
		case e.Test != "" && (e.Action == "pass" || e.Action == "fail" || e.Action == "skip"):
			r.ended[e.Test] = e.Action
			r.order = append(r.order, e.Test)
		case e.Test == "" && e.Action == "fail":
			r.broken = true
		}
	}
	return r
}

// noise is what go test says of every package.
func noise(s string) bool {
	return slices.ContainsFunc([]string{"PASS", "FAIL", "ok ", "ok\t", "? ", "?\t", "exit status", "coverage:"}, func(p string) bool { return strings.HasPrefix(s, p) })
}

// ofSuite reports a test that check added.
func ofSuite(test string) bool { return test == suiteName || strings.HasPrefix(test, suiteName+"/") }

// passed counts the tests that passed, those of the suite or the others.
func (r *events) passed(suite bool) (n int) {
	for test, how := range r.ended {
		if how == "pass" && ofSuite(test) == suite {
			n++
		}
	}
	return n
}

// findings is what failing tests complain of. A test whose subtests failed says
// nothing that they did not.
func (r *events) findings(suite bool) (found []Finding) {
	for _, test := range r.order {
		if r.ended[test] != "fail" || ofSuite(test) != suite {
			continue
		}
		said := false
		for _, line := range r.output[test] {
			if !complaint.MatchString(line) {
				continue
			}
			said = true
			one := Finding{Where: strings.TrimPrefix(test, suiteName+"/./"), Detail: strings.TrimSpace(line)}
			if !slices.ContainsFunc(found, func(f Finding) bool { return f.Where == one.Where && f.Detail == one.Detail }) {
				found = append(found, one)
			}
		}
		if !said && !r.below(test) {
			found = append(found, Finding{Where: test, Detail: strings.TrimSpace(strings.Join(r.output[test], ""))})
		}
	}
	if !suite && r.broken && len(found) == 0 && strings.TrimSpace(r.loose) != "" {
		return complaints([]byte(r.loose), nil)
	}
	return found
}

// below reports whether a subtest failed too.
func (r *events) below(test string) bool {
	return slices.ContainsFunc(r.order, func(t string) bool { return r.ended[t] == "fail" && strings.HasPrefix(t, test+"/") })
}
