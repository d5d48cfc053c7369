package main

import (
	"net/url"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/plugintest"
)

var paris, _ = time.LoadLocation("Europe/Paris")

// evening is a cast on Tuesday 15 September 2026 at ten in the evening, in a
// school that publishes from seven to twenty.
func evening(t *testing.T) *cast {
	c := newCast(t)
	c.Hours(func(at time.Time) time.Time {
		at = at.In(paris)
		y, m, d := at.Date()
		switch opens := time.Date(y, m, d, 7, 0, 0, 0, paris); {
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

var seven = time.Date(2026, 9, 16, 7, 0, 0, 0, paris)

// Homework written in the evening is seen and told of in the morning, and by
// nobody before.
func TestWrittenInTheEvening(t *testing.T) {
	c := evening(t)
	prof := c.As(c.prof)
	a := prof.Submit(prof.Get("/nouveau"), "/nouveau", sheet())
	if a.Flash.GetKey() != "devoirs.saved.later" || !a.Flash.Args[0].GetT().AsTime().Equal(seven) {
		t.Fatalf("%s: %v", a, a.Flash)
	}
	path := a.Location
	for _, n := range c.Notices() {
		if !n.From.Equal(seven) || n.Urgent {
			t.Errorf("told at %s: %+v", n.From, n)
		}
	}
	if n := len(c.Notices()); n != 2 {
		t.Fatalf("%d notices", n)
	}
	plugintest.Has(t, prof.Get(path), "devoirs.state.later")
	c.Advance(9*time.Hour - time.Minute)
	refused(t, c.As(c.lea).Do("GET", path, nil), "a pupil, a minute before seven", errors.NotFound)
	refused(t, c.As(c.mother).Do("GET", path, nil), "a parent, a minute before seven", errors.NotFound)
	plugintest.HasNot(t, c.As(c.lea).Widget("a-rendre"), "Récit d'une page")
	c.Advance(time.Minute)
	plugintest.Has(t, c.As(c.lea).Get(path), "Récit d'une page")
	plugintest.Has(t, c.As(c.mother).Get(path), "Récit d'une page")
	c.Event("devoirs.published")
	if n := len(c.Notices()); n != 2 {
		t.Errorf("%d notices: told twice", n)
	}
}

// A draft that is published in the evening waits too; changed before it shows,
// what was to be said is taken back and said anew; deleted, it is taken back.
func TestChangedBeforeItShows(t *testing.T) {
	c := evening(t)
	prof := c.As(c.prof)
	a := prof.Submit(prof.Get("/nouveau"), "/nouveau", sheet(with("brouillon", "1")))
	path := a.Location
	if n := len(c.Notices()); n > 0 {
		t.Fatalf("told of a draft: %d", n)
	}
	if a = prof.Press(prof.Get(path), path+"/publier"); a.Flash.GetKey() != "devoirs.saved.later" {
		t.Fatal(a)
	}
	prof.Submit(prof.Get(path+"/modifier"), path+"/modifier", url.Values{"titre": {"Autre titre"}, "pour": {"p:tom-petit"}})
	key := "homework:" + path[len("/devoir/"):]
	if w := c.Withdrawn(); len(w) != 1 || w[0].Key != key {
		t.Errorf("taken back: %v", w)
	}
	last := c.Notices()[2:]
	if len(last) != 2 || len(last[0].People) != 1 || last[0].People[0] != c.tom || !last[0].From.Equal(seven) || !plugintest.Says(last[0].Text, "Autre titre") {
		t.Errorf("said anew: %+v", last)
	}
	prof.Press(prof.Get(path), path+"/supprimer")
	if w := c.Withdrawn(); len(w) != 2 || w[1].Key != key {
		t.Errorf("deleted, taken back: %v", w)
	}
	prof.Press(prof.Get(path), path+"/retablir")
	if n := c.Notices()[4:]; len(n) != 2 || !n[0].From.Equal(seven) {
		t.Errorf("restored: %+v", n)
	}
}

// What would be published only after it is due is refused with the hour at which
// it would have been.
func TestDueBeforeItShows(t *testing.T) {
	c := evening(t)
	prof := c.As(c.prof)
	a := prof.Submit(prof.Get("/nouveau"), "/nouveau", sheet(with("echeance", "2026-09-16T06:30")))
	if a.Status != 422 || !plugintest.Says(a.Page, "devoirs.due.closed") {
		t.Fatal(a)
	}
}

// Only who was given the permission publishes at once, and says so to the core.
func TestUrgent(t *testing.T) {
	c := evening(t)
	prof := c.As(c.prof)
	a := prof.Post("/nouveau", sheet(with("urgent", "on")))
	if a.Flash.GetKey() != "devoirs.saved.later" || c.Notices()[0].Urgent {
		t.Fatalf("without the permission: %s", a)
	}
	plugintest.HasNot(t, prof.Get("/nouveau"), "devoirs.form.urgent")
	given := prof.Given("devoirs.urgent")
	a = given.Submit(given.Get("/nouveau"), "/nouveau", sheet(with("urgent", "on")))
	if a.Flash.GetKey() != "devoirs.saved.published" {
		t.Fatal(a)
	}
	plugintest.Has(t, c.As(c.lea).Get(a.Location), "Récit d'une page")
	if n := c.Notices()[2]; !n.Urgent {
		t.Errorf("%+v", n)
	}
}

// When the school changes its hours, what waits for them is seen and told of at
// the new one, later or at once; what a teacher put off stays where it was put.
func TestHoursMove(t *testing.T) {
	c := evening(t)
	prof := c.As(c.prof)
	path := prof.Submit(prof.Get("/nouveau"), "/nouveau", sheet()).Location
	later := prof.Submit(prof.Get("/nouveau"), "/nouveau", sheet(with("titre", "Plus tard"), with("visible", "2026-09-17T10:00"))).Location
	nine := seven.Add(2 * time.Hour)
	c.Hours(func(at time.Time) time.Time {
		if at.Before(nine) {
			return nine
		}
		return at
	})
	moved := func() {
		t.Helper()
		if err := c.Deliver(sdk.HoursMoved, nil); err != nil {
			t.Fatal(err)
		}
	}
	moved()
	told := c.Notices()
	if len(told) != 6 || len(c.Withdrawn()) != 1 {
		t.Fatalf("%d notices, taken back %v", len(told), c.Withdrawn())
	}
	for _, n := range told[4:] {
		if !n.From.Equal(nine) || n.Key != c.Withdrawn()[0].Key {
			t.Errorf("told at %s: %+v", n.From, n)
		}
	}
	c.Advance(9 * time.Hour)
	refused(t, c.As(c.lea).Do("GET", path, nil), "at seven, that is closed now", errors.NotFound)
	c.Hours(func(at time.Time) time.Time { return at })
	moved()
	plugintest.Has(t, c.As(c.lea).Get(path), "Récit d'une page")
	c.Event("devoirs.published")
	refused(t, c.As(c.lea).Do("GET", later, nil), "what the teacher put off", errors.NotFound)
}

// What was held goes out at once when it turns out to be urgent, and changing it
// otherwise leaves it where the hours put it.
func TestHeldAndChanged(t *testing.T) {
	c := evening(t)
	prof := c.As(c.prof)
	path := prof.Submit(prof.Get("/nouveau"), "/nouveau", sheet()).Location
	if a := prof.Submit(prof.Get(path+"/modifier"), path+"/modifier", url.Values{"titre": {"Autre titre"}}); a.Flash.GetKey() != "devoirs.saved.later" || !a.Flash.Args[0].GetT().AsTime().Equal(seven) {
		t.Fatalf("%s: %v", a, a.Flash)
	}
	head := prof.Given("devoirs.urgent")
	head.Submit(head.Get(path+"/modifier"), path+"/modifier", url.Values{"urgent": {"on"}})
	plugintest.Has(t, c.As(c.lea).Get(path), "Autre titre")
}
