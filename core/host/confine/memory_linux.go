package confine

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// The kernel tells that a group has no memory left before it ends somebody for
// it, and tells also when it is the group above that has none and the end is
// another's: after its word the count of the ended is looked at for a while.
const (
	lookAgain = 20 * time.Millisecond
	lookUntil = 10 * time.Second
)

// endTogether has all of a group of the first version end once the kernel ended
// one of its processes for want of memory, as memory.oom.group does in the second:
// of a container without its kernel the runner may be left, which answers nobody.
// stop comes before the group is removed.
func endTogether(dir string) (stop func(), err error) {
	fd, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err != nil {
		return nil, err
	}
	event := os.NewFile(uintptr(fd), "memory used up")
	if err := register(dir, fd); err != nil {
		return nil, errors.Join(err, event.Close())
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		if awaitVictim(event, dir) {
			endGroup(filepath.Join(dir, "cgroup.procs"))
		}
	}()
	return func() { event.Close(); <-over }, nil
}

// register has the kernel count up an eventfd whenever the group's memory is used
// up.
func register(dir string, event int) error {
	control, err := os.Open(filepath.Join(dir, "memory.oom_control"))
	if err != nil {
		return err
	}
	defer control.Close()
	return write(filepath.Join(dir, "cgroup.event_control"), fmt.Sprintf("%d %d", event, control.Fd()))
}

// awaitVictim returns true once a process of the group was ended, false when event
// is closed.
func awaitVictim(event *os.File, dir string) bool {
	var until time.Time
	for count := make([]byte, 8); ; {
		switch _, err := event.Read(count); {
		case err == nil:
			until = time.Now().Add(lookUntil)
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return false
		}
		now := time.Now()
		var next time.Time // none
		switch {
		case victims(dir) > 0:
			return true
		case now.Before(until):
			next = now.Add(lookAgain)
		}
		if event.SetReadDeadline(next) != nil {
			return false
		}
	}
}

// victims counts the processes of the group that the kernel ended for want of
// memory.
func victims(dir string) int {
	text, err := os.ReadFile(filepath.Join(dir, "memory.oom_control"))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if count, found := strings.CutPrefix(line, "oom_kill "); found {
			n, _ := strconv.Atoi(strings.TrimSpace(count))
			return n
		}
	}
	return 0
}

// endGroup kills every process of a group; none is left that could make another.
// A number that went to a process elsewhere meanwhile is not met.
func endGroup(procs string) {
	killed := map[int]bool{}
	for fresh := true; fresh; {
		fresh = false
		for _, pid := range members(procs) {
			if killed[pid] {
				continue
			}
			killed[pid], fresh = true, true
			fd, err := unix.PidfdOpen(pid, 0)
			if err != nil {
				continue // it is gone
			}
			if slices.Contains(members(procs), pid) {
				_ = unix.PidfdSendSignal(fd, unix.SIGKILL, nil, 0) // an error: it is gone
			}
			unix.Close(fd)
		}
	}
}

// members lists the processes of a group that have a number here.
func members(procs string) (out []int) {
	text, err := os.ReadFile(procs)
	if err != nil {
		return nil
	}
	for _, word := range strings.Fields(string(text)) {
		if n, err := strconv.Atoi(word); err == nil && n > 1 {
			out = append(out, n)
		}
	}
	return out
}
