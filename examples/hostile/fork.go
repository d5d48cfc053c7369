package main

import (
	"syscall"
	"time"
	"unsafe"
)

// fork makes a copy of this process that does nothing but wait for its end: no
// program is executed, only the one thread that called lives in it. flags are
// those of clone.
//
//go:norace
func fork(flags uintptr, session bool, life time.Duration) (pid uintptr, e syscall.Errno) {
	slice := syscall.Timespec{Nsec: 100e6}
	rounds := int(life / (100 * time.Millisecond))
	pid, _, e = syscall.RawSyscall6(syscall.SYS_CLONE, flags|uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
	if e != 0 || pid != 0 {
		return pid, e
	}
	if session {
		syscall.RawSyscall(syscall.SYS_SETSID, 0, 0, 0)
	}
	for range rounds {
		syscall.RawSyscall(syscall.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&slice)), 0, 0)
	}
	for {
		syscall.RawSyscall(syscall.SYS_EXIT_GROUP, 0, 0, 0)
	}
}
