package process

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestStartWithoutHeir: a launcher that ends without having made a process is an
// error, not a process, and its files are let go of.
func TestStartWithoutHeir(t *testing.T) {
	for _, program := range []string{"true", "false", "/nowhere"} {
		ours, theirs, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		c := &Command{Cmd: exec.Command(program), Heir: ours}
		c.ExtraFiles = []*os.File{theirs}
		if err := c.Start(); err == nil || program != "/nowhere" && !strings.Contains(err.Error(), "made no process") {
			t.Errorf("%s: %v", program, err)
		}
		if theirs.Close() == nil || ours.Close() == nil {
			t.Errorf("%s: files are still open", program)
		}
	}
}
