package host

import "time"

// SetPaceForTest shortens the time a module has to start.
func (h *Host) SetPaceForTest(start time.Duration) { h.cfg.Pace.Start = start }

// OpenHandlesForTest counts the calls under way.
func (h *Host) OpenHandlesForTest() int { return h.calls.Len() }

// SetPageTimeForTest shortens the time a page has.
func (h *Host) SetPageTimeForTest(d time.Duration) { h.cfg.Pace.Page = d }
