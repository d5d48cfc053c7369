package web_test

import (
	"slices"
	"strings"
	"testing"
)

const mine = "/accueil/disposition"

// homeSheets: further pages of an expert, without a script.
func homeSheets(t *testing.T, s *site) {
	v, other := s.expert("ana"), s.expert("bilal")
	step := func(to string, pairs ...string) {
		t.Helper()
		if res := v.post(mine, pairs...); res.StatusCode != 303 || res.path() != to {
			t.Fatalf("%v: %d to %q, want %q %s", pairs, res.StatusCode, res.path(), to, res.text)
		}
	}
	shows := func(path string, want ...string) {
		t.Helper()
		text := strings.ReplaceAll(strings.ReplaceAll(v.get(path).text, "\u00a0", " "), "\u202f", " ")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not show %q", path, w)
			}
		}
	}
	step("/?organiser=1&page=ma-classe#pages", "geste", "page-ajouter", "nom", "Ma classe")
	shows("/?organiser=1&page=ma-classe", "Organiser « Ma classe »", "est créée", `value="page-supprimer"`)
	step("/?organiser=1&page=ma-classe#w-banc.compte", "geste", "ajouter", "widget", "banc.compte", "page", "ma-classe")
	shows("/?page=ma-classe", `data-widget="banc.compte"`, `aria-current="page">Ma classe`)
	if strings.Contains(v.get("/?page=ma-classe").text, `data-widget="core.shortcuts"`) {
		t.Error("the further page is not the expert's own")
	}
	step("/?organiser=1&page=pilotage#pages", "geste", "page-ajouter", "nom", "Pilotage", "page", "ma-classe")
	step("/?organiser=1&page=pilotage#pages", "geste", "page-avant", "page", "pilotage")
	step("/?organiser=1&page=pilotage#pages", "geste", "page-renommer", "nom", "Le pilotage", "page", "pilotage")
	if text := v.get("/").text; strings.Index(text, ">Le pilotage<") > strings.Index(text, ">Ma classe<") || !strings.Contains(text, ">Le pilotage<") {
		t.Error("the pages are not in the order they were given")
	}
	step("/?organiser=1&page=pilotage#pages", "geste", "page-renommer", "nom", "Ma classe", "page", "pilotage")
	shows("/?organiser=1&page=pilotage", "Vous avez déjà une page de ce nom.")
	step("/?organiser=1#pages", "geste", "page-supprimer", "page", "ma-classe")
	if res := v.get("/?page=ma-classe"); res.StatusCode != 404 {
		t.Errorf("a page that was dropped: %d", res.StatusCode)
	}
	step("/?organiser=1#geste-annuler", "geste", "annuler")
	shows("/?page=ma-classe", `data-widget="banc.compte"`)
	if res := other.get("/?page=ma-classe"); res.StatusCode != 404 {
		t.Errorf("somebody else's page: %d", res.StatusCode)
	}
	if res := other.post(mine, "geste", "page-supprimer", "page", "ma-classe"); res.StatusCode != 404 {
		t.Errorf("somebody drops another's page: %d", res.StatusCode)
	}
	if !strings.Contains(v.get("/", "Accept", "application/json").text, `"pages":[{"id":"pilotage","name":"Le pilotage"},{"id":"ma-classe","name":"Ma classe"}]`) {
		t.Error("a program does not learn of the pages")
	}
}

// homeBlocks: several blocks of one widget, each set up, and moved to a page.
func homeBlocks(t *testing.T, s *site) {
	v := s.expert("bilal")
	v.post(mine, "geste", "ajouter", "widget", "banc.compte")
	var second string
	for _, w := range v.home().Widgets {
		if strings.HasPrefix(w.Instance, "banc.compte~") {
			second = w.Instance
		}
	}
	if second == "" {
		t.Fatalf("one widget does not stand there twice: %v", v.home().order())
	}
	form := v.get("/accueil/bloc?instance=" + second).text
	for _, want := range []string{`name="titre"`, `name="mot"`, `maxlength="10"`} {
		if !strings.Contains(form, want) {
			t.Errorf("the form has no %s", want)
		}
	}
	if res := v.post("/accueil/bloc", "instance", second, "titre", "Le second", "mot", "essais"); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/?organiser=1#w-banc.compte~") {
		t.Fatalf("set up: %d to %s %s", res.StatusCode, res.path(), res.text)
	}
	page := v.get("/").text
	_, block, _ := strings.Cut(page, `id="w-`+second+`"`)
	block, _, _ = strings.Cut(block, "</section>")
	if !strings.Contains(block, "Le second") || !strings.Contains(block, "essais") || strings.Count(page, "essais") != 1 {
		t.Errorf("the second block shows %s", block)
	}
	if res := v.post("/accueil/bloc", "instance", second, "mot", "beaucoup trop long"); res.StatusCode != 422 || !strings.Contains(res.text, "beaucoup trop long") {
		t.Errorf("what the module does not take: %d", res.StatusCode)
	}
	if res := v.post("/accueil/bloc", "instance", second, "enfant", "somebody"); res.StatusCode != 422 {
		t.Errorf("a child that is not theirs: %d", res.StatusCode)
	}
	if res := v.get("/accueil/bloc?instance=nobody.there"); res.StatusCode != 404 {
		t.Errorf("a block that is not there: %d", res.StatusCode)
	}
	v.post(mine, "geste", "page-ajouter", "nom", "À part")
	if res := v.post("/accueil/bloc", "instance", second, "titre", "Le second", "mot", "essais", "vers", "a-part"); res.StatusCode != 303 {
		t.Fatalf("moved: %d %s", res.StatusCode, res.text)
	}
	if slices.ContainsFunc(v.home().order(), func(w string) bool { return w == second }) || !strings.Contains(v.get("/?page=a-part").text, "Le second") {
		t.Error("the block is not on the other page")
	}
	v.post(mine, "geste", "annuler")
	v.post(mine, "geste", "retablir")
}

// homeCatalogue: what may be added, as it would be, and quick ways for experts.
func homeCatalogue(t *testing.T, s *site) {
	v, teacher := s.expert("ana"), s.expert("lea")
	text := v.get("/accueil/catalogue?page=").text
	if !strings.Contains(text, `data-offer="banc.compte"`) || strings.Contains(text, `data-offer="banc.reserve"`) || !strings.Contains(text, "fois") {
		t.Error("the catalogue is not what a pupil may place, live")
	}
	if !strings.Contains(teacher.get("/accueil/catalogue").text, `data-offer="banc.reserve"`) {
		t.Error("a teacher may place what is for teachers")
	}
	for path, want := range map[string]int{"banc.compte": 200, "banc.reserve": 403, "banc.rien": 404} {
		if res := v.get("/accueil/apercu/" + path); res.StatusCode != want {
			t.Errorf("a glimpse of %s: %d, want %d", path, res.StatusCode, want)
		}
	}
	if text := v.get("/").text; !strings.Contains(text, "Passer à l’accueil") && !strings.Contains(text, "Revenir à l’accueil guidé") || strings.Contains(text, "/administration") {
		t.Error("the expert page of a pupil has other ways than theirs")
	}
	if text := s.expert("yann").get("/").text; !strings.Contains(text, `href="/administration/journal"`) || !strings.Contains(text, `href="/compte/jetons"`) {
		t.Error("a head has no quick way to reports and tokens")
	}
}
