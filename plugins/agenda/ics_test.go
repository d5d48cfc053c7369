package main

import (
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
)

// The wall clock of other programs' zones is read as such.
func TestZones(t *testing.T) {
	for _, x := range []struct{ start, want string }{
		{"DTSTART;TZID=Romance Standard Time:20261102T080000", "2026-11-02T08:00:00+01:00"},
		{"DTSTART;TZID=\"Europe/Paris\":20260701T080000", "2026-07-01T08:00:00+02:00"},
		{"DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20260701T080000", "2026-07-01T08:00:00+02:00"},
		{"DTSTART;TZID=America/Martinique:20260701T080000", "2026-07-01T14:00:00+02:00"},
		{"DTSTART:20260701T080000", "2026-07-01T08:00:00+02:00"},
		{"DTSTART:20260701T060000Z", "2026-07-01T08:00:00+02:00"},
		{"DTSTART;VALUE=DATE:20260701", "2026-07-01T00:00:00+02:00"},
	} {
		src := "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nSUMMARY:s\n" + x.start + "\nEND:VEVENT\nEND:VCALENDAR\n"
		got, err := ReadTimetable([]byte(src), zoneOf(home), paris(2026, 9, 15, 10, 0))
		if err != nil || len(got.Faults) > 0 || len(got.Entries) != 1 {
			t.Errorf("%s: %v, %v", x.start, got, err)
			continue
		}
		if at := got.Entries[0].Start.In(zoneOf(home)).Format(time.RFC3339); at != x.want {
			t.Errorf("%s is %s, want %s", x.start, at, x.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for s, want := range map[string]int{"PT55M": 55, "PT1H30M": 90, "P1D": dayMinutes, "P1W": 7 * dayMinutes, "P1DT1H": dayMinutes + 60, "+PT90S": 1, "": -1, "P": -1, "PT": -1, "PT0S": 0, "-PT5M": -1, "PT5": -1} {
		got, ok := duration(s)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q is %d, want %d", s, got, want)
		}
	}
}

func FuzzReadTimetable(f *testing.F) {
	f.Add([]byte(timetable))
	f.Add([]byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nDTSTART:20260701T080000\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY:s\nEND:VEVENT\nEND:VCALENDAR"))
	f.Fuzz(func(t *testing.T, src []byte) {
		got, err := ReadTimetable(src, zoneOf(home), paris(2026, 9, 15, 10, 0))
		if err != nil {
			if k := errors.KindOf(err); k != errors.Invalid && k != errors.TooLarge {
				t.Fatalf("%v", err)
			}
			return
		}
		for _, e := range got.Entries {
			if e.UID == "" || e.Title == "" || len(e.Starts) > maxOccurrences || e.Length < 0 {
				t.Fatalf("%+v", e)
			}
		}
	})
}
