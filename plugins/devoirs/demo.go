package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/demo"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// sample is one homework of the demonstration; its words are content, as a
// teacher would type them, and so lie in demo.json.
type sample struct {
	Subject      string   `json:"subject"` // how the name of the subject begins
	Title        string   `json:"title"`
	Instructions string   `json:"instructions"`
	Due          int      `json:"due"` // days from today
	Hour         int      `json:"hour"`
	HandIn       bool     `json:"hand_in"`
	Draft        bool     `json:"draft"`
	Bareme       string   `json:"bareme"`
	Text         string   `json:"text"`      // what pupils hand in
	Handed       int      `json:"handed"`    // percent of the class
	Ticked       int      `json:"ticked"`    // percent of the class
	Late         int      `json:"late"`      // so many of them late
	Corrected    int      `json:"corrected"` // percent of what was handed in
	Feedback     []string `json:"feedback"`
}

// demoZone is where the fictitious schools are; an event has no viewer to say.
const demoZone = "Europe/Paris"

//go:embed demo.json
var samplesJSON []byte

// fillDemo writes a credible fortnight of homework for the classes of a
// fictitious school, once: a second event finds some and does nothing.
func fillDemo(ctx context.Context, e *sdk.Event) error {
	fill, err := demo.Parse(e.Payload)
	if err != nil {
		return err
	}
	var samples []sample
	if err := json.Unmarshal(samplesJSON, &samples); err != nil {
		return errors.Internal(err)
	}
	names, err := teacherNames(e, fill)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(demoZone)
	if err != nil {
		return errors.Internal(err)
	}
	return e.Store.Update(ctx, func(tx store.Tx) error {
		n, err := homework.Count(tx, "")
		if err != nil || n > 0 {
			return err
		}
		for k, class := range fill.Classes {
			for i, s := range samples {
				if err := s.set(tx, fill, class, k, i, names, zone); err != nil {
					return err
				}
			}
		}
		if err := sdk.ReindexAll(tx); err != nil {
			return err
		}
		return tx.Emit(eventChanged, Happened{}) // to the whole school: every list is new
	})
}

// teacherNames asks who the teachers are; the event only says which.
func teacherNames(e *sdk.Event, fill *demo.Fill) (map[ids.PersonID]string, error) {
	var teachers []ids.PersonID
	for _, c := range fill.Classes {
		for _, t := range c.Teachers {
			teachers = append(teachers, t.Person)
		}
	}
	people, err := e.Directory.People(teachers...)
	names := map[ids.PersonID]string{}
	for _, p := range people {
		names[p.ID] = p.Name
	}
	return names, err
}

// set writes the sample for one class, if somebody teaches it there.
func (s sample) set(tx store.Tx, fill *demo.Fill, class demo.Class, k, i int, names map[ids.PersonID]string, zone *time.Location) error {
	teacher, ok := s.teacher(class)
	if !ok {
		return nil
	}
	bareme, err := ParseBareme(s.Bareme)
	if err != nil {
		return err
	}
	today := fill.Day(0, zone)
	day := schoolDay(fill.Day(s.Due, zone), s.Due < 0)
	given := schoolDay(day.AddDate(0, 0, -5), true)
	if given.After(today) {
		given = today.AddDate(0, 0, -1)
	}
	h := &Homework{
		Title: s.Title, Subject: teacher.Subject, Instructions: s.Instructions,
		Author: teacher.Person, AuthorName: names[teacher.Person],
		Groups: []Group{{ID: class.ID, Name: class.Name, Size: len(class.Pupils)}},
		Due:    time.Date(day.Year(), day.Month(), day.Day(), s.Hour, 0, 0, 0, zone),
		HandIn: s.HandIn, Draft: s.Draft, Scale: 2000, Bareme: bareme,
		Created: given, Changed: given,
	}
	if !s.Draft {
		h.Announced = given
	}
	if err := homework.Insert(tx, h); err != nil {
		return err
	}
	for j, pupil := range class.Pupils {
		c := s.copy(h, pupil, class, (j*37+k*11+i*53)%100, j, given, today)
		if c == nil {
			continue
		}
		if err := copies.Insert(tx, c); err != nil {
			return err
		}
	}
	return nil
}

// teacher finds who teaches the sample's subject to the class.
func (s sample) teacher(class demo.Class) (demo.Teacher, bool) {
	for _, t := range class.Teachers {
		if strings.HasPrefix(strings.ToLower(t.Subject), strings.ToLower(s.Subject)) {
			return t, true
		}
	}
	return demo.Teacher{}, false
}

// copy is what one pupil did; nil: nothing yet. draw, from 0 to 99, spreads the
// class over the sample's percentages.
func (s sample) copy(h *Homework, pupil ids.PersonID, class demo.Class, draw, j int, given, today time.Time) *Copy {
	if s.Draft || draw >= max(s.Handed, s.Ticked)+10 {
		return nil
	}
	c := &Copy{ID: copyID(h.ID, pupil), Homework: h.ID, Pupil: pupil, Group: class.ID, Teacher: h.Author, Seen: given.Add(18 * time.Hour)}
	at := given.Add(time.Duration(18*60+draw) * time.Minute)
	if at.After(today) {
		at = today.Add(-time.Duration(60+draw) * time.Minute)
		c.Seen = at.Add(-time.Hour)
	}
	switch {
	case draw < s.Ticked:
		c.Ticked = at
	case draw < s.Handed:
		if j < s.Late {
			at = h.Due.Add(time.Duration(2+j) * time.Hour)
		}
		c.add(h, s.Text, nil, at)
		if draw*100 < s.Corrected*s.Handed {
			c.Correction = s.correction(h, draw, at)
		}
	}
	return c
}

// correction gives points by the same draw: the sum is the mark.
func (s sample) correction(h *Homework, draw int, handed time.Time) *Correction {
	points := make([]Points, len(h.Bareme))
	for i, c := range h.Bareme {
		points[i] = max(0, c.Max-Points((draw+i*7)%5)*50)
	}
	mark, err := h.Bareme.Mark(points, h.Scale)
	if err != nil {
		return nil
	}
	at := handed.Add(30 * time.Hour)
	return &Correction{
		Version: 1, Feedback: s.Feedback[draw%len(s.Feedback)], Mark: &mark, Points: points,
		By: h.AuthorName, At: at, Published: at,
	}
}

// schoolDay moves a day on a weekend to the Friday before or the Monday after.
func schoolDay(day time.Time, back bool) time.Time {
	step := 1
	if back {
		step = -1
	}
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, step)
	}
	return day
}
