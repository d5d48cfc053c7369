package identity

import (
	"sync/atomic"

	"github.com/preau-ent/preau/sdk/ids"
)

// epoch returns the counter of changes to a school's people in this process.
// Prepared sessions remember its value and are prepared anew when it moved.
func (s *Service) epoch(school ids.SchoolID) *atomic.Uint64 {
	if e, ok := s.epochs.Load(school); ok {
		return e.(*atomic.Uint64)
	}
	e, _ := s.epochs.LoadOrStore(school, new(atomic.Uint64))
	return e.(*atomic.Uint64)
}

// touch makes a change of the school seen by every session, once the change is
// committed.
func (s *Service) touch(school ids.SchoolID) {
	s.epoch(school).Add(1)
	s.known.Delete(school)
	s.touched(school)
}

// Changes counts the changes to a school's people and groups in this process.
func (s *Service) Changes(school ids.SchoolID) uint64 { return s.epoch(school).Load() }
