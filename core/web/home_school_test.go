package web_test

import (
	"slices"
	"strings"
	"testing"
)

// homeSchool: a pupil has arranged their page; what the head pins appears on
// it all the same, and the rest stays as the pupil has it.
func homeSchool(t *testing.T, s *site) {
	const page, mine = "/administration/accueil", "/accueil/disposition"
	head, pupil, parent := s.as("yann"), s.expert("bilal"), s.as("paul")
	pupil.post(mine, "geste", "cacher", "instance", "banc.compte")
	pupil.post(mine, "geste", "place", "instance", "core.news", "valeur", "0")
	own := pupil.home().order()
	if slices.Contains(own, "banc.compte") || own[0] != "core.news" {
		t.Fatalf("the pupil's page = %v", own)
	}
	do := func(what, block string) {
		t.Helper()
		if res := head.post(page, "profil", "eleve", "geste", what, "bloc", block); res.StatusCode != 303 || res.path() != page+"?profil=eleve" {
			t.Fatalf("%s %s: %d to %q %s", what, block, res.StatusCode, res.path(), res.text)
		}
	}
	do("epingler", "banc.compte")
	if text := head.get(page + "?profil=eleve").text; !strings.Contains(text, "personne ne peut plus le masquer") || !strings.Contains(text, "Ne plus épingler") {
		t.Error("the head is not told")
	}
	s.eventually("what is pinned is on the pupil's page", func() bool { return slices.Contains(pupil.home().order(), "banc.compte") })
	rest := slices.DeleteFunc(pupil.home().order(), func(w string) bool { return w == "banc.compte" })
	if !slices.Equal(rest, own) {
		t.Errorf("the pupil's arrangement became %v, was %v", rest, own)
	}
	if res := pupil.post(mine, "geste", "cacher", "instance", "banc.compte"); res.StatusCode != 403 {
		t.Errorf("hiding what is pinned: %d", res.StatusCode)
	}
	_, section, _ := strings.Cut(pupil.get("/?organiser=1").text, `id="w-banc.compte"`)
	section, _, _ = strings.Cut(section, "</section>")
	if !strings.Contains(section, `value="apres"`) || strings.Contains(section, `value="cacher"`) || !strings.Contains(section, "reste affiché") {
		t.Errorf("what is pinned may be moved, not hidden, and says so: %s", section)
	}

	do("enlever", "banc.ecole")
	do("origine", "")
	s.eventually("the pupil's own page is back", func() bool { return slices.Equal(pupil.home().order(), own) })
	if res := parent.post(page, "profil", "eleve", "geste", "origine"); res.StatusCode != 403 {
		t.Errorf("a parent changes the pupils' page: %d", res.StatusCode)
	}
	if !strings.Contains(head.get("/administration/journal?action=home.changed").text, "banc.compte") {
		t.Error("the journal does not name what was pinned")
	}
}
