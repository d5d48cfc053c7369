package main

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// takenBack reports whether what was said under a key was taken back.
func (c *cast) takenBack(key string) bool {
	return slices.ContainsFunc(c.Withdrawn(), func(w plugintest.Withdrawn) bool { return w.Key == key })
}

// What is cancelled before families see it is not announced to them as new: not
// when it is cancelled, not when the hours move, not when it comes out of the bin.
func TestCancelledBeforeItIsSeen(t *testing.T) {
	c := evening(t)
	prof := c.As(c.prof)
	path := c.adds(t, c.prof, signed(with("signer-avant", "2026-09-17"), with("collegues", "on")))
	n := len(c.Notices())
	prof.Press(prof.Get(path), path+"/annuler")
	c.tells(t, "cancelled", n, map[string][]ids.PersonID{"changement agenda.notice.cancelled": {c.colleague}})
	if !c.takenBack("entry:" + idOf(path)) {
		t.Errorf("families will be told: taken back %v", c.Withdrawn())
	}
	n = len(c.Notices())
	c.Hours(func(at time.Time) time.Time { return at })
	if err := c.Deliver(sdk.HoursMoved, nil); err != nil {
		t.Fatal(err)
	}
	prof.Post(path+"/supprimer", nil)
	prof.Press(prof.Get("/corbeille"), "/corbeille/")
	c.tells(t, "moved, deleted and restored", n, nil)
	prof.Press(prof.Get(path), path+"/annuler")
	c.tells(t, "held after all", n, map[string][]ids.PersonID{
		"changement agenda.notice.held": {c.lea, c.tom, c.colleague}, "signature agenda.notice.sign": {c.mother, c.father},
	})
}

// A notice that no longer holds does not stay: guardians are told of another day
// to answer by, those alone who have not answered, and that nothing is to sign.
func TestAskingChanges(t *testing.T) {
	c := newCast(t)
	path := c.outing(t)
	expect := func(what string, form url.Values, want map[string][]ids.PersonID) {
		t.Helper()
		n := len(c.Notices())
		if a := c.writes(path, form); a.Location != path {
			t.Fatalf("%s: %s", what, a)
		}
		c.tells(t, what, n, want)
		for _, x := range c.Notices()[n:] {
			if x.Key != "entry:"+idOf(path) {
				t.Errorf("%s: under %s", what, x.Key)
			}
		}
	}
	expect("another day", url.Values{"signer-avant": {"2026-09-17"}}, map[string][]ids.PersonID{"signature agenda.notice.sign": {c.father}})
	until := c.Notices()[len(c.Notices())-1].Text.Args[1]
	if until.Name != "until" || !until.GetT().AsTime().Equal(paris(2026, 9, 18, 0, 0).Add(-time.Second)) {
		t.Errorf("until %v", until)
	}
	expect("nothing else", url.Values{"texte": {"Avec un pique-nique."}}, nil)
	expect("no longer", url.Values{"signature": nil, "signer-avant": nil}, map[string][]ids.PersonID{"signature agenda.notice.unsigned": {c.mother, c.father}})
	expect("elsewhere", url.Values{"lieu": {"Autre musée"}}, map[string][]ids.PersonID{"changement agenda.notice.changed": {c.lea, c.tom, c.mother, c.father}})
}

// Guardians whom the school has sign nothing read what the others do of what is to
// be signed; of another day to answer by they read nothing.
func TestWhoMayNotSignIsTold(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, signed(with("signer-avant", "2026-09-16")))
	expect := func(what, kind, key string) {
		t.Helper()
		told := c.Notices()
		last := told[len(told)-1]
		if last.Kind != noticeSign || last.Instead.GetKind() != kind || last.Instead.GetText().GetKey() != key {
			t.Errorf("%s: %s, instead of it %v", what, last.Kind, last.Instead)
		}
		for _, n := range told {
			if n.Kind != noticeSign && n.Instead != nil {
				t.Errorf("%s: of %s %v", what, n.Kind, n.Instead)
			}
		}
	}
	expect("new", noticeNew, "agenda.notice.new")
	c.writes(path, url.Values{"signer-avant": {"2026-09-17"}})
	expect("another day to answer by", "", "")
	c.writes(path, url.Values{"lieu": {"Autre musée"}})
	expect("elsewhere", noticeMove, "agenda.notice.changed")
	c.writes(path, url.Values{"signature": nil, "signer-avant": nil})
	expect("nothing to sign", "", "")
}

// What was said of single lessons goes with them, whichever way they go.
func TestNoticesOfASeriesGoWithIt(t *testing.T) {
	for name, end := range map[string]func(c *cast, path string){
		"all deleted":       func(c *cast, path string) { c.deletes(t, path, 8, Whole) },
		"following deleted": func(c *cast, path string) { c.deletes(t, path, 8, Following) },
		"once now": func(c *cast, path string) {
			c.edits(t, path, 8, url.Values{"portee": {"toutes"}, "repetition": {""}, "jusquau": {""}})
		},
	} {
		c := newCast(t)
		path := c.lessons(t)
		single := idOf(c.edits(t, path, 22, url.Values{"titre": {"Dictée"}}).Location)
		told := c.Notices()
		if last := told[len(told)-1]; last.Key != "entry:"+single {
			t.Fatalf("%s: told under %s", name, last.Key)
		}
		end(c, path)
		if !c.takenBack("entry:"+single) || !c.takenBack("entry:"+single+":staff") {
			t.Errorf("%s: taken back %v", name, c.Withdrawn())
		}
		if c.takenBack("entry:"+idOf(path)) != (name == "all deleted") {
			t.Errorf("%s: the series' own notice: taken back %v", name, c.Withdrawn())
		}
	}
}
