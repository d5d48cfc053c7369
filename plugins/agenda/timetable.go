package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk/demo"
	"github.com/preau-ent/preau/sdk/ids"
)

// schoolDays is the days of a timetable, from Monday.
const schoolDays = 5

// lessons makes a timetable for every class in which no teacher is in two
// places: slot after slot, each class takes the subject of which most hours are
// left among the teachers who are free.
func (d *demonstration) lessons() (list []*Entry) {
	left := make([]map[string]int, len(d.fill.Classes))
	for k := range left {
		left[k] = map[string]int{}
		for _, s := range d.Subjects {
			left[k][s.Subject] = s.Hours
		}
	}
	today := map[[2]int]map[string]int{} // class and day → lessons of a subject
	until := d.monday.AddDate(0, 0, 7*(d.WeeksAfter+1)).Add(-time.Second).UTC()
	for hour := range d.Hours {
		for day := range schoolDays {
			if slices.Contains(d.Free, [2]int{day, hour}) {
				continue
			}
			busy := map[ids.PersonID]bool{}
			for k, class := range d.fill.Classes {
				if today[[2]int{k, day}] == nil {
					today[[2]int{k, day}] = map[string]int{}
				}
				s, t, ok := d.pick(class, left[k], today[[2]int{k, day}], busy)
				if !ok {
					continue
				}
				busy[t.Person] = true
				left[k][s.Subject]--
				today[[2]int{k, day}][s.Subject]++
				start := d.at(day-7*d.WeeksBefore, d.Hours[hour])
				list = append(list, &Entry{
					Calendar: GroupOf(class.ID), Name: class.Name, Lesson: true, Teachers: []ids.PersonID{t.Person},
					Author: t.Person, AuthorName: d.names[t.Person], Led: d.names[t.Person],
					Title: t.Subject, Place: s.Place, Zone: home, Start: start, Length: d.Minutes,
					Rule: "FREQ=WEEKLY;UNTIL=" + until.Format("20060102T150405Z"),
				})
			}
		}
	}
	return append(list, d.absence(list)...)
}

// pick chooses a subject with hours left whose teacher is free: one that the
// class has not had today, then the one with most hours left.
func (d *demonstration) pick(class demo.Class, left, today map[string]int, busy map[ids.PersonID]bool) (best subject, who demo.Teacher, ok bool) {
	worth := func(s subject) int { return left[s.Subject] - 10*today[s.Subject] }
	for _, s := range d.Subjects {
		if left[s.Subject] == 0 || today[s.Subject] > 1 || ok && worth(s) <= worth(best) {
			continue
		}
		for _, t := range class.Teachers {
			if strings.HasPrefix(t.Subject, s.Subject) && !busy[t.Person] {
				best, who, ok = s, t, true
				break
			}
		}
	}
	return best, who, ok
}

// absence cancels the first lesson of the first class on the week's Tuesday.
func (d *demonstration) absence(lessons []*Entry) []*Entry {
	for _, e := range lessons {
		day := d.at(1, "00:00")
		for weeks := d.WeeksBefore; e.Start.Weekday() == time.Tuesday; {
			when := e.Start.AddDate(0, 0, 7*weeks)
			if !midnight(when).Equal(day) {
				break
			}
			moved := *e
			moved.ID, moved.Rule, moved.Cancelled, moved.Text = ids.New(), "", true, d.Absence
			moved.Start, moved.Original = when, when.Unix()
			e.ID = ids.New()
			moved.Series = e.ID
			e.Except = append(e.Except, when.Unix())
			return []*Entry{&moved}
		}
	}
	return nil
}

// event makes an entry of a sample, so many days after the Monday.
func (d *demonstration) event(s sample, c Calendar, name string, day int) *Entry {
	e := &Entry{Calendar: c, Name: name, Title: s.Title, Text: s.Text, Place: s.Place, Zone: home}
	if s.At == "" {
		e.AllDay, e.Start, e.Length = true, d.at(day, "00:00"), max(1, s.Days)*dayMinutes
	} else {
		e.Start, e.Length = d.at(day, s.At), s.Minutes
	}
	if s.Weekly {
		e.Rule = fmt.Sprintf("FREQ=WEEKLY;COUNT=%d", d.WeeksAfter)
	}
	return e
}

// at is a time so many days after the Monday, "08:00" by the wall clock.
func (d *demonstration) at(days int, clock string) time.Time {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		t = time.Time{}
	}
	day := d.monday.AddDate(0, 0, days)
	return time.Date(day.Year(), day.Month(), day.Day(), t.Hour(), t.Minute(), 0, 0, day.Location())
}
