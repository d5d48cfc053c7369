package host

import (
	"github.com/preau-ent/preau/core/host/process"
	"github.com/preau-ent/preau/sdk/manifest"
)

// maxHeld is how many calls wait while another version takes over.
const maxHeld = maxPages + queuePages

// sibling is the worker of another version of the same module. Its log, its gate
// and its places go on; its crashes are its own. Until it is released its process
// has nothing to ask of the core.
func (w *worker) sibling(e *entry) *worker {
	next := newWorker(w.host, e)
	next.lines, next.way, next.trend, next.gate = w.lines, w.way, w.trend, w.gate
	next.calls, next.pages, next.streams = w.calls, w.pages, w.streams
	next.released.Store(false)
	return next
}

// adopt supervises a process that runs already, and lets it ask things.
func (w *worker) adopt(p *process.Process) {
	w.recalled.Do(func() {}) // it serves: nothing is held against it
	w.released.Store(true)
	w.adopted.Store(p)
	w.hire()
}

// hold keeps everybody from hiring, or lets them again.
func (w *worker) hold(on bool) {
	w.state.Lock()
	defer w.state.Unlock()
	w.held = on
}

// may says what the process may ask of the core now.
func (w *worker) may(c manifest.Capability) bool { return w.released.Load() && w.entry.may(c) }
