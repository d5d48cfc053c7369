package check

import (
	"context"
	"os"
	"path/filepath"

	"github.com/preau-ent/preau/sdk/manifest"
)

// State is how a check ended.
type State string

// The states. Only Bad keeps a module from its users.
const (
	Good    State = "ok"
	Odd     State = "warning" // worth a look
	Bad     State = "failed"
	Skipped State = "skipped" // another check failed first, or there is nothing to examine
)

// Finding is one thing that a check found.
type Finding struct {
	Where  string `json:"where,omitempty"` // "module.yaml:12: routes[2].path", "locales/en.json", "TestNote"
	Key    string `json:"-"`               // translation key; empty: Detail says it all
	Args   []any  `json:"-"`
	Words  string `json:"words,omitempty"`  // Key in the reader's language, filled in by who shows it
	Detail string `json:"detail,omitempty"` // what a tool said
	Odd    bool   `json:"odd,omitempty"`    // worth a look, no failure
}

// Check is one line of the outcome.
type Check struct {
	Name     string    `json:"name"` // manifest words vet build tests permissions conformance
	State    State     `json:"state"`
	Count    int       `json:"count"` // of what was examined; of build, the size in bytes
	Findings []Finding `json:"findings,omitempty"`
}

// settle derives the state from the findings.
func (c Check) settle() Check {
	c.State = Good
	for _, f := range c.Findings {
		switch {
		case !f.Odd:
			c.State = Bad
		case c.State == Good:
			c.State = Odd
		}
	}
	return c
}

// Names lists the checks in their order.
func Names() []string {
	return []string{"manifest", "words", "vet", "build", "tests", "permissions", "conformance"}
}

// Run examines the module of a folder; what cannot be examined any more after a
// failure is [Skipped]. tell, which may be nil, is told of each check as soon as
// it is done.
func Run(ctx context.Context, folder string, tell func(Check)) []Check {
	if tell == nil {
		tell = func(Check) {}
	}
	var all []Check
	add := func(list ...Check) {
		for _, c := range list {
			all = append(all, c)
			tell(c)
		}
	}
	skip := func(names ...string) {
		for _, n := range names {
			add(Check{Name: n, State: Skipped})
		}
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		add(Check{Name: "manifest", Findings: []Finding{{Detail: err.Error()}}}.settle())
		skip(Names()[1:]...)
		return all
	}
	m, first := readManifest(folder)
	add(first)
	if m == nil {
		skip(Names()[1:]...)
		return all
	}
	add(words(folder, m))
	if !hasGo(folder) { // another language: its own tools examine it
		skip("vet", "build", "tests", "permissions")
		add(suiteElsewhere(ctx, folder))
		return all
	}
	add(vet(ctx, folder))
	built := build(ctx, folder)
	add(built)
	if built.State == Bad {
		skip("tests", "permissions", "conformance")
		return all
	}
	add(test(ctx, folder, m)...)
	return all
}

// Passed reports whether no check failed.
func Passed(all []Check) bool {
	for _, c := range all {
		if c.State == Bad {
			return false
		}
	}
	return true
}

// hasGo reports whether the folder holds a Go program.
func hasGo(folder string) bool {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	return err == nil && len(files) > 0
}

// readManifest names line and field of whatever is wrong.
func readManifest(folder string) (*manifest.Manifest, Check) {
	c := Check{Name: "manifest"}
	m, err := manifest.Open(folder)
	if err == nil {
		c.Count = len(m.Routes) + len(m.Widgets)
		return m, c.settle()
	}
	if problems, ok := err.(manifest.Problems); ok {
		for _, p := range problems {
			p.File = filepath.Base(p.File)
			c.Findings = append(c.Findings, Finding{Where: p.Place(), Detail: p.Why})
		}
	} else if os.IsNotExist(err) {
		c.Findings = append(c.Findings, Finding{Where: folder, Key: "check.nomanifest"})
	} else {
		c.Findings = append(c.Findings, Finding{Where: manifest.FileName, Detail: err.Error()})
	}
	return nil, c.settle()
}
