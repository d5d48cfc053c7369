package confine_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/core/host/process"
)

// surroundings are what an attempt could reach if nothing stopped it.
type surroundings struct {
	foreign                string // a file of somebody else's
	socket, tcp, udp, abst string
	vsock                  string // empty: the machine has none
	pid                    int    // of a process that may be attacked
	scratch                string // a folder in which the unconfined may do what they like
}

func around(t *testing.T) surroundings {
	t.Helper()
	dir := t.TempDir()
	s := surroundings{foreign: filepath.Join(dir, "secret"), scratch: filepath.Join(dir, "scratch")}
	check(t, os.WriteFile(s.foreign, []byte("secret"), 0o600))
	check(t, os.Mkdir(s.scratch, 0o700))
	short, err := os.MkdirTemp("/tmp", "c-")
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(short) })
	listen := func(network, address string) string {
		l, err := net.Listen(network, address)
		check(t, err)
		t.Cleanup(func() { l.Close() })
		return l.Addr().String()
	}
	s.socket = listen("unix", filepath.Join(short, "core.sock"))
	s.tcp = listen("tcp", "127.0.0.1:0")
	s.abst = listen("unix", fmt.Sprintf("@preau-test-%d", os.Getpid()))
	packets, err := net.ListenPacket("udp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { packets.Close() })
	s.udp = packets.LocalAddr().String()
	s.vsock = listenVsock(t)
	sleeper := exec.Command("sleep", "600")
	check(t, sleeper.Start())
	t.Cleanup(func() { sleeper.Process.Kill(); sleeper.Wait() })
	s.pid = sleeper.Process.Pid
	return s
}

// listenVsock listens on the machine's own loopback of virtual sockets.
func listenVsock(t *testing.T) string {
	fd, err := unix.Socket(unix.AF_VSOCK, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return ""
	}
	t.Cleanup(func() { unix.Close(fd) })
	if unix.Bind(fd, &unix.SockaddrVM{CID: unix.VMADDR_CID_LOCAL, Port: unix.VMADDR_PORT_ANY}) != nil || unix.Listen(fd, 1) != nil {
		return ""
	}
	own, err := unix.Getsockname(fd)
	check(t, err)
	return strconv.FormatUint(uint64(own.(*unix.SockaddrVM).Port), 10)
}

// free runs the probe as it is, in a mount namespace of its own: what it mounts
// or names is nobody else's.
type free struct{ process.Direct }

func (free) Command(l process.Launch) (*process.Command, error) {
	c, err := process.Direct{}.Command(l)
	c.SysProcAttr = &syscall.SysProcAttr{Unshareflags: unix.CLONE_NEWNS | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC}
	return c, err
}

// attempt is one thing that a module may try.
type attempt struct {
	try  string
	may  bool // confined, it succeeds
	dead bool // unconfined, it fails here as well, or would do harm: only the confined half is run
}

