package confine_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/preau-ent/preau/core/host/confine/inside"
)

// TestHeir: the module is a child of this program and leads a group of its own,
// and of what made it nothing is left.
func TestHeir(t *testing.T) {
	l := launch(t)
	before := children(t)
	cmd := waiting(t, confined(t), l)
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

// TestUnknown: a launcher whose maker ended before it told the core of it does not
// become a module that nobody could end.
func TestUnknown(t *testing.T) {
	lifeline, ours, err := os.Pipe()
	check(t, err)
	defer ours.Close()
	birth, maker, err := os.Pipe()
	check(t, err)
	maker.Close()
	said, report, err := os.Pipe()
	check(t, err)
	cmd := exec.Command("/proc/self/exe")
	cmd.Args, cmd.Env = []string{inside.Name}, []string{inside.Variable + "={}"}
	cmd.ExtraFiles = []*os.File{lifeline, report, birth}
	check(t, cmd.Start())
	report.Close()
	text, err := io.ReadAll(said)
	check(t, err)
	if err := cmd.Wait(); err == nil || !strings.Contains(string(text), "birth: nobody knows of this process") {
		t.Errorf("%v, said %q", err, text)
	}
}
