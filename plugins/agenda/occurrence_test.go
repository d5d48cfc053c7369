package main

import (
	"testing"
	"time"
)

// An hour is said as an hour, wherever the machine's clock hangs and whatever
// zone a stored time came back with.
func TestWordsOfAnHour(t *testing.T) {
	start := paris(2026, time.September, 17, 23, 0)
	for name, e := range map[string]*Entry{
		"settled":     {Zone: home, Start: start, Length: 59, Starts: []int64{start.Unix()}},
		"read":        {Zone: home, Start: start.UTC(), Length: 59, Starts: []int64{start.Unix()}},
		"not settled": {Zone: home, Start: start.In(time.FixedZone("", -9*60*60)), Length: 59},
	} {
		for _, unix := range []int64{start.Unix(), 0} {
			o, there := e.at(unix)
			if key := o.when().GetKey(); key != "agenda.when.hours" || o.From.Location() != e.zone() || !o.From.Equal(start) {
				t.Errorf("%s, at %d: %s, from %s", name, unix, key, o.From)
			}
			if there != (unix != 0 && len(e.Starts) > 0) {
				t.Errorf("%s, at %d: there is %v", name, unix, there)
			}
		}
	}
}

// So it is in a notice, which nobody's clock goes with.
func TestNoticeOfARestoredHour(t *testing.T) {
	c := newCast(t)
	path := c.adds(t, c.prof, values())
	prof := c.As(c.prof)
	prof.Post(path+"/supprimer", nil)
	n := len(c.Notices())
	prof.Press(prof.Get("/corbeille"), "/corbeille/")
	for _, x := range c.Notices()[n:] {
		if when := x.Text.Args[1]; when.Name != "when" || when.GetText().GetKey() != "agenda.when.hours" {
			t.Errorf("%v", x.Text)
		}
	}
	if len(c.Notices()) == n {
		t.Error("nobody told")
	}
}
