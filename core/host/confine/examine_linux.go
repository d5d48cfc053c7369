package confine

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/core/host/confine/inside"
)

// Examine says what the machine lacks to confine modules; empty when it can.
// The container tier is optional and not among it.
func Examine() (out []Lack) {
	lack := func(what, detail string) { out = append(out, Lack{what, detail}) }
	if _, err := filter(); err != nil {
		lack("processor", err.Error())
	}
	if err := tryNamespaces(); err != nil {
		lack("namespaces", err.Error()+hint())
	}
	if abi, err := ll.LandlockGetABIVersion(); err != nil || abi < 2 {
		lack("landlock", "needs Linux 5.19 or newer, and landlock in the kernel's list (lsm=… on its command line; see /sys/kernel/security/lsm)")
	}
	if err := unix.Prctl(unix.PR_GET_SECCOMP, 0, 0, 0, 0); errors.Is(err, unix.EINVAL) {
		lack("seccomp", "needs a kernel built with CONFIG_SECCOMP_FILTER")
	}
	return out
}

// tryNamespaces starts this program, as a launcher without a plan, in new
// namespaces: that it gives up at the plan shows that it was started.
func tryNamespaces() error {
	cmd := exec.Command("/proc/self/exe")
	cmd.Args, cmd.Env = []string{inside.Name}, []string{"PATH=/nowhere"}
	cmd.SysProcAttr = inside.Namespaces()
	var failed *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &failed) {
		return err
	}
	return nil
}

// hint says why a kernel refuses namespaces to who is not root, where it tells.
func hint() string {
	for _, s := range []struct{ file, refuses, do string }{
		{"user/max_user_namespaces", "0", "set the sysctl user.max_user_namespaces above 0"},
		{"kernel/unprivileged_userns_clone", "0", "set the sysctl kernel.unprivileged_userns_clone to 1"},
		{"kernel/apparmor_restrict_unprivileged_userns", "1", "AppArmor allows user namespaces only to programs with a profile: give preau one that says \"userns,\", or set the sysctl kernel.apparmor_restrict_unprivileged_userns to 0"},
	} {
		value, err := os.ReadFile(filepath.Join("/proc/sys", s.file))
		if err == nil && strings.TrimSpace(string(value)) == s.refuses {
			return ": " + s.do
		}
	}
	return ": new user namespaces are refused (in a container, its own rules may forbid them)"
}
