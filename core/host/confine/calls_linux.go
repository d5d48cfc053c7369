package confine

import (
	"github.com/elastic/go-seccomp-bpf"
	"golang.org/x/sys/unix"
)

// calls are the system calls that a module may make on every processor: what a
// static Go program and CPython with grpc need to compute, keep files and serve
// Unix sockets. Whatever is not here does not exist for it: no new namespace or
// mount, no process, no look into another process, no keyring, no file without
// a name, no second way to make calls.
var calls = []string{
	// memory
	"brk", "madvise", "membarrier", "mincore", "mmap", "mprotect", "mremap", "msync", "munmap",
	// files
	"chdir", "close", "close_range", "copy_file_range", "dup", "dup3", "faccessat", "faccessat2", "fadvise64",
	"fallocate", "fchdir", "fchmod", "fchmodat", "fcntl", "fdatasync", "flock", "fstat", "fstatfs", "fsync",
	"ftruncate", "getcwd", "getdents64", "linkat", "lseek", "mkdirat", "openat", "openat2", "pipe2",
	"pread64", "preadv", "preadv2", "pwrite64", "pwritev", "pwritev2", "read", "readlinkat", "readv",
	"renameat", "renameat2", "sendfile", "splice", "statfs", "statx", "sync_file_range", "syncfs",
	"truncate", "umask", "unlinkat", "utimensat", "write", "writev",
	// waiting
	"clock_getres", "clock_gettime", "clock_nanosleep", "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_pwait2",
	"eventfd2", "futex", "getitimer", "nanosleep", "ppoll", "pselect6", "setitimer", "timer_create", "timer_delete",
	"timer_getoverrun", "timer_gettime", "timer_settime", "timerfd_create", "timerfd_gettime", "timerfd_settime",
	// sockets that are there
	"accept", "accept4", "bind", "connect", "getpeername", "getsockname", "getsockopt", "listen", "recvfrom",
	"recvmmsg", "recvmsg", "sendmmsg", "sendmsg", "sendto", "setsockopt", "shutdown",
	// itself
	"capget", "execve", "exit", "exit_group", "get_robust_list", "getcpu", "getegid", "geteuid", "getgid", "getgroups",
	"getpgid", "getpid", "getppid", "getpriority", "getrandom", "getresgid", "getresuid", "getrlimit", "getrusage",
	"getsid", "gettid", "gettimeofday", "getuid", "kill", "prlimit64", "restart_syscall", "rseq", "rt_sigaction",
	"rt_sigpending", "rt_sigprocmask", "rt_sigqueueinfo", "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait",
	"rt_tgsigqueueinfo", "sched_get_priority_max", "sched_get_priority_min", "sched_getaffinity", "sched_getparam",
	"sched_getscheduler", "sched_yield", "set_robust_list", "set_tid_address", "setrlimit", "sigaltstack",
	"signalfd4", "sysinfo", "tgkill", "times", "tkill", "uname", "wait4", "waitid",
}

// older are the calls that only the older processor has: the same under names
// that newer kernels do without.
var older = []string{
	"access", "alarm", "arch_prctl", "chmod", "creat", "dup2", "epoll_create", "epoll_wait", "eventfd", "getdents",
	"getpgrp", "link", "lstat", "mkdir", "newfstatat", "open", "pause", "pipe", "poll", "readlink", "rename", "rmdir",
	"select", "signalfd", "stat", "time", "unlink", "utime", "utimes",
}

// named are the calls that the processors name differently.
var named = map[string][]string{"amd64": older, "arm64": {"fstatat"}}

// requests on descriptors that package unix has no names for.
const fionbio, fioclex, fionclex = 0x5421, 0x5451, 0x5450

// argued are the calls that depend on one argument.
var argued = func() (out []seccomp.NameWithConditions) {
	for _, c := range []struct {
		name     string
		argument uint32
		op       seccomp.Operation
		values   []uint64
	}{
		{"socket", 0, seccomp.Equal, []uint64{unix.AF_UNIX}},
		{"socketpair", 0, seccomp.Equal, []uint64{unix.AF_UNIX}},
		{"clone", 0, seccomp.BitsSet, []uint64{unix.CLONE_THREAD}}, // a thread; clone3, which hides its flags, is missing
		{"ioctl", 1, seccomp.Equal, []uint64{unix.TCGETS, unix.TIOCGWINSZ, unix.TIOCINQ, fionbio, fioclex, fionclex}},
		{"prctl", 0, seccomp.Equal, []uint64{unix.PR_SET_NAME, unix.PR_GET_NAME, unix.PR_SET_VMA, unix.PR_GET_DUMPABLE,
			unix.PR_GET_NO_NEW_PRIVS, unix.PR_GET_SECCOMP, unix.PR_CAPBSET_READ}},
	} {
		for _, v := range c.values {
			out = append(out, seccomp.NameWithConditions{Name: c.name, Conditions: seccomp.ArgumentConditions{
				{Argument: c.argument, Operation: c.op, Value: v}}})
		}
	}
	return out
}()
