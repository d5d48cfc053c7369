package main

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

const ofKernel = "attacks on the kernel"

var onKernel = []wrong{
	{Name: "exec", Family: ofKernel, Tries: "executes a shell, its own program and a file it wrote", attack: execute},
	{Name: "memfd", Family: ofKernel, Tries: "makes a program in memory, without a file", attack: memfd},
	{Name: "io-uring", Family: ofKernel, Tries: "opens io_uring, which goes around filters of system calls", attack: ioUring},
	{Name: "bpf", Family: ofKernel, Tries: "loads a program into the kernel", attack: bpf},
	{Name: "mount", Family: ofKernel, Tries: "mounts over its folder, and changes the root", attack: mount},
	{Name: "unshare", Family: ofKernel, Tries: "makes namespaces of its own to be root there", attack: namespaces},
	{Name: "odd-calls", Family: ofKernel, Tries: "uses keyrings, performance counters, userfaultfd and kernel modules", attack: oddCalls},
}

// call notes one system call as an attempt. It got through when the kernel's own
// code was reached, whatever that said of the arguments.
func (a *attacker) call(name string, number uintptr, args ...uintptr) uintptr {
	var v [6]uintptr
	copy(v[:], args)
	r, _, e := syscall.Syscall6(number, v[0], v[1], v[2], v[3], v[4], v[5])
	switch e {
	case syscall.EPERM, syscall.EACCES, syscall.ENOSYS:
		a.try(name, e)
	default:
		a.try(name, nil)
	}
	if e != 0 {
		return ^uintptr(0)
	}
	return r
}

// execute would run programs that end at once.
func execute(a *attacker) {
	run := func(what, path string, args ...string) {
		p, err := os.StartProcess(path, append([]string{path}, args...), &os.ProcAttr{})
		if err == nil {
			var state *os.ProcessState
			if state, err = p.Wait(); err == nil && state.ExitCode() == 127 {
				err = syscall.ENOEXEC
			}
		}
		a.try("execute "+what, err)
	}
	run("a shell", "/bin/sh", "-c", "exit 0")
	if exe, err := os.Executable(); err == nil {
		run("its own program", exe, "catalogue")
	}
	script := filepath.Join(os.Getenv("HOME"), "script")
	os.WriteFile(script, []byte("#!/bin/sh\nexit 0\n"), 0o700)
	run("a file it wrote", script)
}

func memfd(a *attacker) {
	fd, err := unix.MemfdCreate("x", unix.MFD_CLOEXEC)
	a.try("memfd_create", err)
	if err == nil {
		unix.Close(fd)
	}
}

func ioUring(a *attacker) {
	var params [120]byte
	if fd := a.call("io_uring_setup", unix.SYS_IO_URING_SETUP, 1, uintptr(unsafe.Pointer(&params))); int(fd) >= 0 {
		unix.Close(int(fd))
	}
}

// last reports whether the last attempt got through.
func (a *attacker) last() bool { return a.Attempts[len(a.Attempts)-1].Got }

// bpf asks for the smallest map there is, which an allowed caller gets.
func bpf(a *attacker) {
	attr := [18]uint32{2, 4, 4, 1} // an array of one entry
	if fd := a.call("bpf", unix.SYS_BPF, 0, uintptr(unsafe.Pointer(&attr)), unsafe.Sizeof(attr)); int(fd) >= 0 {
		unix.Close(int(fd))
	}
}

// mount refuses to try where the test did not say that the mounts are its own:
// an unconfined process really mounts.
func mount(a *attacker) {
	if a.given("mounts") != "own" {
		a.try("mount", errNotFound)
		return
	}
	home := os.Getenv("HOME")
	a.try("mount", syscall.Mount("tmpfs", home, "tmpfs", 0, "size=64k"))
	if a.last() {
		syscall.Unmount(home, syscall.MNT_DETACH)
	}
	a.try("bind", syscall.Mount("/", home, "", syscall.MS_BIND, ""))
	if a.last() {
		syscall.Unmount(home, syscall.MNT_DETACH)
	}
	a.try("unmount", syscall.Unmount("/", syscall.MNT_DETACH|unix.UMOUNT_NOFOLLOW))
	a.try("pivot_root", syscall.PivotRoot(home, home))
	fd, err := unix.Fsopen("tmpfs", unix.FSOPEN_CLOEXEC)
	if err == nil {
		unix.Close(fd)
	}
	a.try("fsopen", err)
	fd, err = unix.OpenTree(unix.AT_FDCWD, home, unix.OPEN_TREE_CLONE)
	if err == nil {
		unix.Close(fd)
	}
	a.try("open_tree", err)
	a.try("chroot", syscall.Chroot(home))
}

func namespaces(a *attacker) {
	for _, ns := range []struct {
		name string
		flag uintptr
	}{{"user", syscall.CLONE_NEWUSER}, {"mount", syscall.CLONE_NEWNS}, {"network", syscall.CLONE_NEWNET}, {"process", syscall.CLONE_NEWPID}} {
		pid, e := fork(ns.flag, false, 0)
		var err error
		if e != 0 {
			err = e
		} else {
			var status syscall.WaitStatus
			syscall.Wait4(int(pid), &status, 0, nil)
		}
		a.try("clone into a "+ns.name+" namespace", err)
	}
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // ends with the goroutine
		done <- syscall.Unshare(syscall.CLONE_NEWNET)
	}()
	a.try("unshare", <-done)
	f, err := os.Open("/proc/1/ns/net")
	if err == nil {
		err = unix.Setns(int(f.Fd()), 0)
		f.Close()
	}
	a.try("setns", err)
}

// oddCalls are calls that no module needs, each with arguments that change
// nothing.
func oddCalls(a *attacker) {
	a.call("keyctl", unix.SYS_KEYCTL, 0, ^uintptr(2), 0) // the session keyring's number
	attr := [32]uint32{1, 128}                           // the processor's clock, of this process
	if fd := a.call("perf_event_open", unix.SYS_PERF_EVENT_OPEN, uintptr(unsafe.Pointer(&attr)), 0, ^uintptr(0), ^uintptr(0)); int(fd) >= 0 {
		unix.Close(int(fd))
	}
	if fd := a.call("userfaultfd", unix.SYS_USERFAULTFD, 1|unix.O_CLOEXEC); int(fd) >= 0 {
		unix.Close(int(fd))
	}
	a.call("adjtimex", unix.SYS_ADJTIMEX, 0)
	a.call("syslog", unix.SYS_SYSLOG, 10)
	a.call("delete_module", unix.SYS_DELETE_MODULE, uintptr(unsafe.Pointer(&[]byte("no_such_module\x00")[0])), 0)
	a.call("quotactl", unix.SYS_QUOTACTL, 0)
	a.call("open_by_handle_at", unix.SYS_OPEN_BY_HANDLE_AT, ^uintptr(0), 0, 0)
}
