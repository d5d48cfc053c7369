package main

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

const autumn = "/?vue=mois&date=2026-10-01" // 28 September to 1 November

// lessons are a weekly entry on Thursdays from 24 September over the end of
// summer time.
func (c *cast) lessons(t *testing.T) string {
	t.Helper()
	path := c.adds(t, c.prof, values(with("titre", "Grammaire"), with("debut", "2026-09-24T10:00"), with("fin", "2026-09-24T11:00"), weekly("2026-11-05")))
	same(t, "the series", c.shows(c.lea, autumn),
		"01/10 10:00 Grammaire", "08/10 10:00 Grammaire", "15/10 10:00 Grammaire", "22/10 10:00 Grammaire", "29/10 10:00 Grammaire")
	return "/entree/" + idOf(path)
}

// on is the query of the occurrence of a day.
func on(day int) string { return "?fois=" + unixWord(paris(2026, time.October, day, 10, 0)) }

// edits changes the occurrence of a day.
func (c *cast) edits(t *testing.T, path string, day int, form url.Values) *plugintest.Answer {
	t.Helper()
	v := c.As(c.prof)
	a := v.Submit(v.Get(path+"/modifier"+on(day)), path+"/modifier", form)
	if a.Location == "" {
		t.Fatalf("not changed: %s", a)
	}
	return a
}

func TestChangeOne(t *testing.T) {
	c := newCast(t)
	path := c.lessons(t)
	a := c.edits(t, path, 15, url.Values{"titre": {"Dictée"}, "debut": {"2026-10-16T14:00"}, "fin": {"2026-10-16T15:00"}})
	want := []string{"01/10 10:00 Grammaire", "08/10 10:00 Grammaire", "16/10 14:00 Dictée", "22/10 10:00 Grammaire", "29/10 10:00 Grammaire"}
	same(t, "one", c.shows(c.lea, autumn), want...)
	plugintest.Has(t, a.Follow(), "agenda.repeat.changed")
	refusal(t, c.As(c.prof).Post(path+"/modifier"+on(15), values()), "what is no longer there", errors.NotFound)
	same(t, "still", c.shows(c.lea, autumn), want...)
}

func TestChangeFollowing(t *testing.T) {
	c := newCast(t)
	path := c.lessons(t)
	c.edits(t, path, 22, url.Values{"titre": {"Rédaction"}}) // changed before
	c.edits(t, path, 8, url.Values{"portee": {"suite"}, "debut": {"2026-10-09T08:30"}, "fin": {"2026-10-09T09:30"}})
	same(t, "following", c.shows(c.lea, autumn),
		"01/10 10:00 Grammaire", "09/10 08:30 Grammaire", "16/10 08:30 Grammaire", "22/10 10:00 Rédaction", "30/10 08:30 Grammaire")
}

func TestChangeAll(t *testing.T) {
	c := newCast(t)
	path := c.lessons(t)
	c.edits(t, path, 22, url.Values{"titre": {"Rédaction"}})
	c.edits(t, path, 8, url.Values{"portee": {"toutes"}, "titre": {"Lecture"}, "debut": {"2026-10-07T09:00"}, "fin": {"2026-10-07T10:30"}})
	same(t, "all", c.shows(c.lea, autumn),
		"30/09 09:00 Lecture", "07/10 09:00 Lecture", "14/10 09:00 Lecture", "22/10 10:00 Rédaction", "28/10 09:00 Lecture")
	fois := "?fois=" + unixWord(paris(2026, time.October, 7, 9, 0))
	c.As(c.prof).Submit(c.As(c.prof).Get(path+"/modifier"+fois), path+"/modifier", url.Values{"portee": {"toutes"}, "repetition": {""}, "jusquau": {""}, "debut": {"2026-10-02T09:00"}, "fin": {"2026-10-02T10:00"}})
	same(t, "once", c.shows(c.lea, autumn), "02/10 09:00 Lecture")
}

// deletes deletes the occurrence of a day and what else it means.
func (c *cast) deletes(t *testing.T, path string, day int, s Scope) {
	t.Helper()
	v := c.As(c.prof)
	a := v.Submit(v.Get(path+"/supprimer"+on(day)), path+"/supprimer", url.Values{"portee": {string(s)}})
	if a.Location != "/corbeille" {
		t.Fatalf("not deleted: %s", a)
	}
}

// restores takes the latest deletion back.
func (c *cast) restores(t *testing.T) {
	t.Helper()
	v := c.As(c.prof)
	if a := v.Press(v.Get("/corbeille"), "/corbeille/"); !strings.HasPrefix(a.Location, "/entree/") {
		t.Fatalf("not restored: %s", a)
	}
}

