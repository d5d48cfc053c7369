package main

import (
	"net/url"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// TestWrongPerson knocks at every route of the manifest, as everybody whose it is
// not: what a person may not see does not exist for them.
func TestWrongPerson(t *testing.T) {
	c := newCast(t)
	class := "/entree/" + idOf(c.adds(t, c.prof, values()))
	series := "/entree/" + idOf(c.adds(t, c.prof, values(with("debut", "2026-09-18T10:00"), with("fin", ""), weekly("2026-10-18"))))
	own := "/entree/" + idOf(c.adds(t, c.lea, values(with("agenda", "p:lea-martin"))))
	school := "/entree/" + idOf(c.adds(t, c.office, values(with("agenda", "e"))))
	outing := "/entree/" + idOf(c.adds(t, c.prof, signed(with("debut", "2026-09-22T10:00"), with("fin", ""))))
	gone := "/entree/" + idOf(c.adds(t, c.prof, values(with("debut", "2026-09-21T10:00"), with("fin", ""))))
	if a := c.As(c.prof).Post(gone+"/supprimer", nil); a.Location != "/corbeille" {
		t.Fatal(a)
	}
	bin := plugintest.ActionTo(t, c.As(c.prof).Get("/corbeille"), "/corbeille/").Path
	if a := c.As(c.lea).Post("/abonnement", url.Values{"nom": {"Téléphone"}}); a.Page == nil {
		t.Fatal(a)
	}
	link := plugintest.ActionTo(t, c.As(c.lea).Get("/abonnement"), "/abonnement/").Path
	imported := c.As(c.prof).PostFiles("/importer", url.Values{"agenda": {"g:6e-a"}}, icsFile(timetable)).Location
	if imported == "" {
		t.Fatal("no import")
	}

	readers := []ids.PersonID{c.lea, c.tom, c.prof, c.colleague, c.mother, c.father, c.head, c.office}
	editors := []ids.PersonID{c.prof, c.head, c.office}
	all := c.everybody()
	knocked := map[string]bool{}
	for _, r := range []struct {
		method, path string
		who          []ids.PersonID // who is not refused
	}{
		{"GET", class, readers},
		{"GET", series, readers},
		{"GET", own, []ids.PersonID{c.lea}},
		{"GET", school, all},
		{"GET", gone, nil},
		{"GET", "/entree/rien", nil},
		{"GET", "/?agenda=g%3A6e-a", readers},
		{"GET", "/?agenda=g%3Alatin", []ids.PersonID{c.tom, c.zoe, c.prof, c.mother, c.father, c.head, c.office}},
		{"GET", "/?agenda=p%3Alea-martin", nil},
		{"GET", "/?agenda=n%27importe", nil},
		{"GET", "/famille", all},
		{"GET", "/abonnement", all},
		{"GET", "/flux.ics", all},
		{"GET", "/mes-donnees.json", all},
		{"GET", "/nouvelle", all},
		{"GET", "/nouvelle?copie=" + idOf(class), readers},
		{"GET", "/nouvelle?copie=" + idOf(own), []ids.PersonID{c.lea}},
		{"GET", class + "/modifier", editors},
		{"GET", own + "/modifier", []ids.PersonID{c.lea}},
		{"GET", school + "/modifier", []ids.PersonID{c.head, c.office}},
		{"GET", class + "/supprimer", editors},
		{"GET", "/corbeille", all},
		{"GET", "/importer", []ids.PersonID{c.prof, c.colleague, c.other, c.head, c.office}},
		{"GET", imported, []ids.PersonID{c.prof}},
		{"GET", "/importer/rien", nil},
		{"POST", class + "/modifier", editors},
		{"POST", series + "/modifier", editors},
		{"POST", own + "/modifier", []ids.PersonID{c.lea}},
		{"POST", school + "/modifier", []ids.PersonID{c.head, c.office}},
		{"POST", outing + "/signer?eleve=lea-martin&reponse=oui", []ids.PersonID{c.mother}},
		{"POST", outing + "/signer?eleve=tom-petit&reponse=oui", []ids.PersonID{c.father}},
		{"POST", class + "/signer?eleve=lea-martin&reponse=oui", nil},
		{"POST", class + "/annuler", editors},
		{"POST", own + "/annuler", []ids.PersonID{c.lea}},
		{"POST", "/abonnement", all},
		{"POST", "/nouvelle", all},
		{"POST", "/importer", []ids.PersonID{c.prof, c.colleague, c.other, c.head, c.office}},
		{"POST", imported, []ids.PersonID{c.prof}},
		{"POST", link, []ids.PersonID{c.lea}},
		{"POST", bin, []ids.PersonID{c.prof}},
		{"POST", own + "/supprimer", []ids.PersonID{c.lea}},
		{"POST", school + "/supprimer", []ids.PersonID{c.head}},
		{"POST", series + "/supprimer", []ids.PersonID{c.prof}},
	} {
		allowed := map[ids.PersonID]bool{}
		for _, p := range r.who {
			allowed[p] = true
		}
		route, _ := c.Manifest.Match(r.method, must(url.Parse(r.path)).Path)
		knocked[r.method+" "+route.Path] = true
		for _, p := range all { // first those who must be refused: a success may change things
			if allowed[p] || p == c.office && r.path == school+"/supprimer" || r.path == series+"/supprimer" && contains(editors, p) {
				continue
			}
			a := c.As(p).Do(r.method, r.path, nil)
			want := errors.NotFound
			if !c.holds(p, route) {
				want = errors.Denied
			}
			refusal(t, a, r.method+" "+r.path+" as "+string(p), want)
		}
		for _, p := range r.who {
			if a := c.As(p).Do(r.method, r.path, nil); a.Err != nil && a.Status != 422 {
				t.Errorf("%s %s as %s: %s", r.method, r.path, p, a)
			}
		}
	}
	for _, route := range c.Manifest.Routes {
		for _, method := range route.Methods {
			if !knocked[method+" "+route.Path] {
				t.Errorf("nobody knocked at %s %s", method, route.Path)
			}
		}
	}
}

// holds reports whether somebody's profile has the route's permission.
func (c *cast) holds(p ids.PersonID, route manifest.Route) bool {
	profile := ids.Personnel
	switch p {
	case c.lea, c.tom, c.zoe, c.max:
		profile = ids.Eleve
	case c.prof, c.colleague, c.other:
		profile = ids.Enseignant
	case c.mother, c.father, c.nosy:
		profile = ids.Parent
	case c.head:
		profile = ids.Direction
	case c.office:
		profile = ids.VieScol
	}
	for _, granted := range c.Manifest.Granted(profile) {
		if granted == route.Permission {
			return true
		}
	}
	return false
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Another school's people and entries do not exist, even under the same names.
func TestOtherSchool(t *testing.T) {
	ours, theirs := plugintest.NewSchool("0750655E", "Ici"), plugintest.NewSchool("0750656F", "Là-bas")
	h := plugintest.Start(t, module(), ".", plugintest.Schools(ours, theirs))
	prof := ours.Teacher("Anne Durand", ours.Class("6e A"))
	pupil, head := theirs.Pupil("Ida Noël", theirs.Class("6e A")), theirs.Head("Odile Sec")
	a := h.As(prof).Post("/nouvelle", values())
	if a.Location == "" {
		t.Fatal(a)
	}
	for _, p := range []ids.PersonID{pupil, head} {
		refusal(t, h.As(p).Do("GET", a.Location, nil), string(p), errors.NotFound)
		plugintest.HasNot(t, h.As(p).Get(september+"&agenda=g%3A6e-a"), "Contrôle de grammaire")
	}
}

// Those who lose a class lose its calendar: what they added too.
func TestNoLongerTheirs(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.head, values())
	refusal(t, c.As(c.other).Do("GET", path, nil), "teacher of another class", errors.NotFound)
	refusal(t, c.As(c.prof).Post("/entree/"+idOf(path)+"/supprimer", nil), "teacher of the class", errors.NotFound)
}