func attempts(s surroundings, l process.Launch) []attempt {
	pid := strconv.Itoa(s.pid)
	in := func(name string) string { return filepath.Join(l.Data, name) }
	return []attempt{
		// what a module does all day
		{try: "read=" + l.Binary, may: true}, {try: "list=" + l.Folder, may: true}, {try: "executable", may: true},
		{try: "write=" + in("file"), may: true}, {try: "list=" + l.Data, may: true}, {try: "mkdir=" + in("a/b"), may: true},
		{try: "move=" + l.Data, may: true}, {try: "store=" + l.Data, may: true},
		{try: "bind=" + filepath.Join(l.Run, "s"), may: true}, {try: "pair", may: true}, {try: "threads", may: true},
		{try: "read=/proc/self/maps", may: true}, {try: "write=/dev/null", may: true}, {try: "files=3000", may: true},
		// files
		{try: "read=" + s.foreign}, {try: "stat=" + s.foreign}, {try: "list=" + filepath.Dir(s.foreign)}, {try: "list=/"},
		{try: "read=/etc/passwd"}, {try: "list=/proc/" + pid + "/task"}, {try: "read=/proc/" + pid + "/environ"},
		{try: "read=/proc/" + pid + "/maps"}, {try: "list=/proc/" + pid + "/fd"}, {try: "read=/proc/version"},
		{try: "list=/sys"}, {try: "list=/dev"}, {try: "write=/tmp/preau-probe", dead: true},
		{try: "open=" + l.Binary, dead: true}, {try: "chmod=" + l.Binary}, {try: "write=" + filepath.Join(l.Folder, "new")},
		{try: "remove=" + filepath.Join(l.Folder, "new"), dead: true},
		{try: "rename=" + in("file") + "," + l.Binary, dead: true}, {try: "write=/new", dead: true},
		{try: "fifo=" + in("fifo")}, {try: "device=" + in("null")}, {try: "symlink=" + in("link")},
		{try: "hardlink=" + l.Binary + "," + in("hard"), dead: true}, {try: "run=" + in("self")},
		{try: "bind=" + in("s")}, {try: "environment=PREAU_CONFINE_SECRET", dead: true}, {try: "environment=PREAU_LAUNCH", dead: true},
		{try: "descriptor", dead: true}, {try: "oom"},
		// network
		{try: "tcp=" + s.tcp}, {try: "listen"}, {try: "udp=" + s.udp}, {try: "unix=" + s.socket}, {try: "unix=" + s.abst},
		{try: "vsock=" + s.vsock, dead: s.vsock == ""}, {try: "interfaces"},
		{try: fmt.Sprintf("socket=%d,%d", unix.AF_NETLINK, unix.SOCK_RAW)}, {try: fmt.Sprintf("socket=%d,%d", unix.AF_PACKET, unix.SOCK_RAW)},
		{try: fmt.Sprintf("socket=%d,%d", unix.AF_VSOCK, unix.SOCK_STREAM), dead: s.vsock == ""},
		{try: fmt.Sprintf("socket=%d,%d", unix.AF_ALG, unix.SOCK_SEQPACKET), dead: true},
		// processes
		{try: "signal=" + pid}, {try: "attach=" + pid}, {try: "peek=" + pid}, {try: "pidfd=" + pid}, {try: "traceme"},
		{try: "fork"}, {try: "vforkish"}, {try: "clone3"}, {try: "exec=/bin/sh"}, {try: "spawn=/bin/sh"}, {try: "execveat"},
		{try: "renice"}, {try: "setuid"}, {try: "session"}, {try: "deathless"}, {try: "dumpable"},
		// kernel
		{try: "memfd"}, {try: "io_uring"}, {try: "bpf"}, {try: "mount=" + s.scratch}, {try: "remount"}, {try: "umount"}, {try: "pivot"},
		{try: "chroot=" + s.scratch}, {try: "open_tree"}, {try: "fsopen"}, {try: "unshare"}, {try: "unshareuser"}, {try: "setns"},
		{try: "userfault"}, {try: "perf"}, {try: "keyring"}, {try: "module", dead: true}, {try: "hostname"}, {try: "handle"},
		{try: "personality"}, {try: "capability"}, {try: "filter"}, {try: "landlock"}, {try: "realtime"}, {try: "terminal", dead: true}, {try: "ipc"},
		// limits
		{try: "memory=4294967296", may: raced}, {try: "file=8589934592"}, {try: "files=17000", dead: fewFiles()}, {try: "raise", may: raced}, {try: "core"}, {try: "lock"},
	}
}

// TestAttempts makes every attempt confined, where only what a module needs
// succeeds, and unconfined, where it succeeds: so that each refusal is the
// confinement's doing.
func TestAttempts(t *testing.T) {
	t.Setenv("PREAU_CONFINE_SECRET", "1")
	s := around(t)
	inside, outside := launch(t), launch(t)
	prison, unbound := confined(t), attempts(s, outside)
	for i, a := range attempts(s, inside) {
		t.Run(strings.ReplaceAll(a.try, "/", "|"), func(t *testing.T) {
			said, err := run(t, prison, inside, a.try)
			check(t, err)
			if ok := said == ""; ok != a.may {
				t.Errorf("confined: %q, want it to succeed: %v", said, a.may)
			}
			if os.Getuid() != 0 || a.dead {
				return
			}
			if said, err = run(t, free{}, outside, unbound[i].try); err != nil || said != "" {
				t.Errorf("unconfined: %q, %v: the attempt proves nothing", said, err)
			}
		})
	}
}

// fewFiles reports that the machine itself lets nobody open that many.
func fewFiles() bool {
	var l unix.Rlimit
	return unix.Getrlimit(unix.RLIMIT_NOFILE, &l) != nil || l.Max <= 17000
}
