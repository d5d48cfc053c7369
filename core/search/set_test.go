package search

import (
	"testing"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Every reader that a question opens is closed once it is answered, whatever the
// answer: an index that is kept open would gather them.
func TestReadersAreClosed(t *testing.T) {
	s := newSite(t)
	s.shop.version["agenda"] = "1"
	s.shop.put(school, "devoirs", doc("a", "Récit de géographie", "Racontez."), doc("b", "Récif et récits", "Page 42."))
	s.shop.put(school, "agenda", doc("c", "Sortie au récif", ""))
	s.fill(t)
	v, err := s.shelf.take(school)
	if err != nil {
		t.Fatal(err)
	}
	defer s.shelf.give(v)
	readers := func() (opened, closed uint64) {
		stats := v.index.StatsMap()["index"].(map[string]any)
		return stats["term_searchers_started"].(uint64), stats["term_searchers_finished"].(uint64)
	}
	both := map[string][]ids.Permission{"devoirs": {"devoirs.read"}, "agenda": {"agenda.read"}}
	for name, ask := range map[string]Ask{
		"one word":            {Viewer: lea, Words: "récit", Open: both},
		"two, and a little":   {Viewer: lea, Words: "le récit de géographie", Open: both},
		"in one source":       {Viewer: lea, Words: "récif", Open: both, In: "agenda"},
		"a slip":              {Viewer: lea, Words: "récti", Open: both},
		"some of the words":   {Viewer: lea, Words: "récit xylophone", Open: both},
		"two slips, one word": {Viewer: lea, Words: "recis xylophone", Open: both},
		"nothing":             {Viewer: lea, Words: "xylophone", Open: both},
		"nobody's":            {Viewer: &wire.Viewer{Person: "x", Profile: "eleve"}, Words: "récit", Open: both},
		"nothing is open":     {Viewer: lea, Words: "récit", Open: map[string][]ids.Permission{}},
	} {
		before, gone := readers()
		ask.School = school
		if _, err := s.Find(t.Context(), ask); err != nil {
			t.Fatal(err)
		}
		opened, closed := readers()
		if opened-before != closed-gone || opened == before && len(ask.Open) > 0 {
			t.Errorf("%s: %d readers were opened, %d closed", name, opened-before, closed-gone)
		}
	}
}
