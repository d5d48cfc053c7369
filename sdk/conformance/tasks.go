package conformance

import (
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk"
)

// tasks: the interface answers everyone, for any span, with things that have a
// name, a kind, words, and nothing twice.
func (s *suite) tasks(t *testing.T) {
	if !s.h.Manifest.Offers("tasks") {
		return
	}
	now := s.h.Now()
	for profile, v := range s.people {
		if !s.has(profile, s.h.Manifest.StartPermission()) {
			continue
		}
		for _, span := range [][2]time.Time{
			{now, now.AddDate(0, 0, 7)}, {now, now}, {now, now.Add(-time.Hour)}, {now.AddDate(-10, 0, 0), now.AddDate(10, 0, 0)},
		} {
			seen := map[string]bool{}
			for _, task := range v.Tasks(span[0], span[1]) {
				key := task.GetId()
				for _, a := range task.GetCheck().GetAbout() {
					key += "/" + a.GetPerson()
				}
				switch {
				case task.GetId() == "" || task.GetCheck().GetTitle() == nil:
					t.Errorf("a task of %s has no id or no title: %v", profile, task)
				case !slices.Contains(sdk.TaskKinds(), task.GetKind()):
					t.Errorf("task %s of %s is of kind %q", task.GetId(), profile, task.GetKind())
				case seen[key]:
					t.Errorf("task %s of %s is there twice", key, profile)
				}
				seen[key] = true
			}
		}
	}
}
