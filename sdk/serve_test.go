package sdk_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/wire"
)

// byHand starts the module without go-plugin's client.
func byHand(t *testing.T, lifeline bool, env ...string) (cmd *exec.Cmd, hold *os.File) {
	t.Helper()
	cmd = exec.Command(plugintest.Build(t, "internal/atelier/module"))
	cmd.Env = append(env, "TMPDIR="+t.TempDir())
	if lifeline {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.Close(); w.Close() })
		cmd.ExtraFiles, hold = []*os.File{r}, w
	}
	return cmd, hold
}

func TestStartedByHandItSaysWhy(t *testing.T) {
	for _, c := range []struct {
		name, env, want string
	}{
		{"without the core", "X=y", "preau serve"},
		{"without a lifeline", wire.CookieKey + "=" + wire.CookieValue, "lifeline"},
	} {
		cmd, _ := byHand(t, false, c.env)
		out, err := cmd.CombinedOutput()
		if err == nil || cmd.ProcessState.ExitCode() != 1 {
			t.Errorf("%s: ended with %v", c.name, err)
		}
		if s := string(out); !strings.Contains(s, c.want) || strings.Count(s, "\n") != 1 {
			t.Errorf("%s it says %q, want one line with %q", c.name, s, c.want)
		}
	}
}

func TestTermDrainsAndEnds(t *testing.T) {
	cmd, _ := byHand(t, true, wire.CookieKey+"="+wire.CookieValue)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if want := fmt.Sprintf("1|%d|unix|", wire.Protocol); err != nil || !strings.HasPrefix(line, want) {
		t.Errorf("handshake %q, %v, want %s…", line, err, want)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, out)
	if err := cmd.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
}

func TestLifeline(t *testing.T) {
	h, pupil, _ := start(t, plugintest.Process())
	plugintest.Has(t, pupil.Get("/"), "atelier.title")
	h.Orphan() // fails when the process stays
	if err := syscall.Kill(h.PID(), 0); err != syscall.ESRCH {
		t.Errorf("process %d: %v", h.PID(), err)
	}
}

// TestIdleMemory holds the plan's budget for a module that has served a page
// and a widget and now waits: 16 MiB.
func TestIdleMemory(t *testing.T) {
	h := plugintest.Start(t, nil, "../examples/bonjour")
	lea := h.As(h.School.Pupil("Léa Martin"))
	lea.Get("/")
	lea.Widget("bonjour")
	h.Idle()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", h.PID()))
	if err != nil {
		t.Fatal(err)
	}
	var kib int
	for line := range strings.Lines(string(status)) {
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kib); n == 1 {
			break
		}
	}
	t.Logf("%d KiB resident", kib)
	if kib == 0 || kib > 16<<10 {
		t.Errorf("an idle module takes %d KiB", kib)
	}
}
