package main

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

const ofProcesses = "attacks on processes"

var onProcesses = []wrong{
	{Name: "environment", Family: ofProcesses, Tries: "looks for the core's secrets in its own environment and in others'", attack: environment},
	{Name: "memory", Family: ofProcesses, Tries: "reads another process's memory", attack: memory},
	{Name: "descriptors", Family: ofProcesses, Tries: "looks for a file that the core has open, among its own descriptors and others'", attack: descriptors},
	{Name: "signal", Family: ofProcesses, Tries: "sends SIGKILL to another process", attack: signals},
	{Name: "ptrace", Family: ofProcesses, Tries: "traces another process", attack: trace},
}

var errNotFound = errors.New("not found")

// victim is the process that the test started to be attacked.
func (a *attacker) victim() int {
	pid, err := strconv.Atoi(a.given("pid"))
	if err != nil || pid < 2 {
		return os.Getpid() // harms only itself
	}
	return pid
}

func (a *attacker) proc(name string) string {
	return "/proc/" + strconv.Itoa(a.victim()) + "/" + name
}

func environment(a *attacker) {
	secret := a.given("secret")
	found := errNotFound
	if strings.Contains(strings.Join(os.Environ(), "\n"), secret) {
		found = nil
	}
	a.try("find the secret in its own environment", found)
	for _, v := range os.Environ() {
		a.Log.Info("environment", "has", v)
	}
	b, err := os.ReadFile(a.proc("environ"))
	if err == nil && !bytes.Contains(b, []byte(secret)) {
		err = errNotFound
	}
	a.try("read another's environment", err)
	b, err = os.ReadFile(a.proc("cmdline"))
	if err == nil && len(b) == 0 {
		err = errNotFound
	}
	a.try("read another's command line", err)
}

func memory(a *attacker) {
	f, err := os.Open(a.proc("mem"))
	if err == nil {
		f.Close()
	}
	a.try("open another's memory", err)
	f, err = os.Open(a.proc("maps"))
	if err == nil {
		_, err = f.Read(make([]byte, 64))
		f.Close()
	}
	a.try("read another's map of memory", err)
	var b [8]byte
	at, _ := strconv.ParseUint(a.given("at"), 0, 64)
	_, err = unix.ProcessVMReadv(a.victim(), []unix.Iovec{{Base: &b[0], Len: 8}}, []unix.RemoteIovec{{Base: uintptr(at), Len: 8}}, 0)
	if errors.Is(err, unix.EFAULT) {
		err = nil // it was let in, only nothing lies there
	}
	a.try("process_vm_readv", err)
}

// descriptors knows the file by its device and inode: it has no name here.
func descriptors(a *attacker) {
	wanted, found := a.given("inode"), errNotFound
	for fd := range 1024 {
		var st unix.Stat_t
		if fd != 0 && unix.Fstat(fd, &st) == nil && strconv.FormatUint(st.Dev, 10)+":"+strconv.FormatUint(st.Ino, 10) == wanted {
			found = nil
		}
	}
	a.try("find the core's file among its own descriptors", found)
	_, err := os.ReadDir(a.proc("fd"))
	a.try("list another's descriptors", err)
	pidfd, err := unix.PidfdOpen(a.victim(), 0)
	if err == nil {
		var fd int
		fd, err = unix.PidfdGetfd(pidfd, 0, 0)
		unix.Close(pidfd)
		if err == nil {
			unix.Close(fd)
		}
	}
	a.try("pidfd_getfd", err)
}

func signals(a *attacker) {
	a.try("kill", syscall.Kill(a.victim(), syscall.SIGTERM))
	a.try("kill as the core", syscall.Kill(a.victim(), syscall.SIGKILL))
	pidfd, err := unix.PidfdOpen(a.victim(), 0)
	if err == nil {
		err = unix.PidfdSendSignal(pidfd, unix.SIGKILL, nil, 0)
		unix.Close(pidfd)
	}
	a.try("pidfd_send_signal", err)
	a.try("lower its priority", syscall.Setpriority(syscall.PRIO_PROCESS, a.victim(), 19))
}

func trace(a *attacker) {
	if a.victim() == os.Getpid() {
		a.try("ptrace", errNotFound)
		return
	}
	err := syscall.PtraceAttach(a.victim())
	if err == nil {
		syscall.PtraceDetach(a.victim())
	}
	a.try("ptrace", err)
}
