package confine_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestHeir: the module is a child of this program and leads a group of its own,
// and of what made it nothing is left.
func TestHeir(t *testing.T) {
	l := launch(t)
	theirs, ours, err := os.Pipe()
	check(t, err)
	defer ours.Close()
	l.Lifeline, l.Env = theirs, []string{"TRY=wait"}
	before := children(t)
	cmd, err := confined(t).Command(l)
	check(t, err)
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	_, err = out.Read(make([]byte, 8)) // it is the probe now
	check(t, err)
	pid := cmd.Process.Pid
	if made := strings.TrimSpace(strings.TrimPrefix(children(t), before)); made != itoa(pid) {
		t.Errorf("children %q, want %d alone", made, pid)
	}
	if group, err := syscall.Getpgid(pid); err != nil || group != pid {
		t.Errorf("group %d, %v, want %d", group, err, pid)
	}
	check(t, cmd.Process.Kill())
	cmd.Wait()
	check(t, cmd.Ended())
}

// children lists the numbers of this program's children, those ended and not
// waited for among them.
func children(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	lists, err := filepath.Glob("/proc/self/task/*/children")
	check(t, err)
	for _, name := range lists {
		text, err := os.ReadFile(name)
		check(t, err)
		b.Write(text)
	}
	return b.String()
}
