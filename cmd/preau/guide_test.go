package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/preau-ent/preau/core/control"
)

const guide = "../../docs/vendor.md"

// fence is one block of code of a guide: its language and its text.
var fence = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// background are the commands of the guide that serve until Ctrl-C, with the
// data folder of each.
var background = map[string]string{
	"preau plugin dev":            "mots/.preau/data",
	"preau serve --data ../essai": "essai",
}

// TestGuide runs every command of the vendor's guide as it stands there, writes
// the files it shows, and finds its excerpts in the module that it makes.
func TestGuide(t *testing.T) {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	script, servers := storyOf(string(text))
	if servers != len(background) {
		t.Fatalf("%d of %d servers are in the guide", servers, len(background))
	}
	file := filepath.Join(t.TempDir(), "guide.txtar")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Files: []string{file},
		Setup: func(e *testscript.Env) error {
			e.Setenv("PREAU_LANG", "en")
			e.Setenv("PREAU_LISTEN", freeAddress(t))
			return building(e)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"served": served,
			"serving": func(ts *testscript.TestScript, _ bool, args []string) {
				awaitModule(ts, args[0], func(m control.ModuleInfo) bool { return m.State == "serving" })
			},
			"excerpts": excerpts,
		},
	})
}

// storyOf turns the blocks of a guide into a story, and counts its servers.
func storyOf(text string) (script string, servers int) {
	var b strings.Builder
	running := []string{}
	for _, block := range fence.FindAllStringSubmatch(text, -1) {
		switch {
		case block[1] == "sh":
			for line := range strings.Lines(block[2]) {
				line = strings.TrimSpace(line)
				data, serves := background[line]
				switch {
				case serves:
					servers++
					name := fmt.Sprintf("server%d", servers)
					fmt.Fprintf(&b, "exec %s &%s&\nenv PREAU_DATA=$WORK/%s\nserved\nserving mots\nenv PREAU_DATA=\n", line, name, data)
					if strings.Contains(line, "dev") { // nobody else listens there then
						fmt.Fprintf(&b, "kill -INT %s\nwait %s\n", name, name)
					} else {
						running = append(running, name)
					}
				case strings.HasPrefix(line, "cd "):
					b.WriteString(line + "\n")
				default:
					fmt.Fprintf(&b, "exec sh -c '%s'\n", strings.ReplaceAll(line, "'", "''"))
				}
			}
		case block[1] == "go" && strings.HasPrefix(block[2], "// "):
			name, _, _ := strings.Cut(strings.TrimPrefix(block[2], "// "), "\n")
			fmt.Fprintf(&b, "cp $WORK/%s %s\n", name, name)
		}
	}
	b.WriteString("stdout 'mots +0.2.0'\nexcerpts\n") // the guide ends with the list of modules
	for _, name := range running {
		fmt.Fprintf(&b, "kill -INT %s\nwait %s\n", name, name)
	}
	for _, block := range fence.FindAllStringSubmatch(text, -1) {
		if name, rest, _ := strings.Cut(strings.TrimPrefix(block[2], "// "), "\n"); block[1] == "go" && strings.HasPrefix(block[2], "// ") {
			fmt.Fprintf(&b, "-- %s --\n%s", name, rest)
		}
	}
	return b.String(), servers
}

// excerpts holds the Go lines of the guide against the module in the current
// folder: what a vendor reads is what a vendor has.
func excerpts(ts *testscript.TestScript, _ bool, _ []string) {
	text, err := os.ReadFile(guide)
	ts.Check(err)
	files, err := filepath.Glob(ts.MkAbs("*.go"))
	ts.Check(err)
	var code strings.Builder
	for _, name := range files {
		src, err := os.ReadFile(name)
		ts.Check(err)
		code.Write(src)
	}
	checked := 0
	for _, block := range fence.FindAllStringSubmatch(string(text), -1) {
		for line := range strings.Lines(block[2]) {
			if line = strings.TrimSpace(line); block[1] == "go" && line != "" && !strings.HasSuffix(line, "schema.go") {
				checked++
				if !strings.Contains(code.String(), line) {
					ts.Fatalf("the module has no line %q", line)
				}
			}
		}
	}
	if checked < 20 {
		ts.Fatalf("only %d lines of code are in the guide", checked)
	}
}

// building lets stories run the go command offline, with the caches of whoever
// runs the test.
func building(e *testscript.Env) error {
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH"} {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			return err
		}
		e.Setenv(name, strings.TrimSpace(string(out)))
	}
	e.Setenv("GOPROXY", "off")
	e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, "cache"))
	return nil
}

// freeAddress is one on loopback that nobody listens on.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
