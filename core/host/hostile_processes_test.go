package host_test

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

const noNetwork = "its network namespace holds nothing; the filter of system calls allows Unix sockets only"

var networkTrials = []trial{
	{name: "tcp", stops: noNetwork, sees: "the listener hears nothing: `0 heard`; `function not implemented`",
		do: func(y *yard) { y.unheard("tcp", "tcp", "127.0.0.1:0") }},
	{name: "udp", stops: noNetwork, sees: "the listener hears nothing: `0 heard`; `function not implemented`",
		do: func(y *yard) { y.unheard("udp", "udp", "127.0.0.1:0") }},
	{name: "vsock", stops: "the filter of system calls: a network namespace does not cover it", sees: "`function not implemented`",
		do: func(y *yard) { y.repelled(nil) }},
	{name: "abstract", stops: "its network namespace has abstract names of its own, Landlock besides", sees: "the listener hears nothing: `0 heard`",
		do: func(y *yard) { y.unheard("abstract", "unix", "@preau-test-"+strconv.Itoa(os.Getpid())) }},
	{name: "core-socket", stops: "its mount namespace does not show the socket", sees: "`0 heard`: `no such file or directory` or permission denied",
		do: func(y *yard) { y.unheard("socket", "unix", filepath.Join(y.run, "preau.sock")) }},
	{name: "neighbour-socket", stops: "its mount namespace shows its own sockets only", sees: "each attempt: `no such file or directory` or permission denied",
		do: func(y *yard) {
			sockets := y.sockets()
			if len(sockets) < 2 {
				y.t.Fatalf("the test found no sockets: %v", sockets)
			}
			got := 0
			for _, a := range y.attack(url.Values{"socket": sockets}) {
				if a.Got { // its own are among them
					got++
				}
			}
			if own := len(sockets) / 2; got > own {
				y.t.Errorf("it reached %d sockets of %v, its own are %d", got, sockets, own)
			}
		}},
	{name: "odd-sockets", stops: "the filter of system calls", sees: "`function not implemented`", do: func(y *yard) { y.repelled(nil) }},
}

// sockets lists every socket of both modules, seen from outside.
func (y *yard) sockets() (out []string) {
	all, _ := filepath.Glob(filepath.Join(y.run, "*", "*"))
	for _, path := range all {
		if info, err := os.Lstat(path); err == nil && info.Mode()&os.ModeSocket != 0 {
			out = append(out, path)
		}
	}
	return out
}

// unheard listens on an address of the test's own and has the module try it.
func (y *yard) unheard(given, network, address string) {
	y.t.Helper()
	address, heard := listen(y, network, address)
	y.repelled(url.Values{given: {address}})
	if n := heard(); n != 0 {
		y.t.Errorf("the listener heard %d words", n)
	}
}

// listen counts what reaches an address of this machine.
func listen(y *yard, network, address string) (string, func() int64) {
	y.t.Helper()
	var n atomic.Int64
	heard := func() int64 { y.note("%d heard", n.Load()); return n.Load() }
	if network == "udp" {
		l, err := net.ListenPacket(network, address)
		check(y.t, err)
		y.t.Cleanup(func() { l.Close() })
		go func() {
			for b := make([]byte, 64); ; {
				if _, _, err := l.ReadFrom(b); err != nil {
					return
				}
				n.Add(1)
			}
		}()
		return l.LocalAddr().String(), heard
	}
	l, err := net.Listen(network, address)
	check(y.t, err)
	y.t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			n.Add(1)
			go func() {
				io.Copy(io.Discard, c) // to the end, or what was said would not be heard
				c.Close()
			}()
		}
	}()
	return l.Addr().String(), heard
}

const noProcess = "its process namespace shows no process but its own"

var processTrials = []trial{
	{name: "environment", stops: "the environment is made for it: nothing of the core's; " + noProcess, sees: "its own environment lacks it: `not found`",
		do: func(y *yard) {
			d := y.decoy()
			y.repelled(url.Values{"pid": {d.id()}, "secret": {d.secret}})
			if strings.Contains(y.evidence(), "PATH=") {
				y.t.Error("the core's environment is in the module's")
			}
		}},
	{name: "memory", stops: noProcess + "; no trace of others, by filter", sees: "`no such file or directory`, `function not implemented`",
		do: func(y *yard) { y.repelled(url.Values{"pid": {y.decoy().id()}}) }},
	{name: "descriptors", stops: "the launcher closes what is not the module's; " + noProcess, sees: "`not found`",
		do: func(y *yard) {
			y.repelled(url.Values{"pid": {y.decoy().id()}, "inode": {stray(y)}})
		}},
	{name: "signal", stops: noProcess + "; Landlock confines signals to its own", sees: "the other process lives: `alive`",
		do: func(y *yard) {
			d := y.decoy()
			y.repelled(url.Values{"pid": {d.id()}})
			if err := d.Process.Signal(syscall.Signal(0)); err != nil {
				y.t.Errorf("the other process: %v", err)
			}
			y.note("alive")
		}},
	{name: "ptrace", stops: "the filter of system calls; " + noProcess, sees: "`function not implemented`",
		do: func(y *yard) { y.repelled(url.Values{"pid": {y.decoy().id()}}) }},
}

// decoy is a process of the same user, with a secret in its environment, for
// the module to attack.
type decoy struct {
	*exec.Cmd
	secret string
}

func (d *decoy) id() string { return strconv.Itoa(d.Process.Pid) }

func (y *yard) decoy() *decoy {
	y.t.Helper()
	d := &decoy{Cmd: exec.Command("sleep", "120"), secret: "secret-" + strconv.Itoa(os.Getpid())}
	d.Env = []string{"PREAU_SECRET=" + d.secret}
	check(y.t, d.Start())
	y.t.Cleanup(func() { d.Process.Kill(); d.Wait() })
	return d
}

// stray opens a file of the core's that every child inherits unless somebody
// closes it, restarts the module, and returns what the file is known by.
func stray(y *yard) string {
	y.t.Helper()
	fd, err := syscall.Open(y.secret(), syscall.O_RDONLY, 0) // not closed on exec
	check(y.t, err)
	y.t.Cleanup(func() { syscall.Close(fd) })
	y.widget(victim, "exit")
	y.restarted()
	var st syscall.Stat_t
	check(y.t, syscall.Fstat(fd, &st))
	return fmt.Sprintf("%d:%d", st.Dev, st.Ino)
}
