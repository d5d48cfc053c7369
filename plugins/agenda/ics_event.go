package main

import (
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// maxUID is the length of an identifier, in bytes: it is part of a key.
const maxUID = 300

// eventReader reads one event of a file.
type eventReader struct {
	event  *ics.VEvent
	zone   *time.Location
	now    time.Time
	line   int
	faults []Fault
}

func (r *eventReader) fault(key, what string) {
	r.faults = append(r.faults, Fault{Line: r.line, UID: cut(r.value(ics.ComponentPropertyUniqueId), 80), Key: key, What: cut(what, 80)})
}

// value is a property's text, "" when there is none.
func (r *eventReader) value(p ics.ComponentProperty) string {
	if found := r.event.GetProperty(p); found != nil {
		return strings.TrimSpace(found.Value) // the library has taken the escapes out
	}
	return ""
}

// read returns the entry, nil when something is wrong with it.
func (r *eventReader) read() *Entry {
	e := &Entry{
		UID: r.value(ics.ComponentPropertyUniqueId), Title: cut(oneLine(r.value(ics.ComponentPropertySummary)), maxTitle),
		Place: cut(oneLine(r.value(ics.ComponentPropertyLocation)), maxPlace), Text: r.text(),
		Cancelled: strings.EqualFold(r.value(ics.ComponentPropertyStatus), string(ics.ObjectStatusCancelled)),
	}
	if e.UID == "" || len(e.UID) > maxUID {
		r.fault("agenda.import.uid", "")
	}
	if e.Title == "" {
		r.fault("agenda.import.title", "")
	}
	r.times(e)
	if len(r.faults) > 0 {
		return nil
	}
	r.repeats(e)
	if len(r.faults) == 0 {
		if err := e.settle(r.now); err != nil {
			r.fault("agenda.import.rule", e.Rule)
		}
	}
	if len(r.faults) > 0 {
		return nil
	}
	return e
}

// text is the description as Markdown that keeps its lines.
func (r *eventReader) text() string {
	s := strings.ReplaceAll(r.value(ics.ComponentPropertyDescription), "\r\n", "\n")
	return cut(strings.ReplaceAll(s, "\n", "  \n"), maxText)
}

// times reads when the event begins and how long it lasts.
func (r *eventReader) times(e *Entry) {
	start := r.event.GetProperty(ics.ComponentPropertyDtStart)
	if start == nil {
		r.fault("agenda.import.start", "")
		return
	}
	t, day, ok := r.moment(&start.BaseProperty)
	if !ok || t.Year() <= firstYear || t.Year() >= lastYear-maxYears {
		r.fault("agenda.import.start", start.Value)
		return
	}
	e.Start, e.AllDay, e.Zone = t, day, t.Location().String()
	if t.Location() == time.UTC && !day { // a moment, not a wall clock: shown by ours
		e.Zone, e.Start = r.zone.String(), t.In(r.zone)
		if r.value(ics.ComponentPropertyRrule) != "" {
			e.Zone, e.Start = "UTC", t
		}
	}
	switch end := r.event.GetProperty(ics.ComponentPropertyDtEnd); {
	case end != nil:
		to, sort, ok := r.moment(&end.BaseProperty)
		if !ok || sort != day {
			r.fault("agenda.import.end", end.Value)
			return
		}
		e.Length = wallMinutes(e.Start, to)
	case r.value(ics.ComponentPropertyDuration) != "":
		n, ok := duration(r.value(ics.ComponentPropertyDuration))
		if !ok {
			r.fault("agenda.import.end", r.value(ics.ComponentPropertyDuration))
		}
		e.Length = n
	case day:
		e.Length = dayMinutes
	}
	if day && e.Length == 0 {
		e.Length = dayMinutes
	}
	if e.Length < 0 || e.Length > maxDays*dayMinutes {
		r.fault("agenda.import.end", "")
	}
}

// repeats reads the rule, its exceptions and which occurrence is replaced.
func (r *eventReader) repeats(e *Entry) {
	if len(r.event.GetProperties(ics.ComponentPropertyRrule)) > 1 || r.event.HasProperty(ics.ComponentPropertyRdate) ||
		r.event.HasProperty(ics.ComponentPropertyExrule) {
		r.fault("agenda.import.rule", "RDATE, EXRULE")
		return
	}
	if p := r.event.GetProperty(ics.ComponentPropertyRrule); p != nil {
		e.Rule = strings.ToUpper(strings.TrimSpace(p.Value))
	}
	if p := r.event.GetProperty(ics.ComponentPropertyRecurrenceId); p != nil {
		t, _, ok := r.moment(&p.BaseProperty)
		if !ok || len(p.ICalParameters["RANGE"]) > 0 || e.Rule != "" {
			r.fault("agenda.import.recurrence", p.Value)
			return
		}
		e.Original = t.Unix()
	}
	for _, p := range r.event.GetProperties(ics.ComponentPropertyExdate) {
		for value := range strings.SplitSeq(p.Value, ",") {
			t, day, ok := r.moment(&ics.BaseProperty{Value: value, ICalParameters: p.ICalParameters})
			if !ok || len(e.Except) >= maxOccurrences {
				r.fault("agenda.import.exdate", value)
				return
			}
			if day && !e.AllDay { // a whole day: the occurrence in it
				t = time.Date(t.Year(), t.Month(), t.Day(), e.Start.Hour(), e.Start.Minute(), e.Start.Second(), 0, e.Start.Location())
			}
			e.Except = append(e.Except, t.Unix())
		}
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
