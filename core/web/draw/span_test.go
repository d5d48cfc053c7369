package draw

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/ui"
)

func TestSpans(t *testing.T) {
	c := sample(t)
	for _, v := range []struct {
		view          ui.View
		date          string
		first         string
		days          int
		before, after string
	}{
		{ui.Week, "2026-11-24", "2026-11-23", 5, "2026-11-17", "2026-12-01"},
		{ui.Week, "2026-11-29", "2026-11-23", 5, "2026-11-22", "2026-12-06"},
		{ui.Month, "2026-11-24", "2026-10-26", 42, "2026-10-01", "2026-12-01"},
		{ui.Month, "2027-02-10", "2027-02-01", 28, "2027-01-01", "2027-03-01"},
		{ui.Month, "2026-03-31", "2026-02-23", 42, "2026-02-01", "2026-04-01"}, // clocks change
		{ui.Day, "2026-12-31", "2026-12-31", 1, "2026-12-30", "2027-01-01"},
	} {
		day, _ := time.Parse(time.DateOnly, v.date)
		s := c.spanOf(ui.CalendarOf(v.view, day, "/agenda").GetCalendar())
		if got := s.days[0].date.Format(time.DateOnly); got != v.first || len(s.days) != v.days {
			t.Errorf("%v %s: %d days from %s, want %d from %s", v.view, v.date, len(s.days), got, v.days, v.first)
		}
		if b, a := s.before.Format(time.DateOnly), s.after.Format(time.DateOnly); b != v.before || a != v.after {
			t.Errorf("%v %s: before %s, after %s", v.view, v.date, b, a)
		}
	}
}

func TestEntriesLieInTheViewersDays(t *testing.T) {
	c := sample(t)
	late := &ui.Entry{Title: ui.S("nuit"), Start: ui.At(time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC))} // the 25th in Paris
	trip := &ui.Entry{Title: ui.S("voyage"), AllDay: true, Start: ui.At(in(0, 0, 0)), End: ui.At(in(3, 0, 0))}
	saturday := &ui.Entry{Title: ui.S("sam"), Start: ui.At(in(4, 10, 0))}
	cal := ui.CalendarOf(ui.Week, now, "/a", late, trip, saturday).GetCalendar()
	s := c.spanOf(cal)
	var counts []int
	for _, d := range s.days {
		counts = append(counts, len(d.entries))
	}
	want := []int{0, 1, 2, 1, 0, 1}
	if len(counts) != len(want) {
		t.Fatalf("days %v, want %v", counts, want)
	}
	for i := range want {
		if counts[i] != want[i] {
			t.Errorf("days %v, want %v", counts, want)
		}
	}
}

// TestEveryDateIsInItsSpan: wherever one is, the calendar shows that day, and
// the way there and back ends in the same span.
func TestEveryDateIsInItsSpan(t *testing.T) {
	c := sample(t)
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(rapid.IntRange(1990, 2090).Draw(t, "year"), 1, rapid.IntRange(1, 366).Draw(t, "day"), 0, 0, 0, 0, paris)
		view := rapid.SampledFrom([]ui.View{ui.Week, ui.Month, ui.Day}).Draw(t, "view")
		entry := &ui.Entry{Title: ui.S("x"), Start: ui.At(day.Add(11 * time.Hour))}
		s := c.spanOf(ui.CalendarOf(view, day, "/a", entry).GetCalendar())
		if len(s.inside) != 1 {
			t.Fatalf("the %s is not in its own %v", day.Format(time.DateOnly), view)
		}
		next := c.spanOf(ui.CalendarOf(view, s.after, "/a").GetCalendar())
		back := c.spanOf(ui.CalendarOf(view, next.before, "/a").GetCalendar())
		if !back.days[0].date.Equal(s.days[0].date) {
			t.Fatalf("%v of %s: there and back is %s", view, day.Format(time.DateOnly), back.days[0].date)
		}
	})
}

func TestQueryIsKept(t *testing.T) {
	if got := withQuery("/m/a/?classe=5b&vue=mois", "vue", "jour", "date", "2026-01-02"); got != "/m/a/?classe=5b&date=2026-01-02&vue=jour" {
		t.Error(got)
	}
}
