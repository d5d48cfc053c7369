package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// suggest fills a new form with what is likely: the subject the teacher set
// last, a due time on the next school day, and the class or day that a link
// named.
func (s *sheetForm) suggest(r *sdk.Request) {
	h := &s.was
	day := nextSchoolDay(r.Now())
	if named, err := time.ParseInLocation(time.DateOnly, r.FormValue("date"), r.Viewer.TimeZone); err == nil && named.After(r.Now()) {
		day = named
	}
	h.Due = time.Date(day.Year(), day.Month(), day.Day(), 18, 0, 0, 0, day.Location())
	if g := ids.GroupID(r.FormValue("classe")); r.Viewer.In(g) {
		h.Groups = []Group{{ID: g}}
	}
	if h.Subject != "" {
		return
	}
	_ = view(r, func(tx store.Tx) error { // a guess that fails is no guess
		for last, err := range homework.Range(tx, "author", store.Prefix(r.Viewer.Person), store.Reverse(), store.Limit(1)) {
			if err == nil {
				h.Subject = last.Subject
			}
		}
		return nil
	})
}

// nextSchoolDay is the first day after t's that is not on a weekend.
func nextSchoolDay(t time.Time) time.Time {
	day := midnight(t)
	for {
		day = day.AddDate(0, 0, 1)
		if !slices.Contains([]time.Weekday{time.Saturday, time.Sunday}, day.Weekday()) {
			return day
		}
	}
}
