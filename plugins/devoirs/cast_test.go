package main

import (
	"net/url"
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// cast is a school with everybody a story needs, Tuesday 15 September 2026 at
// ten in the morning.
type cast struct {
	*plugintest.Harness
	sixA, sixB, latin       ids.GroupID
	lea, tom, zoe, max      ids.PersonID // 6A, 6A and latin, 6B and latin, 6B
	prof, colleague, other  ids.PersonID // of 6A and latin, of 6A, of 6B
	mother, father, nosy    ids.PersonID // of Léa and Zoé, of Tom, of Max
	head, office, secretary ids.PersonID
}

func newCast(t testing.TB) *cast {
	h := plugintest.Start(t, module(), ".")
	s := h.School
	c := &cast{Harness: h, sixA: s.Class("6e A"), sixB: s.Class("6e B"), latin: s.Group("Latin")}
	c.lea, c.tom = s.Pupil("Léa Martin", c.sixA), s.Pupil("Tom Petit", c.sixA, c.latin)
	c.zoe, c.max = s.Pupil("Zoé Martin", c.sixB, c.latin), s.Pupil("Max Roux", c.sixB)
	c.prof = s.Teacher("Anne Durand", c.sixA, c.latin)
	c.colleague, c.other = s.Teacher("Paul Leroy", c.sixA), s.Teacher("Ines Faure", c.sixB)
	c.mother, c.father = s.Parent("Claire Martin", c.lea, c.zoe), s.Parent("Luc Petit", c.tom)
	c.nosy = s.Parent("Jean Roux", c.max)
	c.head, c.office = s.Head("Marc Blanc"), s.SchoolLife("Lucie Noir")
	c.secretary = s.Person(ids.Personnel, "Eva Brun")
	return c
}

// sheet is a correct form for 6e A, due in two days; change alters it.
func sheet(change ...func(url.Values)) url.Values {
	v := url.Values{
		"titre": {"Récit d'une page"}, "matiere": {"Français"}, "pour": {"g:6e-a"},
		"echeance": {"2026-09-17T18:00"}, "rendu": {"on"}, "consigne": {"Racontez **une rencontre**."},
		"visible": {""}, "sur": {"20"}, "bareme": {""},
	}
	for _, c := range change {
		c(v)
	}
	return v
}

func with(name string, values ...string) func(url.Values) {
	return func(v url.Values) { v[name] = values }
}

// sets has the teacher set a homework and returns its id.
func (c *cast) sets(t testing.TB, form url.Values, files ...plugintest.Upload) string {
	t.Helper()
	a := c.As(c.prof).Submit(c.As(c.prof).Get("/nouveau"), "/nouveau", form, files...)
	if a.Location == "" {
		t.Fatalf("not set: %s", a)
	}
	return a.Location[len("/devoir/"):]
}

// handsIn has a pupil hand in a text and files.
func (c *cast) handsIn(t testing.TB, who ids.PersonID, id, text string, files ...plugintest.Upload) {
	t.Helper()
	v := c.As(who)
	a := v.Submit(v.Get("/devoir/"+id), "/devoir/"+id+"/rendre", url.Values{"texte": {text}}, files...)
	if a.Location == "" {
		t.Fatalf("%s did not hand in: %s", who, a)
	}
}

// corrects has the teacher publish a mark.
func (c *cast) corrects(t testing.TB, id string, pupil ids.PersonID, mark string) {
	t.Helper()
	v := c.As(c.prof)
	path := "/devoir/" + id + "/copie/" + string(pupil)
	a := v.Submit(v.Get(path), path+"/corriger", url.Values{"note": {mark}, "appreciation": {"Très bien, *continuez*."}})
	if a.Location == "" {
		t.Fatalf("not corrected: %s", a)
	}
}

func photo(name string) plugintest.Upload {
	return plugintest.Upload{Field: "fichiers", Name: name, Content: []byte("\xff\xd8\xff\xe0 a photo called " + name)}
}

// refused fails the test unless the answer is one of these kinds.
func refused(t testing.TB, a *plugintest.Answer, what string, kinds ...errors.Kind) {
	t.Helper()
	for _, k := range kinds {
		if a.Kind() == k {
			return
		}
	}
	t.Errorf("%s: %s, want %v", what, a, kinds)
}
