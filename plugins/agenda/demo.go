package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/demo"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// samples is the demonstration's timetable and events; its words are content,
// as a school would type them, and so lie in demo.json.
type samples struct {
	Hours       []string `json:"hours"`
	Minutes     int      `json:"minutes"`
	Free        [][2]int `json:"free"` // day and hour without lessons
	Subjects    []subject
	WeeksBefore int      `json:"weeks_before"`
	WeeksAfter  int      `json:"weeks_after"`
	Absence     string   `json:"absence"`
	Events      []sample `json:"events"`
	Pupils      []sample `json:"pupils"`   // their own, of the first of each class
	Teachers    []sample `json:"teachers"` // their own
}

// subject is so many lessons a week.
type subject struct {
	Subject string `json:"subject"` // how the name begins
	Hours   int    `json:"hours"`
	Place   string `json:"place"`
}

// sample is one event, of the school unless it names classes.
type sample struct {
	Title   string `json:"title"`
	Text    string `json:"text"`
	Place   string `json:"place"`
	Each    bool   `json:"each"`    // for every class, step days apart
	Classes []int  `json:"classes"` // for these
	Day     int    `json:"day"`     // from the Monday of the demonstration's week
	Step    int    `json:"step"`
	At      string `json:"at"` // "17:15"; empty: all day
	Minutes int    `json:"minutes"`
	Days    int    `json:"days"`
	Weekly  bool   `json:"weekly"`
	Sign    int    `json:"sign"` // guardians are to sign, so many days before
}

//go:embed demo.json
var samplesJSON []byte

// fillDemo writes a credible timetable and some events for a fictitious
// school, once: a second event finds some and does nothing.
func fillDemo(ctx context.Context, e *sdk.Event) error {
	fill, err := demo.Parse(e.Payload)
	if err != nil {
		return err
	}
	d := &demonstration{fill: fill, monday: fill.Monday(zoneOf(home)), now: e.Now()}
	if err := json.Unmarshal(samplesJSON, &d.samples); err != nil {
		return errors.Internal(err)
	}
	if d.names, err = teacherNames(e, fill); err != nil {
		return err
	}
	list, err := d.entries()
	if err != nil {
		return err
	}
	answers, err := d.answers(e, list)
	if err != nil {
		return err
	}
	return e.Store.Update(ctx, func(tx store.Tx) error {
		n, err := entries.Count(tx, "")
		if err != nil || n > 0 {
			return err
		}
		for _, one := range list {
			if err := entries.Insert(tx, one); err != nil {
				return err
			}
		}
		for _, one := range answers {
			if err := signatures.Insert(tx, one); err != nil {
				return err
			}
		}
		if err := sdk.ReindexAll(tx); err != nil {
			return err
		}
		return tx.Emit(eventChanged, Changed{}) // to the whole school: every calendar is new
	})
}

// demonstration is what the sample data of one school is made from.
type demonstration struct {
	samples
	fill   *demo.Fill
	monday time.Time
	now    time.Time
	names  map[ids.PersonID]string
}

// entries makes the timetable, the events and some personal entries.
func (d *demonstration) entries() ([]*Entry, error) {
	list := d.lessons()
	for _, s := range d.Events {
		switch {
		case s.Each:
			for k, class := range d.fill.Classes {
				one := d.event(s, GroupOf(class.ID), class.Name, s.Day+k*s.Step)
				if s.Sign > 0 && len(class.Teachers) > 0 {
					d.asks(one, class.Teachers[0].Person, s.Day+k*s.Step-s.Sign)
				}
				list = append(list, one)
			}
		case len(s.Classes) > 0:
			for _, k := range s.Classes {
				if k < len(d.fill.Classes) {
					list = append(list, d.event(s, GroupOf(d.fill.Classes[k].ID), d.fill.Classes[k].Name, s.Day))
				}
			}
		default:
			list = append(list, d.event(s, Everyone, "", s.Day))
		}
	}
	list = append(list, d.personal()...)
	for _, e := range list {
		e.Created, e.Changed = d.now, d.now
		if err := e.settle(d.now); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// personal gives the first pupil of each class and every teacher something of
// their own.
func (d *demonstration) personal() (list []*Entry) {
	seen := map[ids.PersonID]bool{}
	add := func(p ids.PersonID, all []sample) {
		for _, s := range all {
			e := d.event(s, PersonalOf(p), "", s.Day)
			e.Author = p
			list = append(list, e)
		}
	}
	for _, class := range d.fill.Classes {
		if len(class.Pupils) > 0 {
			add(class.Pupils[0], d.Pupils)
		}
		for _, t := range class.Teachers {
			if !seen[t.Person] {
				seen[t.Person] = true
				add(t.Person, d.Teachers)
			}
		}
	}
	return list
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
