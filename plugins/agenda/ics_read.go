package main

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
)

// Limits of a calendar file.
const (
	maxFile   = 5_000_000 // bytes
	maxEvents = 5000
	maxTimes  = 100000 // occurrences of all events together
	maxNested = 4      // components inside components
	maxFaults = 50     // after which reading stops
)

// Fault is what is wrong with one event of a file.
type Fault struct {
	Line int    `json:"line"` // of its BEGIN
	UID  string `json:"uid,omitempty"`
	Key  string `json:"key"`  // of the words that say what
	What string `json:"what"` // the value it is about
}

// words say what is wrong, and where.
func (f Fault) words() *ui.Words {
	return ui.T("agenda.import.fault", "line", f.Line, "uid", f.UID, "why", ui.T(f.Key, "what", f.What))
}

// Timetable is what a file holds: entries without a calendar, or what is wrong.
type Timetable struct {
	Entries []*Entry
	Faults  []Fault
	times   int
}

// ReadTimetable reads an iCalendar file. zone is the clock of times that name
// none. A file that is no calendar at all is Invalid; what is wrong with single
// events is in the Faults, and then nothing of the file is to be used.
func ReadTimetable(src []byte, zone *time.Location, now time.Time) (*Timetable, error) {
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if len(src) > maxFile {
		return nil, errors.New(errors.TooLarge, "agenda.import.large", "n", maxFile>>20)
	}
	if !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0 {
		return nil, errors.New(errors.Invalid, "agenda.import.encoding")
	}
	begins, err := outline(src)
	if err != nil {
		return nil, err
	}
	cal, err := ics.ParseCalendarWithOptions(bytes.NewReader(src), ics.WithUnknownPropertyHandler(ics.AcceptUnknownPropertyHandler))
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "agenda.import.broken")
	}
	for _, p := range cal.CalendarProperties {
		if p.IANAToken == string(ics.PropertyXWRTimezone) {
			if named, ok := namedZone(p.Value); ok {
				zone = named
			}
		}
	}
	events := cal.Events()
	if len(events) != len(begins) {
		return nil, errors.New(errors.Invalid, "agenda.import.broken")
	}
	t := &Timetable{}
	masters := map[string]*Entry{}
	for i, ev := range events {
		r := &eventReader{event: ev, zone: zone, now: now, line: begins[i]}
		if e := r.read(); e != nil {
			t.add(e, r, masters)
		}
		if t.Faults = append(t.Faults, r.faults...); len(t.Faults) >= maxFaults {
			break
		}
	}
	t.tie(masters)
	return t, nil
}

// outline walks the file's lines without reading them: where each event begins,
// and whether the library may be given it.
func outline(src []byte) (begins []int, err error) {
	depth, n := 0, 0
	for line := range bytes.Lines(src) {
		n++
		line = bytes.ToUpper(bytes.TrimRight(line, "\r\n"))
		switch {
		case n == 1 && !bytes.Equal(line, []byte("BEGIN:VCALENDAR")):
			return nil, errors.New(errors.Invalid, "agenda.import.nocalendar")
		case bytes.HasPrefix(line, []byte("BEGIN:")):
			if depth++; depth > maxNested {
				return nil, errors.New(errors.Invalid, "agenda.import.broken.line", "line", n)
			}
			if bytes.Equal(line, []byte("BEGIN:VEVENT")) {
				begins = append(begins, n)
			}
		case bytes.HasPrefix(line, []byte("END:")):
			if depth--; depth < 0 {
				return nil, errors.New(errors.Invalid, "agenda.import.broken.line", "line", n)
			}
		}
	}
	switch {
	case n == 0:
		return nil, errors.New(errors.Invalid, "agenda.import.nocalendar")
	case depth != 0:
		return nil, errors.New(errors.Invalid, "agenda.import.cut", "line", n)
	case len(begins) == 0:
		return nil, errors.New(errors.Invalid, "agenda.import.noevent")
	case len(begins) > maxEvents:
		return nil, errors.New(errors.Invalid, "agenda.import.events", "n", maxEvents)
	}
	return begins, nil
}

// add takes an entry into the timetable, unless its UID is there already.
func (t *Timetable) add(e *Entry, r *eventReader, masters map[string]*Entry) {
	if e.Original == 0 {
		if masters[e.UID] != nil {
			r.fault("agenda.import.uid.twice", "")
			return
		}
		masters[e.UID] = e
	}
	if t.times += len(e.Starts); t.times > maxTimes {
		r.fault("agenda.import.times", "")
		return
	}
	t.Entries = append(t.Entries, e)
}

// tie puts changed occurrences in the place of those they replace: Series is
// the UID of the event until the entries are stored.
func (t *Timetable) tie(masters map[string]*Entry) {
	for _, e := range t.Entries {
		if e.Original == 0 {
			continue
		}
		uid := e.UID
		e.UID = uid + "#" + time.Unix(e.Original, 0).UTC().Format("20060102T150405Z")
		if m := masters[uid]; m != nil && m.repeats() {
			m.Except = append(m.Except, e.Original)
			e.Series = uid
		} else {
			e.Original = 0
		}
	}
}

// cut shortens words to so many characters.
func cut(s string, most int) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:most-1])) + "…"
}
