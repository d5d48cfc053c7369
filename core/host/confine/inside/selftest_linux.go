package inside

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// foreign is what no module's root holds, whatever its runtime; a runner's kernel
// has a /sys/kernel and a /proc/sys/kernel of its own.
var foreign = []string{"/etc/passwd", "/etc/shadow", "/sys/kernel", "/proc/sys/kernel", "/dev/mem", "/boot", "/run/systemd"}

// attempt does from inside what must not be possible any more. Whatever
// succeeds ends the start.
func attempt(p *Plan) error {
	if err := unseen(p.Hidden, foreign); err != nil {
		return err
	}
	if err := attemptCalls(p); err != nil {
		return err
	}
	return says(sealed...)
}

// unseen wants nothing to be where these names lead.
func unseen(lists ...[]string) error {
	for _, name := range slices.Concat(lists...) {
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is to be seen (%v)", name, err)
		}
	}
	return nil
}

// attemptCalls makes the system calls that must fail.
func attemptCalls(p *Plan) error {
	if fd, err := unix.Open(p.Binary, unix.O_WRONLY|unix.O_CLOEXEC, 0); err == nil {
		unix.Close(fd)
		return errors.New("its own executable can be written to")
	}
	for _, family := range []int{unix.AF_INET, unix.AF_INET6, unix.AF_NETLINK, unix.AF_PACKET, unix.AF_VSOCK, unix.AF_ALG} {
		if fd, err := unix.Socket(family, unix.SOCK_STREAM, 0); err == nil {
			unix.Close(fd)
			return fmt.Errorf("a socket of family %d can be made", family)
		}
	}
	if unix.Unshare(unix.CLONE_NEWUSER) == nil {
		return errors.New("a namespace can be made")
	}
	child, _, e := unix.RawSyscall6(unix.SYS_CLONE, uintptr(unix.SIGCHLD), 0, 0, 0, 0, 0)
	if e == 0 {
		if child == 0 {
			unix.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0)
		}
		return errors.New("a process can be made")
	}
	return nil
}

// sealed are the lines of /proc/self/status as they must be.
var sealed = []string{
	"CapInh:\t0000000000000000", "CapPrm:\t0000000000000000", "CapEff:\t0000000000000000",
	"CapBnd:\t0000000000000000", "CapAmb:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2", "NSpid:\t",
}

// says wants these lines of what the kernel says of the process, as the leader
// of its threads.
func says(lines ...string) error {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	for _, line := range lines {
		if !bytes.Contains(status, []byte("\n"+line)) {
			return fmt.Errorf("/proc/self/status does not say %q", line)
		}
	}
	return nil
}
