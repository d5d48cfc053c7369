package plugintest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/preau-ent/preau/sdk/manifest"
)

// LauncherEnv names the program preau that confines modules in tests; without
// it, the one in PATH does.
const LauncherEnv = "PREAU_LAUNCHER"

// Confined is [Process] with the walls that the core puts around a vendor's
// module: no other file, no network, no other process. It takes the program
// preau, from the environment variable PREAU_LAUNCHER or from PATH; a machine
// that cannot confine fails the test. PREAU_PLUGINTEST=confined does the same
// for every test.
func Confined() Option { return func(c *config) { c.process, c.confined = true, true } }

// command starts the module's program as it is, or confined.
func (c *config) command(t testing.TB, program, data, run string, m *manifest.Manifest) *exec.Cmd {
	t.Helper()
	if !c.confined {
		cmd := exec.Command(program)
		cmd.Env = []string{"PATH=/nowhere"}
		return cmd
	}
	launcher := os.Getenv(LauncherEnv)
	if launcher == "" {
		var err error
		if launcher, err = exec.LookPath("preau"); err != nil {
			t.Fatalf("to run confined, plugintest needs the program preau: in PATH, or named by %s", LauncherEnv)
		}
	}
	tier := manifest.TierVendor
	if m.Tier == manifest.TierContainer {
		tier = m.Tier
	}
	cmd := exec.Command(launcher, "launch", "--folder", filepath.Dir(program), "--own", data, "--run", run,
		"--tier", string(tier), "--runtime", string(m.Runtime),
		"--memory", strconv.FormatInt(int64(m.Quotas.Memory), 10), "--disk", strconv.FormatInt(int64(m.Quotas.Disk), 10), program)
	cmd.Env = []string{"HOME=" + data, "TMPDIR=" + run}
	return cmd
}
