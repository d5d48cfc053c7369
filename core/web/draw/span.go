package draw

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

var calendarViews = []ui.View{ui.Day, ui.Week, ui.Month, ui.Listing}

// span is what a calendar shows: days with their entries, and the way to
// others.
type span struct {
	view          ui.View
	date          time.Time // the day meant, at 0 h
	before, after time.Time // a day of the span before and after
	days          []dayOf   // of week and month
	inside        []*ui.Entry
	address       string
	add           *ui.Link
}

// spanOf lays a calendar's entries out in the viewer's days.
func (c *Context) spanOf(cal *wire.Calendar) *span {
	day, err := time.ParseInLocation(time.DateOnly, cal.Date, c.Say.Zone)
	if err != nil || day.Year() < 1 || day.Year() > 9000 {
		day = startOfDay(c.Say.Now)
	}
	s := &span{view: cal.View, date: day, add: cal.Add, address: c.Target("GET", "", cal.Path)}
	from, days := s.from(), 0
	switch s.view {
	case ui.Month:
		s.before, s.after = firstOfMonth(day, -1), firstOfMonth(day, 1)
		days = 7 * ((int(firstOfMonth(day, 1).Sub(from).Hours()+12)/24 + 6) / 7)
	case ui.Week:
		s.before, s.after, days = day.AddDate(0, 0, -7), day.AddDate(0, 0, 7), 7
	case ui.Day:
		s.before, s.after, days = day.AddDate(0, 0, -1), day.AddDate(0, 0, 1), 1
	default:
		s.before, s.after, s.inside = day.AddDate(0, 0, -28), day.AddDate(0, 0, 28), cal.Entries
		return s
	}
	s.fill(c, cal.Entries, from, days)
	return s
}

// orFree is what a span without entries says when its module says nothing.
func (c *Context) orFree(e *wire.Empty) *wire.Empty {
	if e != nil {
		return e
	}
	return &wire.Empty{Text: ui.S(c.t("draw.cal.nothing"))}
}

// fill puts each entry into every day it touches; an empty weekend is left
// off the week.
func (s *span) fill(c *Context, all []*ui.Entry, from time.Time, days int) {
	for i := range days {
		s.days = append(s.days, dayOf{date: from.AddDate(0, 0, i)})
	}
	for _, e := range all {
		for i := range s.days {
			if c.touches(e, s.days[i].date) {
				s.days[i].entries = append(s.days[i].entries, e)
				if i == 0 || !c.touches(e, s.days[i-1].date) {
					s.inside = append(s.inside, e)
				}
			}
		}
	}
	for _, d := range s.days {
		slices.SortStableFunc(d.entries, func(a, b *ui.Entry) int { return a.Start.AsTime().Compare(b.Start.AsTime()) })
	}
	for s.view == ui.Week && len(s.days) > 5 && len(s.days[len(s.days)-1].entries) == 0 {
		s.days = s.days[:len(s.days)-1]
	}
}

// touches reports whether an entry lies at least partly in a day.
func (c *Context) touches(e *ui.Entry, day time.Time) bool {
	if !e.Start.IsValid() {
		return false
	}
	start, end := c.local(e.Start.AsTime()), c.local(e.Start.AsTime())
	if e.End.IsValid() {
		end = c.local(e.End.AsTime())
	}
	next := day.AddDate(0, 0, 1)
	return start.Before(next) && (end.After(day) || !start.Before(day))
}

// from is the first day shown.
func (s *span) from() time.Time {
	switch s.view {
	case ui.Month:
		return monday(firstOfMonth(s.date, 0))
	case ui.Week:
		return monday(s.date)
	}
	return s.date
}

func (s *span) weeks() [][]dayOf { return slices.Collect(slices.Chunk(s.days, 7)) }

// at is the address of the same page with another view or day.
func (s *span) at(view ui.View, day time.Time) string {
	return withQuery(s.address, "vue", viewWord(view), "date", day.Format(time.DateOnly))
}

// adding is the address at which an entry of that day is added.
func (s *span) adding(c *Context, day time.Time) string {
	if href := c.Href(s.add); href != "" {
		return withQuery(href, "date", day.Format(time.DateOnly))
	}
	return ""
}

// name is the span in words: "semaine du 2 mars", "mars 2026".
func (s *span) name(c *Context) string {
	switch s.view {
	case ui.Month:
		return c.Say.Month(s.date)
	case ui.Week:
		return c.t("draw.cal.week.of", "date", c.Say.DayMonth(monday(s.date)))
	case ui.Day:
		return c.dayTitle(s.date)
	}
	return c.t("draw.cal.from", "date", c.Say.DayMonth(s.date))
}

// unit is the end of the keys for the span before and after.
func (s *span) unit() string { return viewWord(s.view) }

func viewWord(v ui.View) string {
	switch v {
	case ui.Day:
		return "jour"
	case ui.Month:
		return "mois"
	case ui.Listing:
		return "liste"
	}
	return "semaine"
}

func monday(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }

func firstOfMonth(t time.Time, months int) time.Time {
	return time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, t.Location())
}

// withQuery sets query values of an address, keeping the others.
func withQuery(address string, pairs ...string) string {
	plain, query, _ := strings.Cut(address, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		values = url.Values{}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return plain + "?" + values.Encode()
}

func (c *Context) isToday(day time.Time) bool { return startOfDay(c.Say.Now).Equal(day) }

func currentDate(today bool) templ.Attributes {
	if today {
		return templ.Attributes{"aria-current": "date"}
	}
	return nil
}

// dots stand for entries where their titles have no room.
func dots(n int) string { return strings.Repeat("•", min(n, 4)) }

// under2 is one level of heading down, at most 6.
func under2(level int) int { return min(level+1, 6) }
