package main

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

// signed asks the guardians of 6e A to sign, until Wednesday 16 September.
func signed(change ...func(url.Values)) url.Values {
	return values(append([]func(url.Values){with("titre", "Sortie au musée"), with("signature", "on"), with("signer-avant", "2026-09-16")}, change...)...)
}

// answers sends what a guardian's button sends.
func (c *cast) answers(who, pupil ids.PersonID, path, answer string) *plugintest.Answer {
	return c.As(who).Post("/entree/"+idOf(path)+"/signer", url.Values{"eleve": {string(pupil)}, "reponse": {answer}})
}

// sheet is what the author reads: "name: answer", then the numbers of those who
// signed, refused and did not answer.
func (c *cast) sheet(path string) (out []string) {
	page := c.As(c.prof).Get(path)
	for _, row := range plugintest.All[*ui.Row](page) {
		who := row.Cells[2].Text.GetPlain()
		for _, a := range row.Cells[2].Text.GetArgs() {
			if a.Name == "name" {
				who = a.GetS()
			}
		}
		out = append(out, row.Cells[0].Text.Plain+": "+strings.TrimPrefix(row.Cells[1].Text.Key, "agenda.signed.")+" "+who)
	}
	numbers := ""
	for _, f := range plugintest.All[*ui.Fact](page) {
		if f.Value.GetKey() == "agenda.signed.n" {
			for _, a := range f.Value.Args {
				if a.Name == "n" {
					numbers += string(rune('0' + a.GetN()))
				}
			}
		}
	}
	return append(out, numbers)
}

// A guardian signs for their child with one button: their week is ticked, the
// author sees it, and the answer can be changed and taken back.
func TestSigning(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, signed())
	const title = "Sortie au musée"
	week := func(when string, who ids.PersonID, want ...string) {
		t.Helper()
		if got := c.week(who); !slices.Equal(got, want) {
			t.Errorf("%s, %s: %q, want %q", when, who, got, want)
		}
	}
	week("asked", c.mother, title+" (Léa)")
	week("asked", c.lea, title)
	week("asked", c.nosy)
	same(t, "asked", c.sheet(path), "Martin Léa: none —", "Petit Tom: none —", "002")

	page := c.As(c.mother).Get(path)
	plugintest.Has(t, page, "agenda.sign.wanted", "agenda.sign.yes", "agenda.sign.no")
	plugintest.HasNot(t, page, "agenda.signed")
	plugintest.HasNot(t, c.As(c.lea).Get(path), "agenda.sign.yes", "agenda.signed")
	if a := c.As(c.mother).Press(page, path+"/signer"); a.Location != path || a.Flash.GetKey() != "agenda.sign.said.yes" {
		t.Fatal(a)
	}
	week("signed", c.mother, title+" x (Léa)")
	week("signed by the other family", c.father, title+" (Tom)")
	same(t, "signed", c.sheet(path), "Martin Léa: yes Claire Martin", "Petit Tom: none —", "101")
	plugintest.HasNot(t, c.As(c.father).Get(path), "Claire Martin")

	page = c.As(c.mother).Get(path)
	plugintest.Has(t, page, "agenda.sign.is.yes", "agenda.sign.undo", "agenda.sign.no")
	plugintest.HasNot(t, page, "agenda.sign.yes")
	if a := c.answers(c.mother, c.lea, path, sayNo); a.Flash.GetKey() != "agenda.sign.said.no" {
		t.Fatal(a)
	}
	same(t, "refused", c.sheet(path), "Martin Léa: no Claire Martin", "Petit Tom: none —", "011")
	for _, f := range plugintest.All[*ui.Fact](c.As(c.prof).Get(path)) {
		if bad := f.Label.GetKey() == "agenda.signed.no"; bad != (f.Tone == ui.Bad) {
			t.Errorf("%s is drawn %s", f.Label.GetKey(), f.Tone)
		}
	}
	week("refused", c.mother, title+" x (Léa)")
	for range 2 {
		if a := c.answers(c.mother, c.lea, path, sayNone); a.Flash.GetKey() != "agenda.sign.said.none" {
			t.Fatal(a)
		}
	}
	week("taken back", c.mother, title+" (Léa)")
	same(t, "taken back", c.sheet(path), "Martin Léa: none —", "Petit Tom: none —", "002")
}

// Of two guardians each answers for themselves; one refusal is a refusal.
func TestTwoGuardians(t *testing.T) {
	c := newCast(t)
	other := c.School.Parent("Omar Petit", c.tom)
	path := c.adds(t, c.prof, signed())
	c.answers(c.father, c.tom, path, sayNo)
	c.answers(other, c.tom, path, sayYes)
	same(t, "both", c.sheet(path)[1:], "Petit Tom: no ", "011")
	plugintest.Has(t, c.As(c.prof).Get(path), "Luc Petit", "Omar Petit", "agenda.signed.by.yes", "agenda.signed.by.no")
	plugintest.HasNot(t, c.As(other).Get(path), "Luc Petit")
}

