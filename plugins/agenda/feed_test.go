package main

import (
	"net/url"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/plugintest"
	"github.com/preau-ent/preau/sdk/ui"
)

// follow reads the feed at an address as a calendar program does.
func (c *cast) follow(t *testing.T, address string) map[string]*ics.VEvent {
	t.Helper()
	a := c.Follow(address)
	if a.Err != nil || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/calendar") {
		t.Fatalf("feed: %s", a)
	}
	if !strings.HasPrefix(string(a.Body), "BEGIN:VCALENDAR\r\n") {
		t.Errorf("no calendar: %.40q", a.Body)
	}
	cal, err := ics.ParseCalendar(strings.NewReader(string(a.Body)))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*ics.VEvent{}
	for _, e := range cal.Events() {
		if found[e.Id()] != nil {
			t.Errorf("UID %s is there twice", e.Id())
		}
		found[e.Id()] = e
	}
	return found
}

func titles(events map[string]*ics.VEvent) map[string]string {
	out := map[string]string{}
	for id, e := range events {
		out[e.GetProperty(ics.ComponentPropertySummary).Value] = id
	}
	return out
}

// subscribes makes an address and returns it: it is shown this once.
func (c *cast) subscribes(t *testing.T, v *plugintest.Visitor) string {
	t.Helper()
	a := v.Submit(v.Get("/abonnement"), "/abonnement", url.Values{"nom": {"Mon téléphone"}})
	if a.Page == nil || a.Status != 200 {
		t.Fatal(a)
	}
	plugintest.Has(t, a.Page, "agenda.feed.once", "agenda.feed.how.iphone", "Mon téléphone")
	for _, s := range plugintest.Texts(a.Page) {
		if i := strings.Index(s, "/lien/"); i >= 0 {
			return s[i:strings.Index(s, "]")]
		}
	}
	t.Fatal("no address")
	return ""
}

func TestFeed(t *testing.T) {
	c := newCast(t)
	c.adds(t, c.prof, values(with("debut", "2026-10-19T10:00"), with("fin", "2026-10-19T11:00"), weekly("2026-10-26")))
	c.adds(t, c.head, values(with("agenda", "e"), with("titre", "Vacances, enfin"), with("journee", "on"), with("debut", "2026-10-17"), with("fin", "2026-10-18")))
	c.adds(t, c.tom, values(with("agenda", "p:tom-petit"), with("titre", "Secret")))
	c.OtherCalendar("devoirs", &ui.Entry{Id: "h1", Title: ui.T("devoirs.entry", "subject", "Maths", "title", "Exercice"), Start: ui.At(paris(2026, 9, 17, 8, 0))})
	address := c.subscribes(t, c.As(c.lea))
	events := c.follow(t, address)
	ids := titles(events)
	if len(events) != 4 || ids["Secret"] != "" || ids["Maths : Exercice"] == "" {
		t.Fatalf("feed: %v", ids)
	}
	starts := map[string]bool{}
	for _, e := range events {
		starts[e.GetProperty(ics.ComponentPropertyDtStart).Value] = true
	}
	for _, want := range []string{"20261019T080000Z", "20261026T090000Z", "20261017", "20260917T060000Z"} {
		if !starts[want] { // ten o'clock on both sides of the end of summer time
			t.Errorf("nothing at %s: %v", want, starts)
		}
	}
	all := events[ids["Vacances, enfin"]]
	if end := all.GetProperty(ics.ComponentPropertyDtEnd); end.Value != "20261019" {
		t.Errorf("two days end %s", end.Value)
	}
	for id := range c.follow(t, address) {
		if events[id] == nil {
			t.Errorf("UID %s was another a moment ago", id)
		}
	}

	plugintest.HasNot(t, c.As(c.lea).Get("/abonnement"), "/lien/")
	v := c.As(c.lea)
	if a := v.Press(v.Get("/abonnement"), "/abonnement/"); a.Flash.GetKey() != "agenda.feed.revoked" {
		t.Errorf("revoke: %s", a)
	}
	refusal(t, c.Follow(address), "revoked", errors.NotFound)
}

// A parent's feed says whose each entry is.
func TestFeedOfAParent(t *testing.T) {
	c := newCast(t)
	c.adds(t, c.prof, values())
	ids := titles(c.follow(t, c.subscribes(t, c.As(c.mother))))
	if len(ids) != 1 || ids["Léa : Contrôle de grammaire"] == "" {
		t.Errorf("feed: %v", ids)
	}
}

func TestSubscriptionNeedsAName(t *testing.T) {
	c := newCast(t)
	a := c.As(c.lea).Post("/abonnement", url.Values{"nom": {strings.Repeat("é", maxLabel+1)}})
	plugintest.Has(t, a.Page, "error.field.long", "ééé", "agenda.feed.none")
}
