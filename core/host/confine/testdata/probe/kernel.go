package main

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

var kernel = map[string]func(string) error{
	"memfd": func(string) error { _, err := unix.MemfdCreate("x", 0); return err },
	"io_uring": func(string) error {
		var p [120]byte
		return call(unix.SYS_IO_URING_SETUP, 1, uintptr(unsafe.Pointer(&p)))
	},
	"bpf":         func(string) error { return reached(unix.SYS_BPF, 99) },
	"mount":       func(a string) error { return unix.Mount("x", a, "tmpfs", 0, "size=4k") },
	"remount":     func(string) error { return unix.Mount("", "/", "", unix.MS_REMOUNT|unix.MS_BIND, "") },
	"umount":      func(string) error { return reached(unix.SYS_UMOUNT2, 0, 0) },
	"pivot":       func(string) error { return reached(unix.SYS_PIVOT_ROOT, 0, 0) },
	"chroot":      unix.Chroot,
	"open_tree":   func(string) error { _, err := unix.OpenTree(unix.AT_FDCWD, "/", unix.OPEN_TREE_CLONE); return err },
	"fsopen":      func(string) error { _, err := unix.Fsopen("tmpfs", 0); return err },
	"unshare":     func(string) error { return unix.Unshare(unix.CLONE_NEWNS) },
	"unshareuser": func(string) error { return reached(unix.SYS_UNSHARE, unix.CLONE_NEWUSER) }, // a program with threads may not: EINVAL
	"setns":       func(string) error { return reached(unix.SYS_SETNS, ^uintptr(0)) },
	"userfault":   func(string) error { return call(unix.SYS_USERFAULTFD, 1) },
	"perf":        func(string) error { return reached(unix.SYS_PERF_EVENT_OPEN) },
	"keyring":     func(string) error { return reached(unix.SYS_KEYCTL, 0, ^uintptr(2)) },
	"module":      func(string) error { return reached(unix.SYS_FINIT_MODULE, ^uintptr(0)) },
	"hostname":    func(string) error { return unix.Sethostname([]byte("x")) },
	"handle": func(string) error {
		_, _, err := unix.NameToHandleAt(unix.AT_FDCWD, "/", 0)
		return err
	},
	"personality": func(string) error { return call(unix.SYS_PERSONALITY, 0xffffffff) },
	"capability": func(string) error { // something only a capability allows
		return unix.Prctl(unix.PR_CAPBSET_DROP, unix.CAP_SYS_BOOT, 0, 0, 0)
	},
	"filter":   func(string) error { return reached(unix.SYS_SECCOMP, 1, 0, 0) },
	"landlock": func(string) error { return call(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, 1) },
	"realtime": func(string) error { return reached(unix.SYS_SCHED_SETSCHEDULER, 0, 1, 0) },
	"terminal": func(string) error { return reached(unix.SYS_IOCTL, 0, unix.TIOCSTI) },
	"ipc":      func(string) error { return call(unix.SYS_MSGGET, 0, 0o1600) },
	"oom":      func(string) error { return os.WriteFile("/proc/self/oom_score_adj", []byte("0"), 0) },
}
