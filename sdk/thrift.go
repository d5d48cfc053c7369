package sdk

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/sdk/wire"
)

// unhurried lets the heap of a busy module grow: collecting a heap of two
// megabytes at every other request cost more than all the rest of a page. What
// it took is given back when the module idles. The environment's own setting
// wins.
func unhurried() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

// thriftyModule is a runtime that makes itself small whenever nothing was asked
// between two pings of the core: first after its start, which must not wait for
// that.
type thriftyModule struct {
	*Runtime
	seen    atomic.Int64 // calls at the last ping
	settled atomic.Int64 // calls when it last made itself small, and one; 0: never did
}

// Ping implements wire.ModuleServer.
func (m *thriftyModule) Ping(ctx context.Context, in *wire.PingRequest) (*wire.PingResponse, error) {
	n := m.calls.Load()
	if m.seen.Swap(n) == n && m.settled.Swap(n+1) != n+1 {
		settle()
	}
	return m.Runtime.Ping(ctx, in)
}

// settle gives back what only the start needed: the garbage, and the pages of
// the executable that no one reads again (two thirds of an idle module). The
// system brings back what is read after all, without going to the disk.
func settle() {
	debug.FreeOSMemory()
	exe, err := os.Executable()
	if err != nil {
		return // then the pages stay
	}
	f, err := os.Open("/proc/self/maps")
	if err != nil {
		return
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		from, to, ok := readOnly(lines.Text(), exe)
		if ok {
			_, _, _ = unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_DONTNEED) // advice may be refused
		}
	}
}

// readOnly reads a line of /proc/self/maps and reports whether it is a part of
// the file that cannot have been written to since.
func readOnly(line, file string) (from, to uintptr, ok bool) {
	if !strings.HasSuffix(line, " "+file) {
		return 0, 0, false
	}
	var perms string
	if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &perms); err != nil {
		return 0, 0, false
	}
	return from, to, perms == "r--p" || perms == "r-xp"
}
