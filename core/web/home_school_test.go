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
		if res := head.post(page, "profil", "eleve", "geste", what, "instance", block); res.StatusCode != 303 || !strings.HasPrefix(res.path(), page+"?profil=eleve#") {
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

	do("cacher", "banc.ecole")
	do("annuler", "")
	do("retablir", "")
	s.eventually("the pupil's own page is back", func() bool { return slices.Equal(pupil.home().order(), own) })
	if res := parent.post(page, "profil", "eleve", "geste", "retablir"); res.StatusCode != 403 {
		t.Errorf("a parent changes the pupils' page: %d", res.StatusCode)
	}
	if !strings.Contains(head.get("/administration/journal?action=home.changed").text, "banc.compte") {
		t.Error("the journal does not name what was pinned")
	}
}

// schoolPreview: the page as a profile sees it shows examples, and nobody's
// data; only who may arrange sees it.
func schoolPreview(t *testing.T, s *site) {
	const page = "/administration/accueil"
	head, pupil := s.as("yann"), s.as("ana")
	for _, view := range []string{"", "&apercu=guide", "&apercu=expert"} {
		res := head.get(page + "?profil=eleve" + view)
		if res.StatusCode != 200 || !strings.Contains(res.text, `data-state="sample"`) || strings.Contains(res.text, "fois") {
			t.Errorf("preview %q: %d, or it shows what is somebody's", view, res.StatusCode)
		}
		if handles := strings.Contains(res.text, `value="verrouiller"`); handles != (view == "") {
			t.Errorf("preview %q: handles %v", view, handles)
		}
	}
	if res := head.get(page + "/catalogue?profil=eleve"); res.StatusCode != 200 || !strings.Contains(res.text, `data-offer="banc.compte"`) || strings.Contains(res.text, `data-offer="banc.reserve"`) {
		t.Errorf("the catalogue of pupils: %d", res.StatusCode)
	}
	if res := head.post(page+"/bloc", "profil", "eleve", "bloc", "banc.compte", "titre", "Le compteur", "mot", "essais"); res.StatusCode != 303 {
		t.Fatalf("setting up a block: %d %s", res.StatusCode, res.text)
	}
	s.eventually("pupils see the school's name of it", func() bool { return strings.Contains(pupil.get("/").text, "Le compteur") })
	if !strings.Contains(pupil.get("/").text, "essais") {
		t.Error("the school's setting does not reach the module")
	}
	for _, path := range []string{page, page + "?profil=eleve&apercu=guide", page + "/catalogue", page + "/bloc?bloc=banc.compte"} {
		if res := pupil.get(path); res.StatusCode != 403 {
			t.Errorf("a pupil at %s: %d", path, res.StatusCode)
		}
	}
	for _, path := range []string{page, page + "/bloc"} {
		if res := pupil.post(path, "profil", "eleve", "geste", "cacher", "instance", "banc.compte", "bloc", "banc.compte"); res.StatusCode != 403 {
			t.Errorf("a pupil posts to %s: %d", path, res.StatusCode)
		}
	}
	if res := head.get(page + "?profil=martien"); res.StatusCode != 404 {
		t.Errorf("a profile there is not: %d", res.StatusCode)
	}
	if res := head.post(page, "profil", "eleve", "geste", "danser"); res.StatusCode != 422 {
		t.Errorf("no gesture: %d", res.StatusCode)
	}
	if res := head.post(page, "profil", "eleve", "geste", "ajouter", "widget", "core.news"); res.StatusCode != 303 || !strings.Contains(head.get(page).text, "déjà sur cette page") {
		t.Errorf("adding what is there: %d", res.StatusCode)
	}
	head.post(page, "profil", "eleve", "geste", "retablir")
}

// TestAProfilesPageHasItsViewsBesideItsTitle: whose page it is stands in tabs, how
// one looks at it beside the title, the tools of arranging after both.
func TestAProfilesPageHasItsViewsBesideItsTitle(t *testing.T) {
	s := start(t)
	page := s.as("yann").get("/administration/accueil").text
	if !inOrder(page, `<div class="page-head home-head">`, `class="segments"`, `class="sheets"`, `class="toolbar"`, `id="aide-disposition"`) {
		t.Error("the views, the profiles and the tools are not in this order")
	}
}
