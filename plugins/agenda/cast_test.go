package main

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
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

// everybody is the whole cast.
func (c *cast) everybody() []ids.PersonID {
	return []ids.PersonID{c.lea, c.tom, c.zoe, c.max, c.prof, c.colleague, c.other, c.mother, c.father, c.nosy, c.head, c.office, c.secretary}
}

// values is a correct form for 6e A on Thursday from ten to eleven; change
// alters it.
func values(change ...func(url.Values)) url.Values {
	v := url.Values{
		"titre": {"Contrôle de grammaire"}, "agenda": {"g:6e-a"}, "debut": {"2026-09-17T10:00"}, "fin": {"2026-09-17T11:00"},
		"lieu": {"Salle 12"}, "texte": {"Apprenez **tout**."},
	}
	for _, c := range change {
		c(v)
	}
	return v
}

func with(name string, v ...string) func(url.Values) {
	return func(form url.Values) { form[name] = v }
}

// weekly repeats until a day.
func weekly(until string) func(url.Values) {
	return func(v url.Values) { v["repetition"], v["jusquau"] = []string{"semaine"}, []string{until} }
}

// adds has somebody add an entry and returns where it is.
func (c *cast) adds(t testing.TB, who ids.PersonID, form url.Values) string {
	t.Helper()
	v := c.As(who)
	a := v.Submit(v.Get("/nouvelle"), "/nouvelle", form)
	if !strings.HasPrefix(a.Location, "/entree/") {
		t.Fatalf("not added: %s", a)
	}
	return a.Location
}

// idOf is the entry of a path.
func idOf(path string) string {
	id, _, _ := strings.Cut(strings.TrimPrefix(path, "/entree/"), "?")
	return id
}

// shows lists what somebody's page holds, "17/09 10:00 title" by time, "x" for
// cancelled.
func (c *cast) shows(who ids.PersonID, path string) []string {
	return written(plugintest.All[*ui.Entry](c.As(who).Get(path)))
}

func written(list []*ui.Entry) (out []string) {
	for _, e := range list {
		s := e.Start.AsTime().In(zoneOf(home)).Format("02/01 15:04 ") + e.Title.Plain
		if e.Cancelled {
			s += " x"
		}
		out = append(out, s)
	}
	return out
}

func same(t testing.TB, what string, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// refusal fails the test unless the answer is one of these kinds.
func refusal(t testing.TB, a *plugintest.Answer, what string, kinds ...errors.Kind) {
	t.Helper()
	for _, k := range kinds {
		if a.Kind() == k {
			return
		}
	}
	t.Errorf("%s: %s, want %v", what, a, kinds)
}

func paris(y int, m time.Month, d, h, min int) time.Time {
	return time.Date(y, m, d, h, min, 0, 0, zoneOf(home))
}
