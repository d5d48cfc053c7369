package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/preau-ent/preau/core/control"
)

// TestMain makes the program a command of the stories, so that they run the
// very code of this test and nothing has to be built before.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"preau": main})
}

// TestStories runs every story of testdata/script as an operator would.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PREAU_DATA", filepath.Join(e.WorkDir, "data"))
			e.Setenv("PREAU_LISTEN", "127.0.0.1:0")
			e.Setenv("PREAU_LANG", "en")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"bonjour": bonjour,
			"served":  served,
			"serving": func(ts *testscript.TestScript, _ bool, args []string) {
				awaitModule(ts, args[0], func(m control.ModuleInfo) bool { return m.State == "serving" })
			},
			"restarted": func(ts *testscript.TestScript, _ bool, args []string) {
				awaitModule(ts, args[0], func(m control.ModuleInfo) bool { return m.State == "serving" && m.Restarts == 1 })
			},
			"damage":  damage,
			"latin1":  latin1,
			"cut":     cut,
			"codeis":  codeIs,
			"numbers": numbers,
		},
	})
}

// served waits until the server in the background answers verbs.
func served(ts *testscript.TestScript, _ bool, _ []string) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	socket := filepath.Join(ts.Getenv("PREAU_DATA"), control.SocketName)
	for {
		if info, err := os.Stat(socket); err == nil && info.Mode()&os.ModeSocket != 0 {
			return
		}
		select {
		case <-ctx.Done():
			ts.Fatalf("no server on %s", socket)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// bonjour builds the smallest module into the story's folder of modules.
func bonjour(ts *testscript.TestScript, _ bool, _ []string) {
	folder := ts.MkAbs("modules/bonjour")
	ts.Check(os.MkdirAll(folder, 0o700))
	source, err := filepath.Abs("../../examples/bonjour")
	ts.Check(err)
	build := exec.Command("go", "build", "-o", filepath.Join(folder, "bonjour"), ".")
	build.Dir, build.Env = source, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		ts.Fatalf("%v\n%s", err, out)
	}
	ts.Check(os.CopyFS(filepath.Join(folder, "locales"), os.DirFS(filepath.Join(source, "locales"))))
	manifest, err := os.ReadFile(filepath.Join(source, "module.yaml"))
	ts.Check(err)
	ts.Check(os.WriteFile(filepath.Join(folder, "module.yaml"), manifest, 0o600))
	ts.Setenv("PREAU_MODULES", ts.MkAbs("modules"))
}

// awaitModule asks the server until a module is as wanted.
func awaitModule(ts *testscript.TestScript, id string, wanted func(control.ModuleInfo) bool) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := control.Open(ctx, control.Options{Data: ts.Getenv("PREAU_DATA")})
	ts.Check(err)
	defer conn.Close()
	for {
		list, err := control.ModuleList.Call(ctx, conn, control.None{}, nil)
		ts.Check(err)
		if slices.ContainsFunc(list, func(m control.ModuleInfo) bool { return string(m.ID) == id && wanted(m) }) {
			return
		}
		select {
		case <-ctx.Done():
			ts.Fatalf("%s is not as wanted: %+v", id, list)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// damage puts bytes in the place of others in the core's own space.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	name := filepath.Join(ts.Getenv("PREAU_DATA"), "core", "_core.db")
	file := ts.ReadFile(name)
	if len(args) != 2 || len(args[0]) != len(args[1]) || !strings.Contains(file, args[0]) {
		ts.Fatalf("damage: %q", args)
	}
	ts.Check(os.WriteFile(name, []byte(strings.ReplaceAll(file, args[0], args[1])), 0o600))
}

// latin1 rewrites UTF-8 files as ONDE writes them: ISO-8859-1 with CRLF.
func latin1(ts *testscript.TestScript, _ bool, files []string) {
	for _, name := range files {
		var b bytes.Buffer
		for _, r := range ts.ReadFile(name) {
			if r > 0xff {
				ts.Fatalf("%s holds %q", name, r)
			}
			if r == '\n' {
				b.WriteByte('\r')
			}
			b.WriteByte(byte(r))
		}
		ts.Check(os.WriteFile(ts.MkAbs(name), b.Bytes(), 0o600))
	}
}

// cut takes the last n bytes of a file away: cut n FILE.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	var n int
	_, err := fmt.Sscan(args[0], &n)
	ts.Check(err)
	text := ts.ReadFile(args[1])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text[:len(text)-n]), 0o600))
}

// codeIs runs the program and compares its exit code: codeis 3 preau import …
func codeIs(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// numbers compares numbers of the report that the last command printed as
// JSON: numbers created=3 doubtful=0. Of a list it is the length.
func numbers(ts *testscript.TestScript, _ bool, args []string) {
	var report map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &report))
	for _, arg := range args {
		name, want, _ := strings.Cut(arg, "=")
		got := fmt.Sprint(report[name])
		if list, ok := report[name].([]any); ok {
			got = fmt.Sprint(len(list))
		}
		if got != want {
			ts.Fatalf("%s is %s, want %s", name, got, want)
		}
	}
}
