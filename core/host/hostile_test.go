package host_test

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// trial is one case of the hostile module's catalogue on trial: what stops it
// and what one sees of it go into docs/hostile.md, and every `quoted` word of
// sees must be found in what the trial saw: answers, logs and status.
type trial struct {
	name  string
	stops string
	sees  string
	word  string // chosen before the start; empty: the module starts as it should
	site  bool   // looked at from a browser
	do    func(y *yard)
}

// trials are all there are; each case of the catalogue has exactly one.
func trials() []trial {
	return slices.Concat(lifeTrials, resourceTrials, answerTrials, fileTrials, networkTrials, processTrials, kernelTrials, identityTrials, pageTrials)
}

// TestHostile: each case is contained (the neighbour's widget and page answer,
// its process is the same), logged, and shown.
func TestHostile(t *testing.T) {
	for _, c := range trials() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.do == nil {
				t.Skip("not yet")
			}
			y := newYard(t, c)
			c.do(y)
			y.contained()
			for _, want := range quoted(c.sees) {
				y.await(10*time.Second, fmt.Sprintf("nobody saw %q", want), func() bool { return strings.Contains(y.evidence(), want) })
			}
		})
	}
}

// TestEveryCaseIsTried: catalogue and trials are the same, in the same order.
func TestEveryCaseIsTried(t *testing.T) {
	var cases, tried []string
	for _, c := range catalogue(t) {
		cases = append(cases, c.Name)
	}
	for _, c := range trials() {
		tried = append(tried, c.name)
		if len(quoted(c.sees)) == 0 || c.stops == "" {
			t.Errorf("%s does not say what stops it, or quotes nothing that one sees", c.name)
		}
	}
	if len(cases) < 70 || !slices.Equal(cases, tried) {
		t.Errorf("the catalogue has %v,\nthe trials are %v", cases, tried)
	}
}

// hostileCase is a case as `hostile catalogue` tells it.
type hostileCase struct{ Name, Family, Tries string }

var told struct {
	sync.Once
	cases []hostileCase
	err   error
}

// catalogue asks the hostile module itself what it can do.
func catalogue(t testing.TB) []hostileCase {
	t.Helper()
	told.Do(func() {
		out, err := exec.Command(filepath.Join(built, string(victim), string(victim)), "catalogue").Output()
		if err != nil {
			told.err = fmt.Errorf("%w: %s", err, out)
			return
		}
		told.err = json.Unmarshal(out, &told.cases)
	})
	check(t, told.err)
	return told.cases
}

var quotes = regexp.MustCompile("`[^`]+`")

// quoted returns what a sentence puts between backquotes.
func quoted(s string) []string {
	all := quotes.FindAllString(s, -1)
	for i, q := range all {
		all[i] = strings.Trim(q, "`")
	}
	return all
}
