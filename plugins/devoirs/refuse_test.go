package main

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// TestWrongPerson knocks at every route that names something of somebody's, as
// everybody whose it is not: what a person may not see does not exist for them.
func TestWrongPerson(t *testing.T) {
	c := newCast(t)
	doc := plugintest.Upload{Field: "fichiers", Name: "fiche.pdf", Content: []byte("%PDF-1.4 fiche")}
	id := c.sets(t, sheet(), doc)
	c.handsIn(t, c.lea, id, "Le secret de Léa", photo("copie.jpg"))
	prof := c.As(c.prof)
	sheetFile := plugintest.LinkTo(t, prof.Get("/devoir/"+id+"?onglet=devoir"), "/devoir/"+id+"/fichier/").Path
	copyFile := plugintest.LinkTo(t, c.As(c.lea).Get("/devoir/"+id), "/devoir/"+id+"/copie/").Path
	c.corrects(t, id, c.lea, "12")
	draft := c.sets(t, sheet(with("brouillon", "1"), with("titre", "Brouillon secret")))
	if a := prof.Post("/devoir/"+id+"/modele", nil); a.Location != "/modeles" {
		t.Fatalf("no model: %s", a)
	}
	model := plugintest.LinkTo(t, prof.Get("/modeles"), "/nouveau?modele=").Path
	modelID := model[len("/nouveau?modele="):]
	if a := prof.Submit(prof.Get("/baremes"), "/baremes", url.Values{"nom": {"Rédaction"}, "criteres": {"Style : 10"}}); a.Location == "" {
		t.Fatalf("no barème: %s", a)
	}
	bareme := plugintest.LinkTo(t, prof.Get("/baremes"), "/baremes/").Path

	sheetOf, copyOf := "/devoir/"+id, "/devoir/"+id+"/copie/"+string(c.lea)
	everybody := []ids.PersonID{c.lea, c.tom, c.zoe, c.max, c.prof, c.colleague, c.other, c.mother, c.father, c.nosy, c.head, c.office, c.secretary}
	for _, r := range []struct {
		method, path string
		who          []ids.PersonID // who is not refused
	}{
		{"GET", sheetOf, []ids.PersonID{c.lea, c.tom, c.prof, c.colleague, c.mother, c.father, c.head, c.office}},
		{"GET", sheetFile, []ids.PersonID{c.lea, c.tom, c.prof, c.colleague, c.mother, c.father, c.head, c.office}},
		{"GET", copyFile, []ids.PersonID{c.lea, c.prof, c.mother}},
		{"GET", copyOf, []ids.PersonID{c.prof}},
		{"GET", sheetOf + "/copies.zip", []ids.PersonID{c.prof}},
		{"GET", sheetOf + "/copie/" + string(c.max), nil}, // not for Max: nobody has such a copy
		{"GET", "/devoir/" + draft, []ids.PersonID{c.prof}},
		{"GET", "/devoir/" + draft + "/modifier", []ids.PersonID{c.prof}},
		{"GET", sheetOf + "/modifier", []ids.PersonID{c.prof}},
		{"GET", "/nouveau?modele=" + modelID, []ids.PersonID{c.prof}},
		{"GET", bareme, []ids.PersonID{c.prof}},
		{"GET", "/classes", []ids.PersonID{c.prof, c.colleague, c.other, c.head, c.office}},
		{"GET", "/classes?classe=6e-b", []ids.PersonID{c.other, c.head, c.office}},
		{"GET", "/devoir/nothing", nil},
		{"GET", sheetOf + "/fichier/nothing", nil},
		{"GET", copyOf + "/fichier/nothing", nil},
		{"POST", sheetOf + "/cocher", []ids.PersonID{c.lea, c.tom}},
		{"POST", sheetOf + "/rendre", []ids.PersonID{c.lea, c.tom}},
		{"POST", sheetOf + "/retirer", []ids.PersonID{c.lea, c.tom}},
		{"POST", "/devoir/" + draft + "/rendre", nil},
		{"POST", "/devoir/" + draft + "/cocher", nil},
		{"POST", sheetOf + "/modifier", []ids.PersonID{c.prof}},
		{"POST", sheetOf + "/publier", []ids.PersonID{c.prof}},
		{"POST", sheetOf + "/dupliquer", []ids.PersonID{c.prof}},
		{"POST", sheetOf + "/modele", []ids.PersonID{c.prof}},
		{"POST", sheetOf + "/corrections", []ids.PersonID{c.prof}},
		{"POST", copyOf + "/corriger", []ids.PersonID{c.prof}},
		{"POST", sheetOf + "/copie/" + string(c.max) + "/corriger", nil},
		{"POST", copyOf + "/rouvrir", []ids.PersonID{c.prof}},
		{"POST", bareme, []ids.PersonID{c.prof}},
		{"POST", "/nouveau?modele=" + modelID, []ids.PersonID{c.prof}},
		{"POST", bareme + "/supprimer", []ids.PersonID{c.prof}},
		{"POST", "/modeles/" + modelID + "/supprimer", []ids.PersonID{c.prof}},
		{"POST", sheetOf + "/retablir", []ids.PersonID{c.prof}},
		{"POST", sheetOf + "/supprimer", []ids.PersonID{c.prof}},
	} {
		allowed := map[ids.PersonID]bool{}
		for _, p := range r.who {
			allowed[p] = true
		}
		for _, p := range everybody { // first those who must be refused: a success may change things
			if allowed[p] {
				continue
			}
			a := c.As(p).Do(r.method, r.path, nil)
			route, _ := c.Manifest.Match(r.method, must(url.Parse(r.path)).Path)
			want := errors.NotFound
			if !c.holds(p, route) {
				want = errors.Denied
			}
			refused(t, a, r.method+" "+r.path+" as "+string(p), want)
		}
		for _, p := range r.who {
			if a := c.As(p).Do(r.method, r.path, nil); a.Err != nil && a.Status != 422 {
				t.Errorf("%s %s as %s: %s", r.method, r.path, p, a)
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

// Whoever may read the sheet sees no more of it than is theirs.
func TestNobodyReadsAnothersCopy(t *testing.T) {
	c := newCast(t)
	id := c.sets(t, sheet())
	c.handsIn(t, c.lea, id, "Le secret de Léa", photo("copie.jpg"))
	c.corrects(t, id, c.lea, "16,5")
	for _, p := range []ids.PersonID{c.tom, c.father, c.colleague, c.head, c.office} {
		plugintest.HasNot(t, c.As(p).Get("/devoir/"+id), "Le secret de Léa", "copie.jpg", "16,5", "Très bien, *continuez*.", "Léa")
	}
	plugintest.Has(t, c.As(c.head).Get("/devoir/"+id), "devoirs.progress.handed")
	plugintest.HasNot(t, c.As(c.colleague).Get("/devoir/"+id), "devoirs.progress.handed")
}

// Another school's people and homework do not exist, even under the same names.
func TestOtherSchool(t *testing.T) {
	ours, theirs := plugintest.NewSchool("0750655E", "Ici"), plugintest.NewSchool("0750656F", "Là-bas")
	h := plugintest.Start(t, module(), ".", plugintest.Schools(ours, theirs))
	prof := ours.Teacher("Anne Durand", ours.Class("6e A"))
	theirPupil := theirs.Pupil("Ida Noël", theirs.Class("6e A"))
	theirProf := theirs.Teacher("Hugo Bel", "6e-a")
	theirHead := theirs.Head("Odile Sec")
	a := h.As(prof).Submit(h.As(prof).Get("/nouveau"), "/nouveau", sheet())
	if a.Location == "" {
		t.Fatal(a)
	}
	for _, p := range []ids.PersonID{theirPupil, theirProf, theirHead} {
		refused(t, h.As(p).Do(http.MethodGet, a.Location, nil), string(p), errors.NotFound)
		first := "/"
		if p == theirHead {
			first = "/classes"
		}
		plugintest.HasNot(t, h.As(p).Get(first), "Récit d'une page")
	}
}

// A teacher may not set homework for whom they do not teach.
func TestForeignTarget(t *testing.T) {
	c := newCast(t)
	for _, target := range []string{"g:6e-b", "p:max-roux", "p:anne-durand", "g:nothing", "6e-a", "p:", "x:lea-martin"} {
		a := c.As(c.prof).Post("/nouveau", sheet(with("pour", "g:6e-a", target)))
		if a.Status != 422 || !plugintest.Says(a.Page, "devoirs.target.foreign") {
			t.Errorf("%q: %s", target, a)
		}
	}
	form := plugintest.FormTo(t, c.As(c.prof).Get("/nouveau"), "/nouveau")
	offered := plugintest.FieldOf(t, form, "pour")
	plugintest.Has(t, offered, "Léa Martin", "Zoé Martin", "6e A", "Latin")
	plugintest.HasNot(t, offered, "Max Roux", "6e B", "Anne Durand")
}
