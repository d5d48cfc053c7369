package confine

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/preau-ent/preau/core/host/process"
)

// A control group's settings, by controller and in the words of the first and
// the second version: memory, at most one processor and the share of it that the
// lowest priority has (niceness counts only within a group), threads. Whoever the
// kernel ends for want of memory takes the rest of the group along: see endTogether
// for the first version.
func settings(memory uint64) map[string][2]map[string]string {
	bytes := strconv.FormatUint(memory, 10)
	threads := strconv.Itoa(maxThreads)
	return map[string][2]map[string]string{
		"memory": {{"memory.limit_in_bytes": bytes}, {"memory.max": bytes, "memory.swap.max": "0", "memory.oom.group": "1"}},
		"cpu":    {{"cpu.cfs_quota_us": "100000", "cpu.shares": "15"}, {"cpu.max": "100000 100000", "cpu.weight": "1"}},
		"pids":   {{"pids.max": threads}, {"pids.max": threads}},
	}
}

// group makes control groups for one process where this process may, and
// returns the files by which it joins them, and what removes them. A machine
// without any is no error: the limits of the process itself hold as well.
func group(l process.Launch) (doors []*os.File, leave func()) {
	var made []string
	var stops []func()
	leave = func() {
		for _, stop := range stops {
			stop()
		}
		for _, dir := range made {
			os.Remove(dir) // empty: its process is no more
		}
	}
	memory := uint64(l.Quotas.Memory)
	if memory == 0 {
		memory = DefaultMemory
	}
	for _, h := range hierarchies() {
		sweep(h.folder)
		dir := filepath.Join(h.folder, groupName+strconv.Itoa(os.Getpid())+"-"+filepath.Base(l.Run))
		if os.Mkdir(dir, 0o755) != nil {
			continue
		}
		made = append(made, dir)
		useful := false
		for controller, of := range settings(memory + slack) {
			if !slices.Contains(h.controllers, controller) {
				continue
			}
			for file, value := range of[h.version-1] {
				useful = write(filepath.Join(dir, file), value) == nil || useful
			}
		}
		if !useful {
			continue
		}
		if h.version == 1 && slices.Contains(h.controllers, "memory") {
			if stop, err := endTogether(dir); err == nil { // else the bound holds, process by process
				stops = append(stops, stop)
			}
		}
		if door, err := os.OpenFile(filepath.Join(dir, "cgroup.procs"), os.O_WRONLY, 0); err == nil {
			doors = append(doors, door)
		}
	}
	return doors, leave
}

const groupName = "preau-"

// write sets an existing file; os.WriteFile would try to make it.
func write(name, value string) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(value)
	return errors.Join(err, f.Close())
}

// sweep removes what a killed core left.
func sweep(folder string) {
	left, err := filepath.Glob(filepath.Join(folder, groupName+"*"))
	if err != nil {
		return // only a bad pattern
	}
	for _, dir := range left {
		pid, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), groupName), "-")
		if n, err := strconv.Atoi(pid); err == nil && syscall.Kill(n, 0) == syscall.ESRCH {
			os.Remove(dir)
		}
	}
}

// hierarchy is a folder of a control group file system in which groups may be made.
type hierarchy struct {
	folder      string
	version     int
	controllers []string
}

// hierarchies lists, for the first version, this process's own group, for the
// second the group above (one that has processes cannot share out) or the root.
func hierarchies() (out []hierarchy) {
	own := ownGroups()
	f, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return nil
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		front, back, _ := strings.Cut(lines.Text(), " - ")
		place, kind := strings.Fields(front), strings.Fields(back)
		if len(place) < 5 || len(kind) < 3 {
			continue
		}
		within := func(group string) string {
			return filepath.Join(place[4], strings.TrimPrefix(group, strings.TrimSuffix(place[3], "/")))
		}
		switch kind[0] {
		case "cgroup":
			for _, c := range []string{"memory", "cpu", "pids"} {
				if slices.Contains(strings.Split(kind[2], ","), c) {
					out = append(out, hierarchy{within(own[c]), 1, []string{c}})
				}
			}
		case "cgroup2":
			folder := within(own[""])
			if own[""] != "/" {
				if folder = filepath.Dir(folder); !delegated(folder) {
					continue
				}
			}
			_ = write(filepath.Join(folder, "cgroup.subtree_control"), "+memory +cpu +pids") // what cannot be is not offered below
			if given, err := os.ReadFile(filepath.Join(folder, "cgroup.subtree_control")); err == nil && len(given) > 1 {
				out = append(out, hierarchy{folder, 2, strings.Fields(string(given))})
			}
		}
	}
	return out
}

// delegated reports whether whoever manages the machine's groups (systemd, with
// Delegate= and DelegateSubgroup=) left this one to the program.
func delegated(folder string) bool {
	for _, mark := range []string{"user.delegate", "trusted.delegate"} {
		var value [1]byte
		if n, err := unix.Getxattr(folder, mark, value[:]); err == nil && n == 1 && value[0] == '1' {
			return true
		}
	}
	return false
}

// ownGroups reads this process's groups by controller; "" is that of the second version.
func ownGroups() map[string]string {
	out := map[string]string{}
	text, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return out
	}
	for line := range strings.Lines(string(text)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) == 3 {
			for _, c := range strings.Split(parts[1], ",") {
				out[c] = parts[2]
			}
		}
	}
	return out
}
