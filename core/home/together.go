package home

import (
	"time"

	"github.com/preau-ent/preau/core/host"
)

// together is a page as it was put together last, and what each of its slots
// showed then, those with nothing to say included.
type together struct {
	page *Composed
	all  []Placed
}

// again returns the page as it was put together last, nil when any of its copies
// is no longer what would be shown: whoever comes back within a moment costs no
// look-up of copies.
func (s *Service) again(c host.Caller, p *plan) *Composed {
	last := p.last.Load()
	if last == nil {
		return nil
	}
	now := s.cfg.Now()
	for i := range p.slots {
		if at := &p.slots[i]; at.settled == nil && !s.fresh(c, at, last.all[i].Copy, now) {
			return nil
		}
	}
	return last.page
}

// fresh reports whether a copy of a slot may still be shown.
func (s *Service) fresh(c host.Caller, at *slot, copy *Copy, now time.Time) bool {
	return now.Before(copy.until) && !s.marks.stale(at.placement.Widget, c.Viewer, copy.mark)
}
