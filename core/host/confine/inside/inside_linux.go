package inside

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// failed is the launcher's exit status when the module was not started.
const failed = 125

func init() {
	if len(os.Args) == 0 || path.Base(os.Args[0]) != Name {
		return
	}
	if len(os.Args) > 1 {
		bear(os.Args[1])
	}
	become()
}

// step is one thing done on the way in; its name begins the report when it fails.
type step struct {
	name string
	do   func(*Plan) error
}

// steps are numbered in the documentation of package confine. Their order
// matters: what needs a privilege stands before what gives it up, the signal of
// the parent's death after what would clear it, the filter last.
var steps = []step{
	{"birth", await},
	{"priority", Lower},
	{"descriptors", closeDescriptors},
	{"control groups", join},
	{"mounts", buildRoot},
	{"hostname", rename},
	{"capabilities", dropCapabilities},
	{"landlock", fence},
	{"limits", setLimits},
	{"lifeline", holdOn},
	{"seccomp", filterCalls},
	{"self-test", attempt},
	{"executable", grasp},
}

// become does not return: the process is the module, or has ended.
func become() {
	runtime.LockOSThread() // priority, capabilities, filter and signal are of one thread: the one that execs
	var p Plan
	plan, there := os.LookupEnv(Variable)
	if !there {
		give("plan", errors.New("there is none: Préau's core starts this program"))
	}
	if err := json.Unmarshal([]byte(plan), &p); err != nil {
		give("plan", err)
	}
	list := steps
	switch {
	case len(p.Runner) > 0:
		list = around
	case p.Kernel != "":
		list = within
	}
	for _, s := range list {
		if err := s.do(&p); err != nil {
			give(s.name, err)
		}
	}
	if len(p.Runner) > 0 {
		give("exec", run(&p))
	}
	give("exec", syscall.Exec(executed, []string{p.Binary}, p.Env))
}

// give up with one sentence for the host.
func give(what string, err error) {
	sentence := fmt.Sprintf("%s: %v", what, err)
	if _, err := unix.Write(ReportFD, []byte(sentence)); err != nil {
		fmt.Fprintln(os.Stderr, Name+": "+sentence) // started by hand
	}
	os.Exit(failed)
}

// closeDescriptors lets nothing but the standard three and the lifeline reach
// the module, whoever forgot to mark it.
func closeDescriptors(p *Plan) error {
	if err := unix.CloseRange(ReportFD, ^uint(0), unix.CLOSE_RANGE_CLOEXEC); err != nil {
		return fmt.Errorf("close_range: %w", err)
	}
	if _, err := unix.FcntlInt(LifelineFD, unix.F_SETFD, 0); err != nil {
		return fmt.Errorf("no lifeline: %w", err)
	}
	var err error
	outside, err = os.Open("/proc/self/status")
	return err
}

// join enters control groups through files that the host opened.
func join(p *Plan) error {
	for fd := JoinFD; fd < JoinFD+p.Joins; fd++ {
		if _, err := unix.Write(fd, []byte("0")); err != nil {
			return err
		}
		if err := unix.Close(fd); err != nil {
			return err
		}
	}
	return nil
}

func rename(p *Plan) error {
	if p.Built {
		return nil
	}
	if err := unix.Sethostname([]byte("module")); err != nil {
		return err
	}
	return unix.Setdomainname(nil)
}

// slice is how long a process of the lowest priority may go on when somebody
// else wants to: without it (kernels before 6.12 take no notice) one that spins
// holds up whoever wakes for some milliseconds.
const slice = 100_000 // nanoseconds, the least that the kernel knows

// Lower gives the calling thread the priority of a plan, and with it whatever it
// starts: the way in already costs the others nothing.
func Lower(p *Plan) error {
	if p.Nice == 0 {
		return nil
	}
	if len(p.Processors) > 0 {
		var mine unix.CPUSet
		for _, n := range p.Processors {
			mine.Set(n)
		}
		if err := unix.SchedSetaffinity(0, &mine); err != nil {
			return fmt.Errorf("processors: %w", err)
		}
	}
	// A batch process waits for its turn: waking up, as a thousand goroutines may
	// do each millisecond, it never takes the processor from somebody.
	attr := unix.SchedAttr{Policy: unix.SCHED_BATCH, Nice: int32(p.Nice), Runtime: slice}
	return unix.SchedSetAttr(0, &attr, 0)
}

// setLimits never asks for more than the process has.
func setLimits(p *Plan) error {
	unix.Umask(0o077)
	for _, l := range p.Limits {
		if raced && l.Resource == unix.RLIMIT_DATA {
			continue
		}
		var now syscall.Rlimit
		if err := syscall.Getrlimit(l.Resource, &now); err != nil {
			return fmt.Errorf("limit %d: %w", l.Resource, err)
		}
		most := min(l.Value, now.Max)
		if err := syscall.Setrlimit(l.Resource, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return fmt.Errorf("limit %d: %w", l.Resource, err)
		}
	}
	return nil
}

// outside is this process as the machine's own /proc has it, where its parent
// has a number: opened while it is still there.
var outside *os.File

// holdOn ties the process's life to its parent's: a signal set from another
// thread would be lost at exec. A core that died before it was set has another
// process in its place by now. (The lifeline alone does not tell: a process that
// the core was just starting may still hold its other end.)
func holdOn(p *Plan) error {
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return err
	}
	line := []unix.PollFd{{Fd: LifelineFD}}
	if _, err := unix.Poll(line, 0); err != nil {
		return err
	}
	if line[0].Revents != 0 {
		return errGone
	}
	if p.Built { // the parent is the container's runner, which dies with the core
		return nil
	}
	status := make([]byte, 4<<10)
	n, err := outside.ReadAt(status, 0)
	if err != nil && err != io.EOF {
		return err
	}
	if !bytes.Contains(status[:n], []byte("\nPPid:\t"+p.Core+"\n")) {
		return errGone
	}
	return nil
}

var errGone = errors.New("the core is gone")
