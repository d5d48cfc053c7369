package conformance

import (
	"testing"

	"github.com/preau-ent/preau/sdk/manifest"
)

// journal: whatever the module noted has a name for who reads it.
func (s *suite) journal(t *testing.T) {
	told := map[string]bool{}
	for _, noted := range s.h.Audited() {
		key := manifest.AuditKey(s.h.Manifest.ID, noted.Action)
		for _, l := range s.h.Missing(key) {
			if line := l + key; !told[line] {
				told[line] = true
				t.Errorf("locales/%s.json has no %q", l, key)
			}
		}
	}
}
