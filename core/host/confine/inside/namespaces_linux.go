package inside

import (
	"fmt"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// Namespaces are what every launcher acts in, as user 0 of its own.
func Namespaces() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{
		Cloneflags: unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWNET |
			unix.CLONE_NEWIPC | unix.CLONE_NEWUTS | unix.CLONE_NEWCGROUP,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
}

// bear makes the launcher in its namespaces, the core's child like this process,
// hands it every descriptor below the one of this number, writes its number there
// and ends.
func bear(descriptor string) {
	last, err := strconv.Atoi(descriptor)
	if err != nil {
		give("descriptors", err)
	}
	if err := unix.CloseRange(uint(last), ^uint(0), unix.CLOSE_RANGE_CLOEXEC); err != nil {
		give("descriptors", err)
	}
	awaits, known, err := os.Pipe()
	if err != nil {
		give("descriptors", err)
	}
	files := make([]uintptr, last)
	for fd := range files {
		files[fd] = uintptr(fd)
	}
	attr := Namespaces()
	attr.Cloneflags |= unix.CLONE_PARENT
	attr.Setpgid = true // one signal reaches it and its descendants
	pid, err := syscall.ForkExec("/proc/self/exe", []string{Name}, &syscall.ProcAttr{Env: os.Environ(), Files: append(files, awaits.Fd()), Sys: attr})
	if err != nil {
		give("namespaces", err)
	}
	if _, err := fmt.Fprint(os.NewFile(uintptr(last), "heir"), pid); err != nil {
		give("descriptors", err)
	}
	if _, err := known.Write([]byte{1}); err != nil {
		give("descriptors", err)
	}
	os.Exit(0)
}

// await waits until whoever bore this process has told the core its number: one
// that the core does not know of, and so could not end, does not become a module.
func await(p *Plan) error {
	if p.Built { // it is whom the core started, or a runner in its place, that bore it
		return nil
	}
	birth := os.NewFile(uintptr(JoinFD+p.Joins), "birth")
	if _, err := birth.Read(make([]byte, 1)); err != nil {
		return fmt.Errorf("nobody knows of this process: %w", err)
	}
	return birth.Close()
}
