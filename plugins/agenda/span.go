package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
)

// listDays is how far the list goes; the core's ways to others step as far.
const listDays = 28

// Span is the part of time that a page shows.
type Span struct {
	View     ui.View
	Word     string    // as in ?vue=
	Date     time.Time // the day meant, at midnight
	From, To time.Time
}

// spanOf reads ?vue= and ?date=, the week of today when they are not given.
func spanOf(r *sdk.Request) Span {
	s := Span{View: ui.Week, Word: "semaine", Date: midnight(r.Now())}
	if d, err := time.ParseInLocation(time.DateOnly, r.FormValue("date"), s.Date.Location()); err == nil && d.Year() > firstYear && d.Year() < lastYear {
		s.Date = d
	}
	s.From, s.To = monday(s.Date), monday(s.Date).AddDate(0, 0, 7)
	switch r.FormValue("vue") {
	case "jour":
		s.View, s.Word, s.From, s.To = ui.Day, "jour", s.Date, s.Date.AddDate(0, 0, 1)
	case "liste":
		s.View, s.Word, s.From, s.To = ui.Listing, "liste", s.Date, s.Date.AddDate(0, 0, listDays)
	case "mois":
		first := s.Date.AddDate(0, 0, 1-s.Date.Day())
		last := first.AddDate(0, 1, -1)
		s.View, s.Word, s.From, s.To = ui.Month, "mois", monday(first), monday(last).AddDate(0, 0, 7)
	}
	return s
}

// clip lets entries of whole days begin inside the span, so that a list shows
// them under its first day.
func (s Span) clip(list []*ui.Entry) []*ui.Entry {
	for _, e := range list {
		if e.AllDay && e.Start.AsTime().Before(s.From) {
			e.Start = ui.At(s.From)
		}
	}
	return list
}
