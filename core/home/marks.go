package home

import (
	"sync"
	"sync/atomic"

	"github.com/maypok86/otter/v2"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// marks remembers what was invalidated, not the copies it invalidates: a copy
// is stale when something that touches it was marked after it was asked for.
// So a fetch under way while something changes cannot bring back the past.
type marks struct {
	clock atomic.Uint64 // moved once the mark of that time is there
	mu    sync.Mutex    // held by the one who marks
	at    *otter.Cache[markKey, uint64]
	told  atomic.Pointer[func(Touch)]
}

// markKey is what changed: a widget (empty: all) for a person (empty: all).
type markKey struct {
	school ids.SchoolID
	widget string
	person ids.PersonID
}

func newMarks() *marks {
	// No copy lives longer than MaxAge, so an older mark says nothing.
	return &marks{at: otter.Must(&otter.Options[markKey, uint64]{
		ExpiryCalculator: otter.ExpiryWriting[markKey, uint64](2 * MaxAge),
	})}
}

func (m *marks) close() { m.at.StopAllGoroutines() }

// now is the time of the marks, a count.
func (m *marks) now() uint64 { return m.clock.Load() }

func (m *marks) set(k markKey) {
	m.mu.Lock()
	next := m.clock.Load() + 1
	m.at.Set(k, next)
	m.clock.Store(next)
	m.mu.Unlock()
	if fn := m.told.Load(); fn != nil {
		(*fn)(Touch{School: k.school, Widget: k.widget, Person: k.person})
	}
}

func (m *marks) after(k markKey, mark uint64) bool {
	at, ok := m.at.GetIfPresent(k)
	return ok && at > mark
}

// stale reports whether a copy of a widget no longer holds for a viewer; what
// touches a child touches the parent who looks.
func (m *marks) stale(widget string, v *wire.Viewer, mark uint64) bool {
	if m.clock.Load() == mark {
		return false
	}
	school := ids.SchoolID(v.GetSchool())
	if m.after(markKey{school: school}, mark) || m.after(markKey{school: school, widget: widget}, mark) ||
		m.touched(school, widget, v.GetPerson(), mark) {
		return true
	}
	for _, c := range v.GetChildren() {
		if m.touched(school, widget, c.GetPerson(), mark) {
			return true
		}
	}
	return false
}

func (m *marks) touched(school ids.SchoolID, widget, person string, mark uint64) bool {
	return m.after(markKey{school, widget, ids.PersonID(person)}, mark) ||
		m.after(markKey{school, "", ids.PersonID(person)}, mark)
}

// Acted drops what a person sees on home: they have just changed something and
// must see it there. Call it before their answer leaves.
func (s *Service) Acted(school ids.SchoolID, person ids.PersonID) {
	s.marks.set(markKey{school: school, person: person})
}

// Changed drops every copy and plan of a school: a module was switched or set
// up, rights changed.
func (s *Service) Changed(school ids.SchoolID) {
	s.marks.set(markKey{school: school})
	s.plans.InvalidateAll()
}

// Handle drops the copies that an event touches. Subscribe it to the bus.
func (s *Service) Handle(e events.Event) {
	switch e.Name {
	case host.EventEnabled, host.EventDisabled, host.EventSettings, host.EventHalted, host.EventResumed, host.EventUpgraded:
		s.Changed(e.School)
		return
	}
	for _, o := range s.offers(e.School) {
		if !contains(o.InvalidatedBy, e.Name) {
			continue
		}
		if len(e.People) == 0 {
			s.marks.set(markKey{school: e.School, widget: o.Widget})
		}
		for _, p := range e.People {
			s.marks.set(markKey{e.School, o.Widget, p})
		}
	}
}
