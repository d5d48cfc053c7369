package web_test

import (
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// both has a parent belong to the lycée too, as the family of a pupil there.
func (s *site) both(login string) {
	s.t.Helper()
	s.save(lycee, identity.Entry{Source: "aussi-" + login, Person: s.login(login), FirstName: login, LastName: "Martin", Profile: ids.Parent})
}

func TestSharedAddress(t *testing.T) {
	s := start(t, "banc")
	s.both("paul")
	const page = "/m/banc/?onglet=1"
	here, there := "/e/"+string(college)+page, "/e/"+string(lycee)+"/compte"

	nobody := s.nobody()
	res := nobody.get(here)
	if res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion?retour=") {
		t.Fatalf("nobody: %d to %q", res.StatusCode, res.path())
	}
	res = nobody.post("/connexion", "identifiant", "ana", "mot-de-passe", secret, "retour", here)
	if res.path() != here {
		t.Fatalf("after sign-in: %q", res.path())
	}
	if res = nobody.get(here); res.StatusCode != 303 || res.path() != page {
		t.Errorf("in the school: %d to %q", res.StatusCode, res.path())
	}
	if res = nobody.get(there); res.StatusCode != 403 {
		t.Errorf("of a school that is not theirs: %d", res.StatusCode)
	}

	v := s.as("paul")
	at := func(school ids.SchoolID, name string) {
		t.Helper()
		res := v.get("/e/" + string(school) + "/compte")
		if res.StatusCode != 303 || res.path() != "/compte" {
			t.Fatalf("%s: %d to %q", school, res.StatusCode, res.path())
		}
		if text := v.get("/compte").text; !strings.Contains(text, "<dd>"+name) && !strings.Contains(text, name+"</dd>") && strings.Count(text, name) < 2 {
			t.Errorf("the visitor is not in %s", name)
		}
	}
	at(lycee, "Lycée Voltaire")
	at(college, "Collège Jean Moulin")
	at(lycee, "Lycée Voltaire")
	if res := v.get("/m/banc/"); res.StatusCode != 404 || !strings.Contains(res.text, "/e/"+string(college)+"/m/banc/") {
		t.Errorf("a page of the other school: %d, without the way there", res.StatusCode)
	}
	if res := v.get("/e/"+string(college)+"/m/banc/", "Sec-Purpose", "prefetch"); res.StatusCode == 303 {
		t.Error("looking ahead moves the visitor")
	}
	for address, want := range map[string]string{
		"":                      "/",
		"/":                     "/",
		"//ailleurs.example/":   "/ailleurs.example/",
		"/%2f%2failleurs.test/": "/",
		"/../../x":              "/",
		"/\\ailleurs.test":      "/",
		"/m/banc/?a=1&b=%C3%A9": "/m/banc/?a=1&b=%C3%A9",
	} {
		res := v.get("/e/" + string(lycee) + address)
		if got := res.path(); res.StatusCode == 303 && got != want && got != "/" {
			t.Errorf("%q leads to %q, want %q", address, got, want)
		}
	}
}

func TestTheFrameOfEveryPage(t *testing.T) {
	s := start(t, "banc")
	v := s.as("yann")
	for path, crumbs := range map[string][]string{
		"/compte":                  {"Accueil", "Mon compte"},
		"/compte/langue":           {"Accueil", "Mon compte", "Langue"},
		"/compte/appareils":        {"Accueil", "Mon compte", "Appareils connectés"},
		"/notifications":           {"Accueil", "Notifications"},
		"/statut":                  {"Accueil", "État des services"},
		"/accessibilite":           {"Accueil", "Déclaration d’accessibilité"},
		"/api/v1":                  {"Accueil", "Interface pour programmes (API)"},
		"/m/banc/":                 {"Accueil", "Banc d’essai"},
		"/m/banc":                  {"Accueil", "Banc d’essai"}, // as a person types it
		"/administration":          {"Accueil", "Administration"},
		"/administration/classes":  {"Accueil", "Administration", "Classes et groupes"},
		"/administration/libelles": {"Accueil", "Administration", "Libellés"},
	} {
		res := v.get(path)
		if res.StatusCode != 200 {
			t.Errorf("%s: %d", path, res.StatusCode)
			continue
		}
		if got := strings.Join(trail(res.text), " › "); got != strings.Join(crumbs, " › ") {
			t.Errorf("%s: %s, want %v", path, got, crumbs)
		}
		for _, part := range []string{`class="skip" href="#contenu"`, `class="skip" href="#menu"`, `id="menu"`, `href="/m/banc/"`, `href="/administration"`, `id="contenu"`} {
			if !strings.Contains(res.text, part) {
				t.Errorf("%s lacks %s", path, part)
			}
		}
		if share := "/e/" + string(college) + path; strings.Contains(res.text, share+`"`) != !strings.HasPrefix(path, "/compte") && path != "/notifications" {
			t.Errorf("%s: link to share", path)
		}
	}
}

// trail reads the breadcrumbs of a page.
func trail(page string) (out []string) {
	_, page, _ = strings.Cut(page, `class="crumbs"`)
	page, _, _ = strings.Cut(page, "</nav>")
	for _, li := range strings.Split(page, "<li>")[1:] {
		li, _, _ = strings.Cut(li, "</li>")
		for strings.Contains(li, "<") {
			before, rest, _ := strings.Cut(li, "<")
			_, after, _ := strings.Cut(rest, ">")
			li = before + after
		}
		out = append(out, strings.TrimSpace(li))
	}
	return out
}

