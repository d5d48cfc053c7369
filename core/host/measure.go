package host

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/prometheus/procfs"
	"golang.org/x/sys/unix"
)

const mostProcesses = 64 // of a module that are looked at

// usage is what a process and its descendants take.
type usage struct {
	rss    uint64 // resident, in bytes
	held   uint64 // of it what the kernel cannot take back: not the files of a store that is mapped
	shared uint64 // of that what the largest of them shares: the others have the same
	fds    int
	files  map[uint64]uint64 // in memory, by inode: what each takes
}

// measure looks at a process and those that descend from it; it fails when the
// first is gone. Files in memory are counted where they may be: a runner with a
// kernel of its own keeps there what the module holds, and maps little of it.
func measure(pid int, files bool) (usage, error) {
	var sum usage
	if files {
		sum.files = map[uint64]uint64{}
	}
	all := []int{pid}
	for i := 0; i < len(all) && i < mostProcesses; i++ {
		p, err := procfs.NewProc(all[i])
		if err == nil {
			err = sum.add(p)
		}
		if err != nil {
			if i == 0 {
				return usage{}, err
			}
			continue
		}
		all = append(all, children(all[i])...)
	}
	sum.rss = max(sum.rss, sum.held)
	return sum, nil
}

func (u *usage) add(p procfs.Proc) error {
	s, err := p.NewStatus()
	if err != nil {
		return err
	}
	u.rss += s.VmRSS
	shared := max(u.shared, s.RssShmem)
	if u.files != nil {
		u.addFiles(p.PID)
		total := uint64(0)
		for _, size := range u.files {
			total += size
		}
		shared = max(shared, total)
	}
	u.held += s.RssAnon + shared - u.shared
	u.shared = shared
	if n, err := p.FileDescriptorsLen(); err == nil { // may be hidden from us
		u.fds += n
	}
	return nil
}

// addFiles notes the files in memory that a process has open, mapped or not; those of
// one that may not be looked at are left out.
func (u *usage) addFiles(pid int) {
	folder := fmt.Sprintf("/proc/%d/fd", pid)
	open, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, f := range open {
		name := filepath.Join(folder, f.Name())
		if target, err := os.Readlink(name); err != nil || !strings.HasPrefix(target, "/memfd:") {
			continue
		}
		var s unix.Stat_t
		if unix.Stat(name, &s) == nil {
			u.files[s.Ino] = uint64(s.Blocks) * 512
		}
	}
}

// children lists the processes that this one began and that still are.
func children(pid int) (out []int) {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid)) // the pattern is right
	for _, l := range lists {
		text, err := os.ReadFile(l)
		if err != nil {
			continue
		}
		for _, word := range strings.Fields(string(text)) {
			if n, err := strconv.Atoi(word); err == nil {
				out = append(out, n)
			}
		}
	}
	return out
}
