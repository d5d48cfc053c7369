package inside

import (
	"fmt"
	"unsafe"

	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// secureBits make user 0 of the namespace a user like any other, for good.
const secureBits = 1<<0 | 1<<1 | // no privileges for user 0, locked
	1<<2 | 1<<3 | // none kept or lost by a change of user, locked
	1<<5 | // none kept over a change of user: locked at off
	1<<6 | 1<<7 // no ambient ones, locked

func dropCapabilities(*Plan) error {
	if err := unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); err != nil {
		return fmt.Errorf("ambient: %w", err)
	}
	for c := uintptr(0); ; c++ {
		err := unix.Prctl(unix.PR_CAPBSET_DROP, c, 0, 0, 0)
		if err == unix.EINVAL && c > unix.CAP_AUDIT_READ {
			break // one more than the kernel knows
		}
		if err != nil {
			return fmt.Errorf("bounding set, %d: %w", c, err)
		}
	}
	if err := unix.Prctl(unix.PR_SET_SECUREBITS, secureBits, 0, 0, 0); err != nil {
		return fmt.Errorf("secure bits: %w", err)
	}
	head := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	if err := unix.Capset(&head, &none[0]); err != nil {
		return err
	}
	return unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
}

// What Landlock lets a module do with its own folders. Links, pipes and devices
// are not in it: the core reads these folders too, and follows none.
const (
	look  = ll.AccessFSReadFile | ll.AccessFSReadDir
	write = look | ll.AccessFSWriteFile | ll.AccessFSTruncate | ll.AccessFSRefer |
		ll.AccessFSMakeReg | ll.AccessFSMakeDir | ll.AccessFSRemoveFile | ll.AccessFSRemoveDir
	device = ll.AccessFSReadFile | ll.AccessFSWriteFile
)

// fence is Landlock: a second wall behind the mounts, of what the kernel offers.
func fence(p *Plan) error {
	rules := []landlock.Rule{
		landlock.PathAccess(ll.AccessFSExecute|ll.AccessFSReadFile, p.Binary),
		landlock.PathAccess(look, "/proc"),
	}
	for _, m := range p.Mounts {
		rights := landlock.AccessFSSet(look)
		switch {
		case m.Device:
			rights = device
		case m.Write:
			rights = write
		case m.File:
			rights = ll.AccessFSReadFile
		case m.Exec:
			rights |= ll.AccessFSExecute
		}
		if m.Socket {
			rights |= ll.AccessFSMakeSock
		}
		rules = append(rules, landlock.PathAccess(rights, m.Path))
	}
	abi, err := ll.LandlockGetABIVersion()
	if err != nil || abi < 2 {
		return fmt.Errorf("the kernel offers none (version %d; needed: 2, Linux 5.19; listed in /sys/kernel/security/lsm?)", abi)
	}
	return landlock.V7.BestEffort().Restrict(rules...)
}

// filterCalls lets the thread make no system call but those of the filter.
func filterCalls(p *Plan) error {
	if len(p.Filter) == 0 || len(p.Filter)%8 != 0 {
		return fmt.Errorf("no filter")
	}
	program := unix.SockFprog{Len: uint16(len(p.Filter) / 8), Filter: (*unix.SockFilter)(unsafe.Pointer(&p.Filter[0]))}
	_, _, e := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&program)))
	if e != 0 {
		return e
	}
	return nil
}
