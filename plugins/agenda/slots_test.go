package main

import (
	"slices"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// evening is a cast on Tuesday 15 September 2026 at ten in the evening, in a
// school that publishes from seven to twenty.
func evening(t *testing.T) *cast {
	c := newCast(t)
	c.Hours(func(at time.Time) time.Time {
		at = at.In(zoneOf(home))
		y, m, d := at.Date()
		switch opens := time.Date(y, m, d, 7, 0, 0, 0, zoneOf(home)); {
		case at.Before(opens):
			return opens
		case at.Hour() >= 20:
			return opens.AddDate(0, 0, 1)
		}
		return at
	})
	c.Advance(12 * time.Hour)
	return c
}

var seven = paris(2026, 9, 16, 7, 0)

// told lists the notices sent since the first n: the kind, and who is told.
func (c *cast) told(n int) map[string][]ids.PersonID {
	out := map[string][]ids.PersonID{}
	for _, x := range c.Notices()[n:] {
		people := slices.Clone(x.People)
		slices.Sort(people)
		out[x.Kind+" "+x.Text.Key] = append(out[x.Kind+" "+x.Text.Key], people...)
	}
	return out
}

func (c *cast) tells(t *testing.T, what string, n int, want map[string][]ids.PersonID) {
	t.Helper()
	got := c.told(n)
	for key, people := range want {
		slices.Sort(people)
		if !slices.Equal(slices.Sorted(slices.Values(got[key])), people) {
			t.Errorf("%s: %s told to %v, want %v", what, key, got[key], people)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: told %v", what, got)
	}
}

// What a teacher writes in the evening staff see at once, families at seven,
// and are told of it then, not before.
func TestWrittenInTheEvening(t *testing.T) {
	c := evening(t)
	a := c.As(c.prof).Post("/nouvelle", signed(with("signer-avant", "2026-09-17"), with("collegues", "on")))
	if a.Flash.GetKey() != "agenda.saved.later" || !a.Flash.Args[0].GetT().AsTime().Equal(seven) {
		t.Fatalf("%s %v", a, a.Flash)
	}
	path := a.Location
	for _, n := range c.Notices() {
		from, key := seven, "entry:"+idOf(path)
		if slices.Contains(n.People, c.colleague) {
			from, key = time.Time{}, key+":staff"
		}
		if !n.From.Equal(from) || n.Urgent || n.Key != key || n.From.IsZero() != slices.Equal(n.People, []ids.PersonID{c.colleague}) {
			t.Errorf("%+v", n)
		}
	}
	c.tells(t, "written", 0, map[string][]ids.PersonID{
		"nouveau agenda.notice.new":    {c.lea, c.tom, c.colleague},
		"signature agenda.notice.sign": {c.mother, c.father},
	})
	for _, who := range []ids.PersonID{c.prof, c.colleague} {
		same(t, string(who), c.shows(who, september), "17/09 10:00 Sortie au musée")
		plugintest.Has(t, c.As(who).Get(path), "agenda.visible.from")
	}
	families := []ids.PersonID{c.lea, c.mother, c.tom, c.father}
	hidden := func(when string) {
		t.Helper()
		from := paris(2026, 9, 14, 0, 0)
		for _, who := range families {
			refusal(t, c.As(who).Do("GET", path, nil), when+", "+string(who), errors.NotFound)
			refusal(t, c.As(who).Do("GET", "/nouvelle?copie="+idOf(path), nil), when+", copied by "+string(who), errors.NotFound)
			same(t, when, c.shows(who, september))
			same(t, when, c.shows(who, september+"&agenda=g%3A6e-a"))
			same(t, when, c.week(who))
			same(t, when, written(c.As(who).Calendar(from, from.AddDate(0, 0, 7))))
			plugintest.HasNot(t, c.As(who).Widget("aujourd-hui"), "Sortie au musée")
			plugintest.HasNot(t, c.As(who).Get("/famille"), "Sortie au musée")
		}
		refusal(t, c.answers(c.mother, c.lea, path, sayYes), when, errors.NotFound)
		c.agrees(t, map[bool]int{}, idOf(path))
	}
	hidden("at ten")
	c.Advance(9*time.Hour - time.Minute)
	hidden("a minute before seven")
	c.Advance(time.Minute)
	for _, who := range families {
		same(t, string(who), c.shows(who, september), "17/09 10:00 Sortie au musée")
	}
	same(t, "to sign", c.week(c.mother), "Sortie au musée (Léa)")
	plugintest.HasNot(t, c.As(c.prof).Get(path), "agenda.visible.from")
	c.agrees(t, map[bool]int{}, idOf(path))
}

// Changed before families see it, it is told as new; after, as changed, at once
// on the page; what nobody has to know is not told.
func TestChangesAreToldOf(t *testing.T) {
	c := evening(t)
	prof := c.As(c.prof)
	path := c.adds(t, c.prof, values())
	edit := func(form map[string][]string) {
		t.Helper()
		if a := prof.Submit(prof.Get(path+"/modifier"), path+"/modifier", form); a.Location != path {
			t.Fatal(a)
		}
	}
	class := []ids.PersonID{c.lea, c.tom, c.mother, c.father}
	n := len(c.Notices())
	edit(map[string][]string{"lieu": {"Salle 3"}})
	c.tells(t, "before seven", n, map[string][]ids.PersonID{"nouveau agenda.notice.new": class})
	c.Advance(9 * time.Hour)
	n = len(c.Notices())
	edit(map[string][]string{"texte": {"Autre chose"}})
	c.tells(t, "other words", n, nil)
	edit(map[string][]string{"debut": {"2026-09-17T11:00"}, "fin": {"2026-09-17T12:00"}})
	c.tells(t, "later", n, map[string][]ids.PersonID{"changement agenda.notice.changed": class})
	n = len(c.Notices())
	prof.Press(prof.Get(path), path+"/annuler")
	c.tells(t, "cancelled", n, map[string][]ids.PersonID{"changement agenda.notice.cancelled": class})
	for _, x := range c.Notices()[n:] {
		if x.Urgent || slices.Contains(x.People, c.mother) && len(x.About) != 2 {
			t.Errorf("%+v", x)
		}
	}
	n = len(c.Notices())
	edit(map[string][]string{"signature": {"on"}})
	c.tells(t, "cancelled and to sign", n, nil)
	prof.Press(prof.Get(path), path+"/annuler")
	c.tells(t, "held after all", n, map[string][]ids.PersonID{
		"changement agenda.notice.held": {c.lea, c.tom}, "signature agenda.notice.sign": {c.mother, c.father},
	})
	prof.Post(path+"/supprimer", nil)
	if w := c.Withdrawn(); len(w) != 2 || w[0].Key != "entry:"+idOf(path) || w[1].Key != "entry:"+idOf(path)+":staff" {
		t.Errorf("taken back: %v", w)
	}
	n = len(c.Notices())
	prof.Press(prof.Get("/corbeille"), "/corbeille/")
	if got := c.told(n); len(got["nouveau agenda.notice.new"]) != 2 {
		t.Errorf("restored: %v", got)
	}
}

// One's own calendar waits for no hour and is told to nobody; what is over
// neither; what begins before families see it is said to who writes it.
func TestNotTold(t *testing.T) {
	c := evening(t)
	a := c.As(c.lea).Post("/nouvelle", values(with("agenda", "p:lea-martin")))
	if a.Flash.GetKey() != "agenda.saved" || len(c.Notices()) > 0 {
		t.Errorf("%s, %d notices", a.Flash, len(c.Notices()))
	}
	c.As(c.prof).Post("/nouvelle", values(with("debut", "2026-09-14T10:00"), with("fin", "2026-09-14T11:00")))
	if n := c.Notices(); len(n) > 0 {
		t.Errorf("of yesterday: %v", n)
	}
	a = c.As(c.prof).Post("/nouvelle", values(with("debut", "2026-09-16T06:30"), with("fin", "")))
	if a.Flash.GetKey() != "agenda.saved.toolate" {
		t.Error(a.Flash)
	}
	n := len(c.Notices())
	c.As(c.office).Post("/nouvelle", values(with("agenda", "e"), with("titre", "Portes ouvertes")))
	got := c.told(n)["nouveau agenda.notice.new"]
	for _, who := range []ids.PersonID{c.lea, c.max, c.mother, c.nosy, c.prof, c.other, c.head, c.secretary} {
		if !slices.Contains(got, who) {
			t.Errorf("%s is not told of what is for all: %v", who, got)
		}
	}
	same(t, "staff", c.shows(c.secretary, september), "17/09 10:00 Portes ouvertes")
	same(t, "families", c.shows(c.nosy, september))
}

// The staff is told at once of what changes too, while families are told of it
// as new, and once, whatever becomes of the school's hours.
func TestStaffIsToldAtOnce(t *testing.T) {
	c := evening(t)
	prof := c.As(c.prof)
	path := c.adds(t, c.prof, values(with("collegues", "on")))
	families := []ids.PersonID{c.lea, c.tom, c.mother, c.father}
	n := len(c.Notices())
	if a := prof.Submit(prof.Get(path+"/modifier"), path+"/modifier", map[string][]string{"lieu": {"Salle 3"}}); a.Location != path {
		t.Fatal(a)
	}
	c.tells(t, "changed", n, map[string][]ids.PersonID{
		"nouveau agenda.notice.new": families, "changement agenda.notice.changed": {c.colleague},
	})
	n = len(c.Notices())
	c.Hours(func(at time.Time) time.Time { return at })
	if err := c.Deliver(sdk.HoursMoved, nil); err != nil {
		t.Fatal(err)
	}
	c.tells(t, "hours moved", n, map[string][]ids.PersonID{"nouveau agenda.notice.new": families})
	for _, w := range c.Withdrawn() {
		if w.Key != "entry:"+idOf(path) {
			t.Errorf("taken back from the staff: %s", w.Key)
		}
	}
}

// When the school changes its hours, what waits for them is seen and told of at
// the new one, later or at once; what families know already stays as it is.
func TestHoursMove(t *testing.T) {
	c := evening(t)
	path := c.As(c.prof).Post("/nouvelle", signed(with("signer-avant", "2026-09-17"))).Location
	before := len(c.Notices())
	nine := seven.Add(2 * time.Hour)
	c.Hours(func(at time.Time) time.Time {
		if at.Before(nine) {
			return nine
		}
		return at
	})
	move := func() {
		t.Helper()
		if err := c.Deliver(sdk.HoursMoved, nil); err != nil {
			t.Fatal(err)
		}
	}
	move()
	c.tells(t, "moved", before, map[string][]ids.PersonID{
		"nouveau agenda.notice.new":    {c.lea, c.tom},
		"signature agenda.notice.sign": {c.mother, c.father},
	})
	for _, n := range c.Notices()[before:] {
		if !n.From.Equal(nine) || !slices.ContainsFunc(c.Withdrawn(), func(w plugintest.Withdrawn) bool { return w.Key == n.Key }) {
			t.Errorf("told at %s: %+v, taken back %v", n.From, n, c.Withdrawn())
		}
	}
	c.Advance(9 * time.Hour)
	refusal(t, c.As(c.lea).Do("GET", path, nil), "at seven, that is closed now", errors.NotFound)
	c.Hours(func(at time.Time) time.Time { return at })
	move()
	same(t, "open", c.shows(c.lea, september), "17/09 10:00 Sortie au musée")
	known := len(c.Notices())
	move()
	if n := c.Notices()[known:]; len(n) != 0 {
		t.Errorf("told once more: %+v", n)
	}
}
