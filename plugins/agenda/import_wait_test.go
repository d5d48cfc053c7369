package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
)

// brought confirms a file and returns what the answer says.
func (c *cast) brought(t *testing.T, who ids.PersonID, src string) *plugintest.Answer {
	t.Helper()
	page, path := c.reads(t, who, src, with("menage", "on"))
	return c.As(who).Press(page, path)
}

// A timetable that is imported in the evening staff see at once, families at
// seven, and the import says so before and after; nobody is told of it, not even
// when the school moves its hours.
func TestImportedInTheEvening(t *testing.T) {
	c := evening(t)
	page, path := c.reads(t, c.prof, timetable)
	plugintest.Has(t, page, "agenda.import.later")
	a := c.As(c.prof).Press(page, path)
	if a.Flash.GetKey() != "agenda.import.done.later" || !a.Flash.Args[3].GetT().AsTime().Equal(seven) {
		t.Fatal(a.Flash)
	}
	same(t, "the teacher", c.shows(c.prof, fromMonday), imported[:5]...)
	families := []ids.PersonID{c.lea, c.mother}
	hidden := func(when string) {
		t.Helper()
		for _, who := range families {
			same(t, when+", "+string(who), c.shows(who, fromMonday))
		}
	}
	hidden("at ten in the evening")
	nine := seven.Add(2 * time.Hour)
	c.Hours(func(at time.Time) time.Time {
		if at.Before(nine) {
			return nine
		}
		return at
	})
	if err := c.Deliver(sdk.HoursMoved, nil); err != nil {
		t.Fatal(err)
	}
	c.Advance(9 * time.Hour)
	hidden("at seven, that is closed now")
	c.Advance(2 * time.Hour)
	for _, who := range families {
		same(t, "at nine, "+string(who), c.shows(who, fromMonday), imported[:5]...)
	}
	if n := c.Notices(); len(n) > 0 {
		t.Errorf("told: %v", n)
	}
}

// A file that takes away or changes what families know is a correction: what it
// adds stands in the place of that, so they see all of it at once, without a hole.
func TestACorrectionLeavesNoHole(t *testing.T) {
	moved := strings.NewReplacer("UID:francais@ecole\nDTSTART:20260915T120000Z", "UID:francais-2@ecole\nDTSTART:20260916T120000Z").Replace(timetable)
	want := slices.Clone(imported[:5])
	want[1] = "16/09 14:00 Français x"
	c := evening(t)
	c.brought(t, c.prof, timetable)
	if a := c.brought(t, c.prof, moved); a.Flash.GetKey() != "agenda.import.done.later" {
		t.Errorf("of what waits itself: %s", a.Flash)
	}
	same(t, "nothing is known yet", c.shows(c.lea, fromMonday))
	c.Advance(9 * time.Hour)
	same(t, "at seven", c.shows(c.lea, fromMonday), want...)
	c.Advance(15 * time.Hour) // ten in the evening
	if a := c.brought(t, c.prof, timetable); a.Flash.GetKey() != "agenda.import.done" {
		t.Errorf("a correction: %s", a.Flash)
	}
	same(t, "at once", c.shows(c.lea, fromMonday), imported[:5]...)
	more := strings.Replace(timetable, "END:VCALENDAR", "BEGIN:VEVENT\nUID:latin@ecole\nDTSTART:20260918T070000Z\nDURATION:PT55M\nSUMMARY:Latin\nEND:VEVENT\nEND:VCALENDAR", 1)
	if a := c.brought(t, c.prof, more); a.Flash.GetKey() != "agenda.import.done.later" {
		t.Errorf("one lesson more: %s", a.Flash)
	}
	same(t, "until seven", c.shows(c.lea, fromMonday), imported[:5]...)
}
