package inside

import (
	"errors"
	"fmt"
	"slices"
	"syscall"

	"golang.org/x/sys/unix"
)

// around are the steps outside of a runner that has a kernel of its own: what
// the runner is to have of this one. The first process of a process namespace,
// it takes all of the container with it when it ends.
var around = []step{
	{"birth", await},
	{"priority", Lower},
	{"descriptors", closeDescriptors},
	{"control groups", join},
	{"mounts", ownProc},
	{"lifeline", holdOn},
	{"runner", hold},
}

// within are the steps inside of it: its kernel knows no Landlock, keeps no
// capabilities to begin with, and has no files but those of its container.
var within = []step{
	{"descriptors", release},
	{"limits", setLimits},
	{"seccomp", filterCalls},
	{"self-test", attemptWithin},
	{"executable", grasp},
}

// ownProc shows the runner the processes of its own namespace.
func ownProc(*Plan) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("private: %w", err)
	}
	return unix.Mount("proc", "/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, "")
}

// hold makes the lifeline the runner's input: it hands on no other descriptor.
func hold(*Plan) error {
	if err := unix.Dup3(LifelineFD, 0, 0); err != nil {
		return err
	}
	unix.CloseOnExec(LifelineFD)
	return nil
}

// release makes the input the lifeline again, and leaves none.
func release(*Plan) error {
	if err := unix.Dup3(0, LifelineFD, 0); err != nil {
		return fmt.Errorf("no lifeline: %w", err)
	}
	null, err := unix.Open("/dev/null", unix.O_RDONLY, 0)
	if err != nil {
		return err
	}
	if err := unix.Dup3(null, 0, 0); err != nil {
		return err
	}
	return unix.Close(null)
}

// attemptWithin is [attempt] where another kernel answers, which must be
// another one.
func attemptWithin(p *Plan) error {
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		return err
	}
	if unix.ByteSliceToString(u.Release[:]) == p.Kernel {
		return errors.New("the machine's own kernel answers")
	}
	own := func(name string) bool { return name == "/sys/kernel" || name == "/proc/sys/kernel" }
	if err := unseen(p.Hidden, slices.DeleteFunc(slices.Clone(foreign), own)); err != nil {
		return err
	}
	if err := attemptCalls(p); err != nil {
		return err
	}
	if v, err := unix.PrctlRetInt(unix.PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0); err != nil || v != 1 {
		return fmt.Errorf("new privileges may be had (%d, %v)", v, err)
	}
	return says("CapInh:\t0000000000000000", "CapPrm:\t0000000000000000", "CapEff:\t0000000000000000",
		"CapBnd:\t0000000000000000", "Seccomp:\t2")
}

// run executes the runner.
func run(p *Plan) error {
	return syscall.Exec(p.Runner[0], p.Runner, []string{"PATH=/usr/bin:/bin", "HOME=/nowhere"})
}
