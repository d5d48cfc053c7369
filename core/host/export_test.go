package host

import (
	"time"

	"github.com/preau-ent/preau/sdk/ids"
)

// SetPaceForTest shortens the time a module has to start.
func (h *Host) SetPaceForTest(start time.Duration) { h.cfg.Pace.Start = start }

// OpenHandlesForTest counts the calls under way.
func (h *Host) OpenHandlesForTest() int { return h.calls.Len() }

// SetPageTimeForTest shortens the time a page has.
func (h *Host) SetPageTimeForTest(d time.Duration) { h.cfg.Pace.Page = d }

// HoldForTest keeps everybody from dismissing a module's process, until the
// function it returns is called.
func (h *Host) HoldForTest(id ids.ModuleID) (release func()) {
	w := h.worker(id)
	w.mu.Lock()
	return w.mu.Unlock
}

// AsideForTest reports whether a module is known to be put aside, also one that
// is in no catalogue.
func (h *Host) AsideForTest(id ids.ModuleID) bool { return h.keeper.of(id) != nil }

// WithinForTest is within.
var WithinForTest = within