func TestDevicesPage(t *testing.T) {
	s := start(t)
	v, other := s.as("ana"), s.as("ana")
	page := v.get("/compte/appareils").text
	if strings.Count(page, `name="appareil"`) != 1 || !strings.Contains(page, "Cet appareil") {
		t.Fatalf("devices: %s", page)
	}
	_, id, _ := strings.Cut(page, `name="appareil" value="`)
	id, _, _ = strings.Cut(id, `"`)
	if res := s.as("lea").post("/compte/appareils/fermer", "appareil", id); res.StatusCode != 404 {
		t.Errorf("somebody else's device: %d", res.StatusCode)
	}
	if res := v.post("/compte/appareils/fermer", "appareil", id); res.StatusCode != 303 {
		t.Errorf("closing: %d", res.StatusCode)
	}
	if res := other.get("/compte"); res.StatusCode != 303 {
		t.Errorf("the other device is still signed in: %d", res.StatusCode)
	}
	if res := v.get("/compte"); res.StatusCode != 200 {
		t.Errorf("this one is not: %d", res.StatusCode)
	}
}

func TestSchoolRenamesAndNamesItsContact(t *testing.T) {
	s := start(t, "banc")
	head, pupil := s.as("yann"), s.as("ana")
	if res := pupil.post("/administration/libelles", ":web.nav.home", "X"); res.StatusCode != 403 {
		t.Errorf("a pupil renames: %d", res.StatusCode)
	}
	if res := head.post("/administration/libelles?langue=fr", ":web.nav.home", strings.Repeat("x", 41)); res.StatusCode != 422 {
		t.Errorf("too long: %d", res.StatusCode)
	}
	if res := head.post("/administration/libelles?langue=xx", ":web.nav.home", "X"); res.StatusCode != 404 {
		t.Errorf("a language nobody speaks: %d", res.StatusCode)
	}
	res := head.post("/administration/libelles?langue=fr", ":web.nav.home", "Le préau", "banc:banc.name", "Établi <b>", ":web.save", "Pirate")
	if res.StatusCode != 303 {
		t.Fatalf("renaming: %d %s", res.StatusCode, res.text)
	}
	page := pupil.get("/compte/langue").text
	if !strings.Contains(page, "<span>Le préau</span>") || !strings.Contains(page, "Établi &lt;b&gt;") || strings.Contains(page, "Pirate") {
		t.Error("the pupil does not read the school's words, or words it may not choose")
	}
	if page := s.as("tom").get("/compte").text; strings.Contains(page, "Le préau") {
		t.Error("another school reads them too")
	}
	if res := head.post("/administration/libelles?langue=fr"); res.StatusCode != 303 || strings.Contains(pupil.get("/compte").text, "Le préau") {
		t.Error("emptied fields do not give the labels back")
	}

	if res := head.post("/administration/accessibilite", "nom", "Référente", "courriel", "pas une adresse"); res.StatusCode != 422 {
		t.Errorf("a wrong address: %d", res.StatusCode)
	}
	if res := head.post("/administration/accessibilite", "nom", "Mme Référente", "courriel", "acces@example.org"); res.StatusCode != 303 {
		t.Errorf("contact: %d %s", res.StatusCode, res.text)
	}
	for who, page := range map[string]string{"nobody": s.nobody().get("/accessibilite").text, "a pupil": pupil.get("/accessibilite").text} {
		for _, part := range []string{"acces@example.org", "Défenseur des droits", "RGAA", "non conforme"} {
			if !strings.Contains(page, part) {
				t.Errorf("the declaration for %s lacks %q", who, part)
			}
		}
	}
}

func TestConsoleAddsCorrectsDeletes(t *testing.T) {
	s := start(t)
	head, teacher := s.as("yann"), s.as("lea")
	for _, path := range []string{"/administration/nouvelle-personne", "/administration/classes/x/supprimer", "/administration/personnes/x/corriger"} {
		if res := teacher.post(path); res.StatusCode != 403 {
			t.Errorf("a teacher at %s: %d", path, res.StatusCode)
		}
	}
	if res := head.post("/administration/nouvelle-personne", "prenom", "", "nom", "Neuf", "profil", "eleve"); res.StatusCode != 422 {
		t.Errorf("no first name: %d", res.StatusCode)
	}
	res := head.post("/administration/nouvelle-personne", "prenom", "Zoé", "nom", "Nouvelle", "profil", "eleve")
	if res.StatusCode != 200 || !strings.Contains(res.text, "zoe.nouvelle") {
		t.Fatalf("added: %d %s", res.StatusCode, res.text)
	}
	id := string(s.login("zoe.nouvelle"))
	if res := head.post("/administration/personnes/"+id+"/corriger", "prenom", "Zoë", "nom", "Nouvelle", "naissance", "2013-02-01"); res.StatusCode != 303 {
		t.Errorf("corrected: %d %s", res.StatusCode, res.text)
	}
	if page := head.get("/administration/personnes/" + id).text; !strings.Contains(page, "Zoë Nouvelle") {
		t.Error("the correction does not show")
	}
	if res := head.post("/administration/classes", "nom", "5e C", "genre", "classe"); res.StatusCode != 303 {
		t.Fatal(res.StatusCode)
	}
	list, err := s.Identity.Groups(t.Context(), college)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	group := "/administration/classes/" + list[0].ID
	if page := head.get(group).text; !strings.Contains(page, group+"/supprimer") {
		t.Error("the page does not offer to delete")
	}
	if res := head.post(group + "/supprimer"); res.StatusCode != 303 {
		t.Errorf("deleting: %d", res.StatusCode)
	}
	if res := head.get(group); res.StatusCode != 404 {
		t.Errorf("deleted: %d", res.StatusCode)
	}
}

// login is whose login it is.
func (s *site) login(login string) ids.PersonID {
	s.t.Helper()
	p, err := s.Identity.PersonByLogin(s.t.Context(), login)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}
