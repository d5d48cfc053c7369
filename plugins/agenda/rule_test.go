package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/errors"
)

// A weekly or daily rule by the library is what counting days by hand gives,
// over both changes of the clocks.
func TestExpandIsNaiveCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := paris(2020+rapid.IntRange(0, 20).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")),
			rapid.IntRange(1, 28).Draw(t, "day"), rapid.IntRange(0, 23).Draw(t, "hour"), rapid.SampledFrom([]int{0, 15, 30, 59}).Draw(t, "minute"))
		step, freq := 1, "DAILY"
		if rapid.Bool().Draw(t, "weekly") {
			step, freq = 7, "WEEKLY"
		}
		interval, days := rapid.IntRange(1, 5).Draw(t, "interval"), rapid.IntRange(0, 700).Draw(t, "days")
		last := time.Date(start.Year(), start.Month(), start.Day()+days, 23, 59, 59, 0, start.Location())
		rule := fmt.Sprintf("FREQ=%s;INTERVAL=%d;UNTIL=%s", freq, interval, last.UTC().Format("20060102T150405Z"))
		got, err := Expand(rule, start, start)
		if err != nil {
			t.Fatal(err)
		}
		var want []time.Time
		for n := 0; ; n += step * interval {
			d := time.Date(start.Year(), start.Month(), start.Day()+n, start.Hour(), start.Minute(), 0, 0, start.Location())
			if d.After(last) {
				break
			}
			want = append(want, d)
		}
		if len(got) != len(want) {
			t.Fatalf("%s from %s: %d, want %d", rule, start, len(got), len(want))
		}
		for i := range got {
			if !got[i].Equal(want[i]) {
				t.Fatalf("%s from %s: number %d is %s, want %s", rule, start, i, got[i], want[i])
			}
		}
	})
}

// What touches a window is what a look at every occurrence finds.
func TestBetweenIsNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := &Entry{Zone: home, Start: paris(2026, 9, 1, rapid.IntRange(0, 23).Draw(t, "hour"), 0), Length: rapid.IntRange(0, 3*dayMinutes).Draw(t, "length"),
			Rule: fmt.Sprintf("FREQ=DAILY;INTERVAL=%d;COUNT=60", rapid.IntRange(1, 9).Draw(t, "interval"))}
		if err := e.settle(e.Start); err != nil {
			t.Fatal(err)
		}
		from := paris(2026, 9, rapid.IntRange(1, 200).Draw(t, "from"), 0, 0)
		to := from.AddDate(0, 0, rapid.IntRange(0, 40).Draw(t, "days"))
		want := 0
		for _, s := range e.Starts {
			start := time.Unix(s, 0)
			if start.Before(to) && (e.end(start).After(from) || start.Equal(from)) {
				want++
			}
		}
		if got := len(e.between(from, to)); got != want {
			t.Fatalf("%d, want %d", got, want)
		}
		if !e.Last.Equal(e.end(time.Unix(e.Starts[len(e.Starts)-1], 0))) {
			t.Fatal("the last end is not the end of the last")
		}
	})
}

// A lesson at eight stays at eight when the clocks change, and a night is as
// long as the clock says.
func TestSummerTime(t *testing.T) {
	for _, x := range []struct{ start, end time.Time }{
		{paris(2026, 3, 23, 8, 0), paris(2026, 4, 6, 9, 0)},
		{paris(2026, 10, 19, 8, 0), paris(2026, 11, 2, 9, 0)},
	} {
		e := &Entry{Zone: home, Start: x.start, Length: 60, Rule: "FREQ=WEEKLY;COUNT=3"}
		if err := e.settle(x.start); err != nil {
			t.Fatal(err)
		}
		if len(e.Starts) != 3 || !e.Last.Equal(x.end) {
			t.Errorf("from %s: the last ends at %s, want %s", x.start, e.Last.In(zoneOf(home)), x.end)
		}
		for _, o := range e.between(x.start, x.end.AddDate(0, 1, 0)) {
			if o.From.In(zoneOf(home)).Hour() != 8 || o.To.In(zoneOf(home)).Hour() != 9 {
				t.Errorf("%s to %s", o.From, o.To)
			}
		}
	}
	night := &Entry{Zone: home, Start: paris(2026, 10, 24, 0, 0), Length: 2 * dayMinutes, AllDay: true}
	if end := night.end(night.Start); !end.Equal(paris(2026, 10, 26, 0, 0)) {
		t.Errorf("two days end at %s", end)
	}
}

