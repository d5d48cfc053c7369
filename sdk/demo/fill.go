package demo

import (
	"encoding/json"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// Event is the name of the event, as module.yaml subscribes to it.
const Event = "core.demo"

// Fill is the event's payload: one school and the people to invent data for.
type Fill struct {
	School  ids.SchoolID `json:"school"`
	Today   string       `json:"today"` // "2006-01-02": sample data is dated around it
	Classes []Class      `json:"classes"`
}

// Class is one class with those who teach it and those who sit in it.
type Class struct {
	ID       ids.GroupID    `json:"id"`
	Name     string         `json:"name"` // "6e A"
	Teachers []Teacher      `json:"teachers"`
	Pupils   []ids.PersonID `json:"pupils"`
}

// Teacher is a person and what they teach in this class. Somebody who teaches
// two subjects to a class is there twice.
type Teacher struct {
	Person  ids.PersonID `json:"person"`
	Subject string       `json:"subject"` // in French, as people write it: "Mathématiques"
}

// Parse reads an event's payload. A payload that is not a Fill is Invalid.
func Parse(payload []byte) (*Fill, error) {
	var f Fill
	if err := json.Unmarshal(payload, &f); err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "error.demo.payload")
	}
	if _, err := time.Parse(time.DateOnly, f.Today); err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "error.demo.payload")
	}
	return &f, nil
}

// Day returns the midnight in loc that is n days after Today.
func (f *Fill) Day(n int, loc *time.Location) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, f.Today, loc) // checked by Parse
	return t.AddDate(0, 0, n)
}

// Monday returns the midnight in loc of the Monday of the school week the
// sample data is about: today's, or the next one when today is a weekend.
func (f *Fill) Monday(loc *time.Location) time.Time {
	day := f.Day(0, loc)
	switch day.Weekday() {
	case time.Saturday:
		return day.AddDate(0, 0, 2)
	case time.Sunday:
		return day.AddDate(0, 0, 1)
	}
	return day.AddDate(0, 0, int(time.Monday-day.Weekday()))
}
