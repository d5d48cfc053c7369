package main

import (
	"net/url"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// outing is to be signed by Wednesday and takes place on Friday; Léa's mother
// has signed.
func (c *cast) outing(t *testing.T) (path string) {
	t.Helper()
	path = c.adds(t, c.prof, signed(with("debut", "2026-09-18T10:00"), with("fin", "2026-09-18T12:00")))
	if a := c.answers(c.mother, c.lea, path, sayYes); a.Flash.GetKey() != "agenda.sign.said.yes" {
		t.Fatal(a)
	}
	return path
}

// writes changes an entry that does not repeat.
func (c *cast) writes(path string, form url.Values) *plugintest.Answer {
	v := c.As(c.prof)
	return v.Submit(v.Get(path+"/modifier"), path+"/modifier", form)
}

// After the day that was set, who changes what guardians agreed to chooses
// another day; nobody is asked for what they can no longer give.
func TestAskedAgainInTime(t *testing.T) {
	c := newCast(t)
	path := c.outing(t)
	c.Advance(48 * time.Hour) // Thursday
	n := len(c.Notices())
	elsewhere := url.Values{"lieu": {"Autre musée"}}
	a := c.writes(path, elsewhere)
	if a.Status != 422 {
		t.Fatalf("taken: %s", a)
	}
	if got := plugintest.FieldOf(t, plugintest.FormTo(t, a.Page, path+"/modifier"), "signer-avant").Error.GetKey(); got != "agenda.form.sign.anew" {
		t.Errorf("said %q", got)
	}
	if a := c.writes(path, url.Values{"texte": {"Avec un pique-nique."}}); a.Location != path {
		t.Error(a)
	}
	c.tells(t, "nothing that was agreed to", n, nil)
	same(t, "kept", c.sheet(path)[:1], "Martin Léa: yes Claire Martin")

	elsewhere["signer-avant"] = []string{"2026-09-17"}
	if a := c.writes(path, elsewhere); a.Location != path {
		t.Fatal(a)
	}
	c.tells(t, "another day", n, map[string][]ids.PersonID{
		"changement agenda.notice.changed": {c.lea, c.tom}, "signature agenda.notice.sign": {c.mother, c.father},
	})
	plugintest.Has(t, c.As(c.mother).Get(path), "agenda.sign.again", "agenda.sign.yes")

	c.Advance(16 * time.Hour) // Friday
	page := c.As(c.mother).Get(path)
	plugintest.Has(t, page, "agenda.sign.outdated", "agenda.sign.closed")
	plugintest.HasNot(t, page, "agenda.sign.again", "agenda.sign.yes")
	c.Advance(24 * time.Hour)
	if a := c.writes(path, url.Values{"titre": {"Sortie au muséum"}}); a.Location != path {
		t.Errorf("what is over is not corrected: %s", a)
	}
}

// What takes place after all is told, not asked, once it is too late to answer.
func TestHeldTooLateToSign(t *testing.T) {
	c := newCast(t)
	path := c.outing(t)
	prof := c.As(c.prof)
	prof.Press(prof.Get(path), path+"/annuler")
	c.Advance(48 * time.Hour)
	n := len(c.Notices())
	prof.Press(prof.Get(path), path+"/annuler")
	c.tells(t, "held", n, map[string][]ids.PersonID{"changement agenda.notice.held": {c.lea, c.tom, c.mother, c.father}})
}

// Written in the evening to be answered the same evening: families see it too
// late, the author is told, they are not asked.
func TestSeenTooLateToSign(t *testing.T) {
	c := evening(t)
	a := c.As(c.prof).Post("/nouvelle", signed(with("signer-avant", "2026-09-15")))
	if a.Flash.GetKey() != "agenda.saved.unanswerable" {
		t.Errorf("%s %v", a, a.Flash)
	}
	c.tells(t, "told", 0, map[string][]ids.PersonID{"nouveau agenda.notice.new": {c.lea, c.tom, c.mother, c.father}})
}

// Where a school has parents sign no longer, they are asked for nothing: what
// was to be signed is to be read.
func TestParentsWhoDoNotSign(t *testing.T) {
	c := newCast(t)
	for i := range c.Manifest.Permissions {
		if p := &c.Manifest.Permissions[i]; p.ID == "agenda.sign" {
			p.Default = nil
		}
	}
	path := c.adds(t, c.prof, signed())
	same(t, "to read", c.week(c.mother), "Sortie au musée (Léa)")
	plugintest.HasNot(t, c.As(c.mother).Get(path), "agenda.sign.wanted", "agenda.sign.for", "agenda.sign.yes")
	same(t, "read", c.week(c.mother), "Sortie au musée x (Léa)")
	refusal(t, c.answers(c.mother, c.lea, path, sayYes), "signs all the same", errors.Denied)
}

// An answer from before a change does not look like one to what is asked now.
func TestAnswersBeforeAChange(t *testing.T) {
	c := newCast(t)
	other := c.School.Parent("Omar Petit", c.tom)
	path := c.outing(t)
	c.answers(c.father, c.tom, path, sayNo)
	if a := c.writes(path, url.Values{"lieu": {"Autre musée"}}); a.Location != path {
		t.Fatal(a)
	}
	c.answers(other, c.tom, path, sayYes)
	same(t, "answers", c.sheet(path), "Martin Léa: before Claire Martin", "Petit Tom: yes ", "101")
	page := c.As(c.prof).Get(path)
	plugintest.Has(t, page, "agenda.signed.was.yes", "agenda.signed.was.no", "agenda.signed.by.yes")
	plugintest.HasNot(t, page, "agenda.signed.by.no")
}