func TestExpandExamples(t *testing.T) {
	start := paris(2026, 9, 17, 10, 0) // a Thursday
	for rule, want := range map[string]string{
		"FREQ=WEEKLY;COUNT=3":                              "2026-09-17 2026-09-24 2026-10-01",
		"FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4":                  "2026-09-17 2026-09-22 2026-09-24 2026-09-29",
		"freq=weekly;until=20261001":                       "2026-09-17 2026-09-24 2026-10-01",
		"FREQ=WEEKLY;UNTIL=20261001T080000Z":               "2026-09-17 2026-09-24 2026-10-01",
		"FREQ=WEEKLY;UNTIL=20261001T075959Z":               "2026-09-17 2026-09-24",
		"FREQ=WEEKLY;UNTIL=20261001T095959":                "2026-09-17 2026-09-24",
		"FREQ=MONTHLY;BYDAY=-1FR;COUNT=3":                  "2026-09-17 2026-09-25 2026-10-30 2026-11-27",
		"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1":     "2026-09-17 2026-10-01 2026-11-02",
		"FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=17;COUNT=2":      "2026-09-17 2027-09-17",
		"FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TH;COUNT=2":  "2026-09-17 2026-10-01",
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30":              "2026-09-17", // never again
		"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30":               "2026-09-17",
		"FREQ=DAILY;INTERVAL=7;BYDAY=MO":                   "2026-09-17",
		"FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;BYMONTH=2": "2026-09-17",
		"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6":                 "2026-09-17",
	} {
		got, err := Expand(rule, start, start)
		if err != nil {
			t.Errorf("%s: %v", rule, err)
			continue
		}
		var days []string
		for _, d := range got[:min(len(got), len(strings.Fields(want)))] {
			days = append(days, d.Format(time.DateOnly))
		}
		if strings.Join(days, " ") != want || len(want) < 12 && len(got) > 1 {
			t.Errorf("%s: %v (of %d), want %s", rule, days, len(got), want)
		}
	}
	for _, bad := range []string{
		"", ";", "FREQ=", "FREQ=HOURLY", "FREQ=SECONDLY;COUNT=2", "COUNT=3", "FREQ=DAILY;BYHOUR=1,2", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=x",
		"FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=99999999999", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=XX",
		"FREQ=DAILY;COUNT=2;UNTIL=20270101", "FREQ=DAILY;UNTIL=demain", "FREQ=DAILY;BYMONTH=13", "X=1;FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=99",
	} {
		if got, err := Expand(bad, start, start); errors.KindOf(err) != errors.Invalid {
			t.Errorf("%q: %v, %v", bad, got, err)
		}
	}
}

// Rules are bounded: how many, how far, and how long one walks.
func TestExpandIsBounded(t *testing.T) {
	start := paris(2026, 9, 17, 10, 0)
	for rule, most := range map[string]int{"FREQ=DAILY": 732, "FREQ=DAILY;COUNT=10000": 732, "FREQ=WEEKLY": 105, "FREQ=DAILY;UNTIL=20890101": 732} {
		if got, err := Expand(rule, start, start); err != nil || len(got) > most || len(got) < most-2 {
			t.Errorf("%s: %d, %v", rule, len(got), err)
		}
	}
	old := paris(2010, 9, 1, 8, 0)
	got, err := Expand("FREQ=DAILY", old, start)
	if err != nil || len(got) != maxOccurrences || got[len(got)-1].Before(start.AddDate(1, 11, 0)) {
		t.Errorf("an old rule: %d, %v", len(got), err)
	}
	for _, year := range []int{1, 1899, 2095, 9999} {
		if _, err := Expand("FREQ=DAILY", time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), start); err == nil {
			t.Errorf("a rule from %d", year)
		}
	}
}

// The late years in which rules are expanded follow each other as the real ones.
func TestLateYear(t *testing.T) {
	for year := firstYear; year < lastYear-2; year++ {
		late := lateYear(year, 20)
		if late+20 >= 9999 || late < 9900 {
			t.Fatalf("%d is mapped to %d", year, late)
		}
		for n := range 21 {
			a, b := time.Date(year+n, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(late+n, 3, 1, 0, 0, 0, 0, time.UTC)
			if year+n < 2100 && (a.Weekday() != b.Weekday() || a.YearDay() != b.YearDay()) {
				t.Fatalf("%d is not as %d", late+n, year+n)
			}
		}
	}
}

func FuzzExpand(f *testing.F) {
	for _, s := range []string{"FREQ=DAILY;COUNT=3", "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270101T000000Z", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=-1;WKST=SU"} {
		f.Add(s, int64(1789632000))
	}
	f.Fuzz(func(t *testing.T, rule string, unix int64) {
		start := time.Unix(unix%(1<<32), 0).In(zoneOf(home))
		got, err := Expand(rule, start, paris(2026, 9, 15, 10, 0))
		if err != nil {
			return
		}
		if len(got) == 0 || len(got) > maxOccurrences {
			t.Fatalf("%q: %d occurrences", rule, len(got))
		}
		for i := 1; i < len(got); i++ {
			if !got[i].After(got[i-1]) {
				t.Fatalf("%q: %s is not after %s", rule, got[i], got[i-1])
			}
		}
	})
}
