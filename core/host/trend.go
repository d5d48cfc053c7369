package host

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/procfs"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/ids"
)

const (
	keptSamples   = 360       // of each module: half an hour at a ping every five seconds
	defaultMemory = 512 << 20 // bytes that a process may hold when its manifest says nothing
	mostProcesses = 64        // of a module that are looked at
)

// Sample is what a module's process took of the machine at one moment.
type Sample struct {
	At       time.Time
	RSS      int64 // resident memory in bytes, with files that are mapped
	FDs      int   // open descriptors; 0: not known
	Restarts int   // since the core started
}

// Trend returns how a module's process went on, oldest first; nothing when it
// never ran.
func (h *Host) Trend(id ids.ModuleID) []Sample {
	if w := h.worker(id); w != nil {
		return w.trend.all()
	}
	return nil
}

// trend keeps the last samples of a module, over all its processes.
type trend struct {
	mu   sync.Mutex
	list []Sample // oldest first
}

// add keeps a sample, unless the last one is younger than apart.
func (t *trend) add(s Sample, apart time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.list); n > 0 && s.At.Sub(t.list[n-1].At) < apart {
		return
	}
	if len(t.list) == keptSamples {
		t.list = append(t.list[:0], t.list[1:]...)
	}
	t.list = append(t.list, s)
}

func (t *trend) all() []Sample {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]Sample(nil), t.list...)
}

// look takes a sample of the process, from the host's side. One that holds more
// memory than it may is an error: where no cgroup does it, the host does.
func (w *worker) look(p *process.Process) error {
	use, err := measure(p.PID())
	if err != nil {
		return nil // it ended just now: its supervisor knows
	}
	now := Sample{At: time.Now(), RSS: int64(use.rss), FDs: use.fds}
	if s := w.supervisor(); s != nil {
		now.Restarts = s.Status().Restarts
	}
	w.latest.Store(&now)
	apart := w.host.cfg.Pace.Ping - w.host.cfg.Pace.Ping/10
	most := w.memory()
	if use.held > most {
		apart = 0 // the last one, which says why
	}
	w.trend.add(now, apart)
	if use.held > most {
		return fmt.Errorf("held %d MiB of memory, may hold %d MiB: killed", use.held>>20, most>>20)
	}
	return w.disk.look(w.config().Data, quota(w.entry.manifest.Quotas))
}

// memory is how much the process may hold, in bytes.
func (w *worker) memory() uint64 {
	if m := w.entry.manifest.Quotas.Memory; m > 0 {
		return uint64(m)
	}
	return defaultMemory
}

// usage is what a process and its descendants take.
type usage struct {
	rss    uint64 // resident, in bytes
	held   uint64 // of it what the kernel cannot take back: not the files of a store that is mapped
	shared uint64 // of that what the largest of them shares: the others have the same
	fds    int
}

// measure looks at a process and those that descend from it; it fails when the
// first is gone.
func measure(pid int) (usage, error) {
	var sum usage
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
	return sum, nil
}

func (u *usage) add(p procfs.Proc) error {
	s, err := p.NewStatus()
	if err != nil {
		return err
	}
	u.rss += s.VmRSS
	u.held += s.RssAnon + max(u.shared, s.RssShmem) - u.shared
	u.shared = max(u.shared, s.RssShmem)
	if n, err := p.FileDescriptorsLen(); err == nil { // may be hidden from us
		u.fds += n
	}
	return nil
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