// Whom nobody may sign for is not waited for: a pupil without guardians, and all of
// them where the school has families sign nothing; who signed before that has.
func TestWhoCannotSignIsNotWaitedFor(t *testing.T) {
	c := newCast(t)
	c.School.Pupil("Ugo Zola", c.sixA)
	path := c.adds(t, c.prof, signed())
	same(t, "asked", c.sheet(path), "Martin Léa: none —", "Petit Tom: none —", "Zola Ugo: alone —", "002")
	plugintest.Has(t, c.As(c.prof).Get(path), "agenda.signed.pupils")
	c.answers(c.mother, c.lea, path, sayYes)
	c.School.Withhold("agenda.sign", ids.Parent)
	same(t, "withheld", c.sheet(path), "Martin Léa: yes Claire Martin", "Petit Tom: cannot —", "Zola Ugo: alone —", "100")
	refusal(t, c.answers(c.father, c.tom, path, sayYes), "without the right", errors.Denied)
	other := c.adds(t, c.prof, signed())
	same(t, "nobody", c.sheet(other), "Martin Léa: cannot —", "Petit Tom: cannot —", "Zola Ugo: alone —", "")
}

// Whoever is not a guardian of a pupil of the class cannot answer, and what was
// not asked is not answered.
func TestSigningRefused(t *testing.T) {
	ours, theirs := plugintest.NewSchool("0750655E", "Ici"), plugintest.NewSchool("0750656F", "Là-bas")
	stranger := theirs.Parent("Ana Noël", theirs.Pupil("Léa Martin", theirs.Class("6e A")))
	h := plugintest.Start(t, module(), ".", plugintest.Schools(ours, theirs))
	prof := ours.Teacher("Anne Durand", ours.Class("6e A"))
	a := h.As(prof).Post("/nouvelle", signed())
	if !strings.HasPrefix(a.Location, "/entree/") {
		t.Fatal(a)
	}
	refusal(t, h.As(stranger).Post(a.Location+"/signer", url.Values{"eleve": {"lea-martin"}, "reponse": {sayYes}}), "another school", errors.NotFound)

	c := newCast(t)
	path := c.adds(t, c.prof, signed())
	plain := c.adds(t, c.prof, values())
	for name, x := range map[string]struct {
		who, pupil ids.PersonID
		path       string
		want       errors.Kind
	}{
		"the pupil":              {c.lea, c.lea, path, errors.Denied},
		"the author":             {c.prof, c.lea, path, errors.Denied},
		"the head":               {c.head, c.lea, path, errors.Denied},
		"another class's family": {c.nosy, c.max, path, errors.NotFound},
		"for somebody else's":    {c.father, c.lea, path, errors.NotFound},
		"a child of no class":    {c.mother, c.zoe, path, errors.NotFound},
		"for nobody":             {c.mother, "", path, errors.NotFound},
		"for oneself":            {c.mother, c.mother, path, errors.NotFound},
		"not asked":              {c.mother, c.lea, plain, errors.NotFound},
		"no entry":               {c.mother, c.lea, "/entree/rien", errors.NotFound},
	} {
		refusal(t, c.answers(x.who, x.pupil, x.path, sayYes), name, x.want)
	}
	refusal(t, c.answers(c.mother, c.lea, path, "peut-être"), "no answer", errors.Invalid)
	same(t, "nobody answered", c.sheet(path), "Martin Léa: none —", "Petit Tom: none —", "002")
	for _, who := range []ids.PersonID{c.colleague, c.lea, c.mother} {
		plugintest.HasNot(t, c.As(who).Get(path), "agenda.signed")
	}
	plugintest.Has(t, c.As(c.head).Get(path), "agenda.signed")
}

