package host

import (
	"fmt"
	"sync"
	"time"

	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
)

const (
	keptSamples   = 360       // of each module: half an hour at a ping every five seconds
	defaultMemory = 512 << 20 // bytes that a process may hold when its manifest says nothing
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
	use, err := measure(p.PID(), w.entry.tier() == manifest.TierContainer)
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
