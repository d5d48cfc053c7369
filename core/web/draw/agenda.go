package draw

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/ui"
)

// dayOf is a day with what begins in it.
type dayOf struct {
	date    time.Time
	entries []*ui.Entry
}

// byDay groups entries by the viewer's days, in order of time.
func (c *Context) byDay(all []*ui.Entry) []dayOf {
	sorted := slices.SortedStableFunc(slices.Values(all), func(a, b *ui.Entry) int {
		return a.Start.AsTime().Compare(b.Start.AsTime())
	})
	var days []dayOf
	for _, e := range sorted {
		if d := startOfDay(c.local(e.Start.AsTime())); len(days) == 0 || !days[len(days)-1].date.Equal(d) {
			days = append(days, dayOf{date: d})
		}
		last := &days[len(days)-1]
		last.entries = append(last.entries, e)
	}
	return days
}

func (c *Context) local(t time.Time) time.Time { return t.In(c.Say.Zone) }

func startOfDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// dayTitle is "Aujourd'hui, mardi 3 mars" or the date alone.
func (c *Context) dayTitle(day time.Time) string {
	said, date := c.Say.Day(day), c.Say.Date(day)
	if said == date {
		return capital(date)
	}
	return capital(said) + ", " + date
}

// entryStart is when an entry begins: with its day when the place does not say it.
func (c *Context) entryStart(e *ui.Entry, withDay bool) string {
	start := e.Start.AsTime()
	if e.AllDay {
		if withDay {
			return capital(c.Say.Day(start))
		}
		return c.t("draw.allday")
	}
	text := c.Say.Clock(start)
	if withDay {
		return capital(c.Say.Day(start)) + ", " + text
	}
	return text
}

// entryEnd is when an entry that has hours ends, "" when that is not said.
func (c *Context) entryEnd(e *ui.Entry) string {
	if e.AllDay || !e.End.IsValid() || !e.End.AsTime().After(e.Start.AsTime()) {
		return ""
	}
	return c.endTime(e)
}

// allToday reports whether a list needs no day: all of it is today.
func (c *Context) allToday(all []*ui.Entry) bool {
	return !slices.ContainsFunc(all, func(e *ui.Entry) bool {
		return !c.isToday(startOfDay(c.local(e.Start.AsTime())))
	})
}

// endTime names the day too when it is another one.
func (c *Context) endTime(e *ui.Entry) string {
	start, end := c.local(e.Start.AsTime()), c.local(e.End.AsTime())
	if startOfDay(start).Equal(startOfDay(end)) {
		return c.Say.Clock(end)
	}
	return c.Say.ShortDate(end) + ", " + c.Say.Clock(end)
}

func (c *Context) machineTime(e *ui.Entry) string {
	t := c.local(e.Start.AsTime())
	if e.AllDay {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

// entryDetail joins place and detail in one line.
func (c *Context) entryDetail(e *ui.Entry) string {
	detail := c.cut(c.w(e.Detail), cutDetail)
	switch {
	case e.Place == "":
		return detail
	case detail == "":
		return e.Place
	}
	return e.Place + " · " + detail
}
