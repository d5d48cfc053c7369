package main

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// call makes a system call; errors of its arguments count as made.
func call(n uintptr, args ...uintptr) error {
	var a [6]uintptr
	copy(a[:], args)
	_, _, e := unix.Syscall6(n, a[0], a[1], a[2], a[3], a[4], a[5])
	if e == 0 {
		return nil
	}
	return e
}

// reached is call for one whose arguments are wrong on purpose: success is to
// be refused for those and not for being made.
func reached(n uintptr, args ...uintptr) error {
	err := call(n, args...)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.EBADF) || errors.Is(err, unix.EFAULT) || errors.Is(err, unix.ENOENT) ||
		errors.Is(err, unix.ENOKEY) || errors.Is(err, unix.ESRCH) {
		return nil
	}
	return err
}

func number(a string) uintptr { n, _ := strconv.Atoi(a); return uintptr(n) }

func fork(n uintptr, args ...uintptr) error {
	var a [3]uintptr
	copy(a[:], args)
	child, _, e := unix.RawSyscall(n, a[0], a[1], a[2])
	if e != 0 {
		return e
	}
	if child == 0 {
		unix.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0)
	}
	var st unix.WaitStatus
	_, _ = unix.Wait4(int(child), &st, 0, nil)
	return nil
}

// Every process id is that of a process that the test started for it.
var processes = map[string]func(string) error{
	"signal": func(a string) error { return unix.Kill(int(number(a)), unix.SIGCONT) },
	"attach": func(a string) error {
		if err := unix.PtraceAttach(int(number(a))); err != nil {
			return err
		}
		var st unix.WaitStatus
		_, _ = unix.Wait4(int(number(a)), &st, unix.WALL, nil)
		return unix.PtraceDetach(int(number(a)))
	},
	"traceme": func(string) error { return call(unix.SYS_PTRACE, unix.PTRACE_TRACEME) },
	"peek":    func(a string) error { return reached(unix.SYS_PROCESS_VM_READV, number(a)) },
	"pidfd":   func(a string) error { _, err := unix.PidfdOpen(int(number(a)), 0); return err },
	"fork":    func(string) error { return fork(unix.SYS_CLONE, uintptr(unix.SIGCHLD)) },
	"vforkish": func(string) error {
		return fork(unix.SYS_CLONE, unix.CLONE_VFORK|uintptr(unix.SIGCHLD))
	},
	"clone3":   func(string) error { return reached(unix.SYS_CLONE3) },
	"exec":     func(a string) error { return syscall.Exec(a, []string{a, "-c", "true"}, nil) },
	"execveat": func(string) error { return reached(unix.SYS_EXECVEAT, ^uintptr(0)) },
	"spawn": func(a string) error {
		p, err := os.StartProcess(a, []string{a, "-c", "true"}, &os.ProcAttr{})
		if err == nil {
			_, err = p.Wait()
		}
		return err
	},
	"niceness": func(a string) error {
		n, err := unix.Getpriority(unix.PRIO_PROCESS, 0)
		if want := 20 - int(number(a)); err == nil && n != want { // as the kernel counts
			return fmt.Errorf("%d, want %d", n, want)
		}
		return err
	},
	"policy": func(a string) error {
		got, _, errno := unix.Syscall(unix.SYS_SCHED_GETSCHEDULER, 0, 0, 0)
		if errno != 0 {
			return errno
		}
		if got != uintptr(number(a)) {
			return fmt.Errorf("%d, want %s", got, a)
		}
		return nil
	},
	"processors": func(a string) error {
		if n := runtime.NumCPU(); n > int(number(a)) { // as the kernel gave them
			return fmt.Errorf("%d, want at most %s", n, a)
		}
		return nil
	},
	"deaf": func(string) error { // to everything but what kills
		signal.Ignore(unix.SIGTERM, unix.SIGINT, unix.SIGHUP)
		fmt.Println("here")
		time.Sleep(1 << 62)
		return nil
	},
	"wait": func(string) error {
		fmt.Println("here")
		_, err := os.NewFile(3, "lifeline").Read(make([]byte, 1))
		return err
	},
	"renice": func(string) error { // from 5 back to 0
		if err := unix.Setpriority(unix.PRIO_PROCESS, 0, 5); err != nil {
			return err
		}
		return unix.Setpriority(unix.PRIO_PROCESS, 0, 0)
	},
	"session":   func(string) error { _, err := unix.Setsid(); return err },
	"setuid":    func(string) error { return unix.Setreuid(1, 1) },
	"deathless": func(string) error { return unix.Prctl(unix.PR_SET_PDEATHSIG, 0, 0, 0, 0) },
	"dumpable":  func(string) error { return unix.Prctl(unix.PR_SET_DUMPABLE, 1, 0, 0, 0) },
	"threads": func(string) error {
		done := make(chan int)
		for range 20 {
			go func() { _ = unix.Nanosleep(&unix.Timespec{Nsec: 1e6}, nil); done <- 1 }()
		}
		for range 20 {
			<-done
		}
		return nil
	},
}
