package confine_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host/confine"
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/core/host/seal"
	"github.com/preau-ent/preau/sdk/manifest"
)

// coreIn makes this test binary a core that starts modules in a folder until it
// is killed.
const coreIn = "PREAU_CONFINE_CORE"

func coreMain(dir string) {
	launcher, err := confine.New(confine.Config{})
	if err != nil {
		panic(err)
	}
	program, err := seal.AsItIs(filepath.Join(built, "probe"))
	if err != nil {
		panic(err)
	}
	stamp, err := program.Check()
	if err != nil {
		panic(err)
	}
	for i, tier := range []manifest.Tier{manifest.TierFirstParty, manifest.TierVendor, manifest.TierFirstParty} {
		go func() {
			runtime.LockOSThread()
			at := filepath.Join(dir, fmt.Sprint(i))
			theirs, ours, err := os.Pipe()
			if err != nil {
				panic(err)
			}
			defer ours.Close()
			cmd, err := launcher.Command(process.Launch{Binary: program.Path(), Stamp: stamp, Folder: built, Tier: tier,
				Data: filepath.Join(at, "data"), Run: filepath.Join(at, "run"), Env: []string{"TRY=deaf", "AT=" + at}, Lifeline: theirs})
			if err != nil {
				panic(err)
			}
			cmd.Stdout = os.Stdout
			if err := errors.Join(cmd.Start(), cmd.Wait()); err != nil {
				fmt.Println("over", err, cmd.Ended())
			}
		}()
	}
	select {}
}

// TestKilledCore kills a core two hundred times, at whatever moment of its
// modules' starts it is, and finds no process of theirs afterwards: not even one
// that ignores its lifeline.
func TestKilledCore(t *testing.T) {
	dir, err := os.MkdirTemp("", "killed-")
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	for i := range 3 {
		for _, d := range []string{"data", "run"} {
			check(t, os.MkdirAll(filepath.Join(dir, fmt.Sprint(i), d), 0o700))
		}
	}
	reached := 0 // modules that were executed before the kill
	for n := range 200 {
		if t.Failed() {
			return
		}
		core := exec.Command(os.Args[0])
		core.Env = append(os.Environ(), coreIn+"="+dir, probeBuilt+"="+built)
		out, err := core.StdoutPipe()
		check(t, err)
		check(t, core.Start())
		check(t, out.(*os.File).SetReadDeadline(time.Now().Add(20*time.Second))) // held by a module that lives on
		// At random, or once so many of its modules run.
		patience := time.Duration(rand.IntN(60)) * time.Millisecond
		if n%2 == 0 {
			patience = 10 * time.Second
		}
		kill := time.AfterFunc(patience, func() { core.Process.Kill() })
		var said bytes.Buffer
		for buf := make([]byte, 64); ; { // to the end of the last that holds it: core or module
			k, err := out.Read(buf)
			said.Write(buf[:k])
			if errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("kill %d: modules live on: %v", n, marked(t, dir))
			}
			if err != nil {
				break
			}
			if n%2 == 0 && bytes.Count(said.Bytes(), []byte("here")) > n/2%3 {
				kill.Reset(0)
			}
		}
		core.Wait()
		if bytes.Contains(said.Bytes(), []byte("over")) {
			t.Fatalf("a module ended by itself: %s", said.String())
		}
		reached += bytes.Count(said.Bytes(), []byte("here"))
		for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
			left := marked(t, dir)
			if len(left) == 0 {
				break
			}
			if time.Now().After(end) {
				t.Fatalf("still there: %v", left)
			}
		}
	}
	if reached < 200 { // one, two, three at every other kill
		t.Errorf("only %d modules were executed: the kills came too early to prove anything", reached)
	}
}

// marked lists the processes that have the folder in their environment.
func marked(t *testing.T, dir string) (out []string) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/environ")
	check(t, err)
	for _, name := range all {
		if env, err := os.ReadFile(name); err == nil && bytes.Contains(env, []byte(dir)) {
			out = append(out, name)
		}
	}
	return out
}
