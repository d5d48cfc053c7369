package notify

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

func TestNextHourOfPublishing(t *testing.T) {
	usual := UsualHours()
	holidays := usual
	holidays.Holidays = []Holiday{{"Toussaint", "2026-10-17", "2026-11-02"}}
	open := usual
	open.WeekEnds = true
	on := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, paris)
	}
	for name, x := range map[string]struct {
		h        Hours
		at, want time.Time
	}{
		"in the morning":                  {usual, on(9, 15, 10, 0), on(9, 15, 10, 0)},
		"at seven":                        {usual, on(9, 15, 7, 0), on(9, 15, 7, 0)},
		"before seven":                    {usual, on(9, 15, 6, 59), on(9, 15, 7, 0)},
		"at twenty":                       {usual, on(9, 15, 20, 0), on(9, 16, 7, 0)},
		"at ten in the evening":           {usual, on(9, 15, 22, 0), on(9, 16, 7, 0)},
		"Friday evening":                  {usual, on(9, 18, 20, 30), on(9, 21, 7, 0)},
		"Saturday":                        {usual, on(9, 19, 12, 0), on(9, 21, 7, 0)},
		"Saturday, open at week-ends":     {open, on(9, 19, 12, 0), on(9, 19, 12, 0)},
		"eve of the holidays":             {holidays, on(10, 16, 21, 0), on(11, 3, 7, 0)},
		"in the holidays":                 {holidays, on(10, 20, 12, 0), on(11, 3, 7, 0)},
		"the night that summer time ends": {open, on(10, 24, 23, 0), on(10, 25, 7, 0)},
		"always":                          {Hours{Always: true}, on(9, 19, 3, 0), on(9, 19, 3, 0)},
	} {
		if got := x.h.Next(x.at); !got.Equal(x.want) {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
	}
}

// TestNextIsOpen: whatever the hours, the next moment is no earlier, is open, and
// nothing between is.
func TestNextIsOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := Hours{Opens: rapid.IntRange(0, 1438).Draw(t, "opens"), WeekEnds: rapid.Bool().Draw(t, "week-ends")}
		h.Closes = rapid.IntRange(h.Opens+1, 1440).Draw(t, "closes")
		from := time.Date(2026, 1, 1, 0, 0, 0, 0, paris).AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "day"))
		if rapid.Bool().Draw(t, "holiday") {
			h.Holidays = []Holiday{{"x", from.Format(time.DateOnly), from.AddDate(0, 0, rapid.IntRange(0, 30).Draw(t, "days")).Format(time.DateOnly)}}
		}
		if err := h.Check(); err != nil {
			t.Fatal(err)
		}
		at := from.Add(time.Duration(rapid.IntRange(0, 1440).Draw(t, "minute")) * time.Minute)
		next := h.Next(at)
		if next.Before(at) || !h.Next(next).Equal(next) {
			t.Fatalf("%s leads to %s, which leads to %s", at, next, h.Next(next))
		}
		if between := at.Add(next.Sub(at) / 2); between.Before(next) && h.Next(between).Before(next) {
			t.Fatalf("%s leads past %s to %s", at, h.Next(between), next)
		}
	})
}

func TestHoursAreChecked(t *testing.T) {
	w := newWorld(t, at(1, 10, 0))
	for name, h := range map[string]Hours{
		"closes first": {Opens: 600, Closes: 600}, "too late": {Opens: 0, Closes: 1441}, "too early": {Opens: -1, Closes: 60},
		"no day":    {Closes: 60, Holidays: []Holiday{{"x", "2026-13-01", "2026-13-02"}}},
		"backwards": {Closes: 60, Holidays: []Holiday{{"x", "2026-10-02", "2026-10-01"}}},
		"for years": {Closes: 60, Holidays: []Holiday{{"x", "2026-10-02", "2028-10-01"}}},
	} {
		if err := w.SetHours(t.Context(), "0750655E", h); errors.KindOf(err) != errors.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if h, err := w.Hours(t.Context(), "0750655E"); err != nil || h.Opens != 7*60 || h.WeekEnds {
		t.Errorf("%+v %v", h, err)
	}
}

// TestSlots: families wait, staff does not.
func TestSlots(t *testing.T) {
	w := newWorld(t, at(2, 22, 0))
	for _, x := range []struct {
		profiles []ids.Profile
		held     bool
	}{{[]ids.Profile{ids.Parent}, true}, {[]ids.Profile{ids.Eleve, ids.Enseignant}, true}, {[]ids.Profile{ids.Enseignant}, false}, {nil, false}} {
		next, held, err := w.Next(t.Context(), "0750655E", at(2, 22, 0), x.profiles...)
		if err != nil || held != x.held || held && !next.Equal(at(3, 7, 0)) || !held && !next.Equal(at(2, 22, 0)) {
			t.Errorf("%v: %s %v %v", x.profiles, next, held, err)
		}
	}
}
