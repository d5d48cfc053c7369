package confine

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/manifest"
)

// joined starts a program that is in the groups before it does anything: it waits
// for a line.
func joined(t *testing.T, doors []*os.File, script string) (cmd *exec.Cmd, begin func()) {
	t.Helper()
	cmd = exec.Command("sh", "-c", "ulimit -v 2000000; read line; exec "+script)
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for _, d := range doors {
		if _, err := fmt.Fprint(d, cmd.Process.Pid); err != nil {
			t.Fatal(err)
		}
	}
	return cmd, func() { io.WriteString(in, "begin\n") }
}

// TestMemoryEndsTheGroup: when the kernel ends one process of a group because
// their memory is used up, the others end too, whatever little they hold.
func TestMemoryEndsTheGroup(t *testing.T) {
	if !slices.ContainsFunc(hierarchies(), func(h hierarchy) bool { return slices.Contains(h.controllers, "memory") }) {
		t.Skip("this machine lets nobody here bound memory")
	}
	doors, leave := group(process.Launch{Run: t.TempDir(), Quotas: manifest.Quotas{Memory: 16 << 20}})
	t.Cleanup(func() {
		for _, d := range doors {
			d.Close()
		}
		leave()
		if left := LeftForTest(); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
	modest, rest := joined(t, doors, "sleep 300") // which it would come to the end of
	hog, begin := joined(t, doors, "dd if=/dev/zero of=/dev/null bs=1G count=1")
	rest()
	begin()
	for _, p := range []struct {
		name string
		cmd  *exec.Cmd
	}{{"the one that takes too much", hog}, {"the one beside it", modest}} {
		err := p.cmd.Wait()
		if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
			t.Errorf("%s: %v", p.name, err)
		}
	}
}

// TestMemoryOfOthers: that the group above has no memory left is nobody's end here:
// what counts is whether one of this group's processes was ended.
func TestMemoryOfOthers(t *testing.T) {
	dir := t.TempDir()
	control := dir + "/memory.oom_control"
	count := func(n int) {
		if err := os.WriteFile(control+".new", fmt.Appendf(nil, "oom_kill_disable 0\nunder_oom 0\noom_kill %d\n", n), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(control+".new", control); err != nil {
			t.Fatal(err)
		}
	}
	event, kernel, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer kernel.Close()
	count(0)
	said := make(chan bool)
	go func() { said <- awaitVictim(event, dir) }()
	told := func() {
		if _, err := kernel.Write(make([]byte, 8)); err != nil {
			t.Fatal(err)
		}
	}
	told()
	select {
	case <-said:
		t.Fatal("another's end is taken for one of the group's")
	case <-time.After(2 * lookAgain):
	}
	count(1) // late
	if !<-said {
		t.Error("not seen")
	}
	count(0)
	go func() { said <- awaitVictim(event, dir) }()
	event.Close()
	if <-said {
		t.Error("the end of watching is taken for a process's")
	}
}
