package main

import (
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/conformance"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Today is what is left of it, then tomorrow; the week goes on next week when
// it is over.
func TestWidgets(t *testing.T) {
	c := newCast(t)
	mine := with("agenda", "p:lea-martin")
	for start, title := range map[string]string{
		"2026-09-15T08:00": "passé", "2026-09-15T09:30": "en cours", "2026-09-15T14:00": "plus tard", "2026-09-16T08:00": "demain",
		"2026-09-17T08:00": "jeudi", "2026-09-22T08:00": "mardi prochain",
	} {
		c.adds(t, c.lea, values(mine, with("titre", title), with("debut", start), with("fin", "")))
	}
	widget := func(id string) []string { return written(plugintest.All[*ui.Entry](c.As(c.lea).Widget(id))) }
	same(t, "today", widget("aujourd-hui"), "15/09 09:30 en cours", "15/09 14:00 plus tard", "16/09 08:00 demain")
	same(t, "week", widget("semaine"), "15/09 08:00 passé", "15/09 09:30 en cours", "15/09 14:00 plus tard", "16/09 08:00 demain", "17/09 08:00 jeudi")
	plugintest.HasNot(t, c.As(c.lea).Widget("aujourd-hui"), "agenda.today.then")
	small, err := c.As(c.lea).TryWidget("aujourd-hui", ui.Small, nil)
	if err != nil || small.GetAgenda() == nil || !small.GetAgenda().ByDay {
		t.Errorf("small: %v, %v", small, err)
	}
	c.Advance(4 * 24 * time.Hour) // Saturday
	same(t, "weekend", widget("semaine"), "22/09 08:00 mardi prochain")
	same(t, "the next day with something", widget("aujourd-hui"), "22/09 08:00 mardi prochain")
	later := c.As(c.lea).Widget("aujourd-hui")
	plugintest.Has(t, later, "agenda.today.then")
	if to := later.GetLink().GetPath(); to != "/?vue=jour&date=2026-09-22" {
		t.Errorf("the whole day is %s, want the one that is shown", to)
	}
	plugintest.Has(t, c.As(c.max).Widget("aujourd-hui"), "agenda.empty.today")
	if n := ui.AgendaByDay(); then(n, true) != n {
		t.Error("nothing is said to be left today although a module did not answer")
	}
}

// An empty calendar says of itself that it is empty, and leads on.
func TestEmptyViews(t *testing.T) {
	c := newCast(t)
	for _, view := range []string{"jour", "liste", "semaine", "mois"} {
		page := c.As(c.max).Get("/?vue=" + view + "&date=2026-09-15")
		banners, next := len(plugintest.All[*wire.Banner](page)), 0
		for _, l := range plugintest.All[*ui.Link](page) {
			if l.Label.GetKey() == "agenda.empty.next" {
				next++
			}
		}
		if banners != 0 || next != 1 {
			t.Errorf("%s: %d banners and %d ways on, want 0 and 1", view, banners, next)
		}
	}
}

// What the module offers to others is what its own pages show.
func TestCalendarInterface(t *testing.T) {
	c := newCast(t)
	c.adds(t, c.prof, values(weekly("2026-12-01")))
	from := paris(2026, 9, 14, 0, 0)
	same(t, "pupil", written(c.As(c.lea).Calendar(from, from.AddDate(0, 0, 14))), "17/09 10:00 Contrôle de grammaire", "24/09 10:00 Contrôle de grammaire")
	same(t, "another", written(c.As(c.max).Calendar(from, from.AddDate(0, 0, 14))))
}

// A view never holds more than it can draw, whatever is in the store.
func TestTooMuch(t *testing.T) {
	c := newCast(t)
	for range 4 {
		c.adds(t, c.lea, values(with("agenda", "p:lea-martin"), with("fin", "2027-10-01T10:00"), with("repetition", "jour"), with("jusquau", "2028-09-01")))
	}
	page := c.As(c.lea).Get("/?vue=mois&date=2027-09-01")
	plugintest.Has(t, page, "agenda.more")
	if n := len(plugintest.All[*ui.Entry](page)); n != maxShown {
		t.Errorf("%d entries", n)
	}
}

func TestConformance(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and starts the real process")
	}
	conformance.Run(t, ".")
}