func TestDeleteAndRestore(t *testing.T) {
	c := newCast(t)
	path := c.lessons(t)
	c.edits(t, path, 22, url.Values{"titre": {"Rédaction"}})
	whole := []string{"01/10 10:00 Grammaire", "08/10 10:00 Grammaire", "15/10 10:00 Grammaire", "22/10 10:00 Rédaction", "29/10 10:00 Grammaire"}
	c.deletes(t, path, 8, ThisOne)
	same(t, "one", c.shows(c.lea, autumn), whole[0], whole[2], whole[3], whole[4])
	c.deletes(t, path, 15, Following)
	same(t, "following", c.shows(c.lea, autumn), whole[0])
	c.deletes(t, path, 1, Whole)
	same(t, "all", c.shows(c.lea, autumn))
	c.restores(t)
	same(t, "all back", c.shows(c.lea, autumn), whole[0])
	c.restores(t)
	same(t, "following back", c.shows(c.lea, autumn), whole[0], whole[2], whole[3], whole[4])
	c.restores(t)
	same(t, "one back", c.shows(c.lea, autumn), whole...)
	plugintest.Has(t, c.As(c.prof).Get("/corbeille"), "agenda.bin.empty")
}

// What somebody changed since does not come back over it, and after a month
// nothing does.
func TestRestoreRefused(t *testing.T) {
	c := newCast(t)
	path := c.lessons(t)
	c.deletes(t, path, 15, Following)
	c.Advance(time.Minute)
	c.edits(t, path, 1, url.Values{"portee": {"toutes"}, "titre": {"Autre"}})
	v := c.As(c.prof)
	refusal(t, v.Press(v.Get("/corbeille"), "/corbeille/"), "restore", errors.Conflict)
	same(t, "as it was", c.shows(c.lea, autumn), "01/10 10:00 Autre", "08/10 10:00 Autre")
	c.Advance((binDays + 1) * 24 * time.Hour)
	plugintest.Has(t, v.Get("/corbeille"), "agenda.bin.empty")
}

// A cancelled occurrence stays, crossed out, and comes back.
func TestCancel(t *testing.T) {
	c := newCast(t)
	path := c.lessons(t)
	v := c.As(c.prof)
	a := v.Press(v.Get(path+on(15)), path+"/annuler")
	same(t, "cancelled", c.shows(c.lea, autumn),
		"01/10 10:00 Grammaire", "08/10 10:00 Grammaire", "15/10 10:00 Grammaire x", "22/10 10:00 Grammaire", "29/10 10:00 Grammaire")
	page := a.Follow()
	plugintest.Has(t, page, "agenda.cancelled")
	v.Press(page, "/entree/")
	same(t, "back", c.shows(c.lea, autumn),
		"01/10 10:00 Grammaire", "08/10 10:00 Grammaire", "15/10 10:00 Grammaire", "22/10 10:00 Grammaire", "29/10 10:00 Grammaire")
}

// Two windows: the second does not undo the first unseen.
func TestTwoWindows(t *testing.T) {
	c := newCast(t)
	path := c.lessons(t)
	v := c.As(c.prof)
	old := v.Get(path + "/modifier" + on(8))
	c.Advance(time.Minute)
	c.edits(t, path, 8, url.Values{"portee": {"toutes"}, "titre": {"Premier"}})
	a := v.Submit(old, path+"/modifier", url.Values{"titre": {"Second"}, "portee": {"toutes"}})
	if a.Status != 422 || !plugintest.Says(a.Page, "agenda.changed.meanwhile") || !plugintest.Says(a.Page, "Second") {
		t.Errorf("the second window: %s", a)
	}
}

// Every repeat of the form gives what it says.
func TestRepeats(t *testing.T) {
	for repeat, want := range map[string][]string{
		"jour":      {"28/09", "29/09", "30/09", "01/10", "02/10", "03/10", "04/10", "05/10", "06/10"},
		"ouvres":    {"28/09", "29/09", "30/09", "01/10", "02/10", "05/10", "06/10"},
		"semaine":   {"28/09", "05/10"},
		"quinzaine": {"28/09"},
		"mois":      {"28/09"},
	} {
		c := newCast(t)
		c.adds(t, c.lea, values(with("agenda", "p:lea-martin"), with("titre", "x"), with("debut", "2026-09-28T10:00"), with("fin", ""),
			with("repetition", repeat), with("jusquau", "2026-10-06")))
		var got []string
		for _, s := range c.shows(c.lea, autumn) {
			got = append(got, s[:5])
		}
		same(t, repeat, got, want...)
	}
	c := newCast(t)
	c.adds(t, c.lea, values(with("agenda", "p:lea-martin"), with("repetition", "quinzaine"), with("nombre", "3")))
	n := len(plugintest.All[*ui.Entry](c.As(c.lea).Get("/?vue=mois&date=2026-10-01")))
	if n != 2 { // 1 and 15 October; the first is on 17 September
		t.Errorf("%d of three in October", n)
	}
}