// An answer is taken until the day that was set; what changes is asked again,
// what is cancelled is not.
func TestSigningEnds(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, signed())
	c.answers(c.mother, c.lea, path, sayYes)
	prof := c.As(c.prof)
	edit := func(form url.Values) {
		t.Helper()
		if a := prof.Submit(prof.Get(path+"/modifier"), path+"/modifier", form); a.Location != path {
			t.Fatal(a)
		}
	}
	edit(url.Values{"texte": {"N'oubliez pas le pique-nique."}})
	same(t, "other words", c.sheet(path)[:1], "Martin Léa: yes Claire Martin")
	edit(url.Values{"lieu": {"Autre musée"}})
	same(t, "another place", c.sheet(path)[:1], "Martin Léa: before Claire Martin")
	plugintest.Has(t, c.As(c.mother).Get(path), "agenda.sign.again", "agenda.sign.yes")
	same(t, "to sign again", c.week(c.mother), "Sortie au musée (Léa)")
	c.answers(c.mother, c.lea, path, sayYes)
	c.Advance(38*time.Hour - time.Minute) // Wednesday, a minute before midnight
	if a := c.answers(c.father, c.tom, path, sayYes); a.Flash.GetKey() != "agenda.sign.said.yes" {
		t.Error(a)
	}
	c.Advance(time.Minute)
	if a := c.answers(c.father, c.tom, path, sayNo); a.Location != path || a.Flash.GetKey() != "agenda.sign.closed" {
		t.Error(a)
	}
	page := c.As(c.father).Get(path)
	plugintest.Has(t, page, "agenda.sign.is.yes", "agenda.sign.closed")
	plugintest.HasNot(t, page, "agenda.sign.no", "agenda.sign.undo")
	same(t, "kept", c.sheet(path), "Martin Léa: yes Claire Martin", "Petit Tom: yes Luc Petit", "200")

	cancelled := c.adds(t, c.prof, signed(with("signer-avant", ""), with("debut", "2026-09-18T10:00"), with("fin", "")))
	prof.Press(prof.Get(cancelled), cancelled+"/annuler")
	if a := c.answers(c.mother, c.lea, cancelled, sayYes); a.Flash.GetKey() != "agenda.sign.closed" {
		t.Error(a)
	}
}

// Long before it is due it is in this week's tasks, and in the week it is due.
func TestSigningIsSeenEarly(t *testing.T) {
	c := newCast(t)
	c.adds(t, c.prof, signed(with("debut", "2026-10-15T10:00"), with("fin", ""), with("signer-avant", "2026-10-08")))
	at := func(day int) int {
		monday := time.Date(2026, 9, day, 0, 0, 0, 0, zoneOf(home))
		return len(c.As(c.mother).Tasks(monday, monday.AddDate(0, 0, 7)))
	}
	saturday := newCast(t)
	path := saturday.adds(t, saturday.prof, signed(with("debut", "2026-10-15T10:00"), with("fin", ""), with("signer-avant", "2026-10-08")))
	saturday.Advance(4 * 24 * time.Hour)
	next := time.Date(2026, 9, 21, 0, 0, 0, 0, zoneOf(home))
	if n := len(saturday.As(saturday.mother).Tasks(next, next.AddDate(0, 0, 7))); n != 1 {
		t.Errorf("on Saturday the next week has %d tasks", n)
	}
	saturday.answers(saturday.mother, saturday.lea, path, sayYes)
	if list := saturday.As(saturday.mother).Tasks(next, next.AddDate(0, 0, 7)); len(list) != 1 || !list[0].Check.Done {
		t.Errorf("answered on Saturday, the next week has %v", list)
	}
	for day, want := range map[int]int{14: 1, 21: 0, 35 /* 5 October */ : 1, 42: 0} {
		if got := at(day); got != want {
			t.Errorf("week of %d September: %d tasks, want %d", day, got, want)
		}
	}
}

// What cannot be signed is said at its field.
func TestSigningForm(t *testing.T) {
	c := newCast(t)
	for _, x := range []struct {
		change func(url.Values)
		field  string
		key    string
	}{
		{with("agenda", "p:anne-durand"), "signature", "agenda.form.sign.class"},
		{weekly("2026-12-01"), "signature", "agenda.form.sign.repeats"},
		{with("signer-avant", "2026-09-18"), "signer-avant", "agenda.form.sign.late"},
		{with("signer-avant", "2026-09-14"), "signer-avant", "agenda.form.sign.past"},
	} {
		a := c.As(c.prof).Post("/nouvelle", signed(x.change))
		if a.Status != 422 {
			t.Errorf("%s: %s", x.key, a)
			continue
		}
		if got := plugintest.FieldOf(t, plugintest.FormTo(t, a.Page, "/nouvelle"), x.field).Error.GetKey(); got != x.key {
			t.Errorf("%s says %q, want %q", x.field, got, x.key)
		}
	}
	for _, f := range plugintest.All[*ui.Field](c.As(c.lea).Get("/nouvelle")) {
		if f.Name == "signature" {
			t.Error("a pupil may ask for signatures")
		}
	}
}

// The document that is searched for is the same whether or not it is to sign.
func TestSigningIsNotSearched(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, signed())
	before := c.Documents(idOf(path))[0].String()
	c.answers(c.mother, c.lea, path, sayNo)
	if after := c.Documents(idOf(path))[0].String(); after != before || strings.Contains(after, "Claire") {
		t.Errorf("%s\nbecame\n%s", before, after)
	}
}
