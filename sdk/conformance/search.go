package conformance

import (
	"net/http"
	"testing"
)

// search: the interface answers page by page and by id, forgets what is not
// there, and whoever finds a document can open its page.
func (s *suite) search(t *testing.T) {
	if !s.h.Manifest.Offers("search") {
		return
	}
	for _, d := range s.h.Documents("inconnu-au-bataillon", "\x00") {
		t.Errorf("a document that does not exist: %v", d)
	}
	for _, d := range s.h.Documents() {
		if same := s.h.Documents(d.GetId()); len(same) != 1 || same[0].GetId() != d.GetId() {
			t.Errorf("document %s asked for by its id: %v", d.GetId(), same)
		}
		for profile, v := range s.people {
			if !v.Finds(d) {
				continue
			}
			if a := v.Do(http.MethodGet, d.GetPath(), nil); a.Status != http.StatusOK {
				t.Errorf("%s finds document %s, and its page says %s", profile, d.GetId(), a)
			}
		}
	}
}
