package home

import (
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/ids"
)

// Touch says that what is shown changed. An empty Widget is all of them, an
// empty Person everybody of the school.
type Touch struct {
	School ids.SchoolID
	Widget string // module.widget
	Person ids.PersonID
}

// Watch has fn, which must be quick, told of each Touch from now on. There is
// one watcher: the pages that are open.
func (s *Service) Watch(fn func(Touch)) { s.marks.told.Store(&fn) }

// Mark is now, on the clock of what changed: see [Service.Touched].
func (s *Service) Mark() uint64 { return s.marks.now() }

// MarkAge is how long a mark may be asked about; what was before is forgotten.
const MarkAge time.Duration = MaxAge

// Touched lists the instances on the caller's pages whose widget changed after a
// mark no older than MarkAge.
func (s *Service) Touched(ctx context.Context, c host.Caller, mark uint64) (instances []string, err error) {
	return s.instances(ctx, c, func(widget string) bool { return s.marks.stale(widget, c.Viewer, mark) })
}

// Instances lists all those on the caller's pages: when nobody knows any more
// what changed.
func (s *Service) Instances(ctx context.Context, c host.Caller) ([]string, error) {
	return s.instances(ctx, c, func(string) bool { return true })
}

func (s *Service) instances(ctx context.Context, c host.Caller, of func(widget string) bool) (list []string, err error) {
	plans, err := s.everyPlan(ctx, c)
	for _, p := range plans {
		for i := range p.slots {
			if at := &p.slots[i]; at.settled == nil && of(at.placement.Widget) && !slices.Contains(list, at.placement.Instance) {
				list = append(list, at.placement.Instance)
			}
		}
	}
	return list, err
}
