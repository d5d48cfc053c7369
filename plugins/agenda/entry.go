package main

import (
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Entry is something with a place in time, once or repeated. Its times are the
// wall clock of its zone: a lesson at eight stays at eight when the clocks
// change.
type Entry struct {
	ID         string         `json:"id"`
	Calendar   Calendar       `json:"calendar"`
	Name       string         `json:"name,omitempty"` // of the class or group, as it was
	Author     ids.PersonID   `json:"author,omitempty"`
	AuthorName string         `json:"author_name,omitempty"`
	Lesson     bool           `json:"lesson,omitempty"`   // part of a timetable
	Teachers   []ids.PersonID `json:"teachers,omitempty"` // whom of the teachers it is for; empty: all, of a lesson none
	Led        string         `json:"led,omitempty"`      // names of those who lead it

	Title string `json:"title"`
	Place string `json:"place,omitempty"`
	Text  string `json:"text,omitempty"` // Markdown

	Zone      string    `json:"zone"`
	Start     time.Time `json:"start"`  // of the first occurrence; midnight of an all-day entry
	Length    int       `json:"length"` // minutes by the wall clock; whole days of an all-day entry
	AllDay    bool      `json:"all_day,omitempty"`
	Rule      string    `json:"rule,omitempty"`   // RFC 5545, without DTSTART; empty: once
	Starts    []int64   `json:"starts"`           // occurrences, Unix seconds, in order, exceptions left out
	Except    []int64   `json:"except,omitempty"` // occurrences of the rule that are not, or are elsewhere
	Series    string    `json:"series,omitempty"` // the entry of which this replaces an occurrence
	Original  int64     `json:"original,omitempty"`
	Cancelled bool      `json:"cancelled,omitempty"`

	Sign        *Asking   `json:"sign,omitempty"`        // guardians are asked to sign
	VisibleFrom time.Time `json:"visible_from,omitzero"` // to families; zero: at once

	Source string `json:"source,omitempty"` // of the import it came with: the calendar's side of its UID
	UID    string `json:"uid,omitempty"`
	Print  string `json:"print,omitempty"` // of what the import said: the same means unchanged

	Created time.Time `json:"created"`
	Changed time.Time `json:"changed"`
	Last    time.Time `json:"last"` // end of the last occurrence
}

// entries are found by calendar, from those that end first: a view begins at
// its first day and never meets what is over. "sign" holds what guardians are asked
// about, by when it is to be answered; "visible" what families see from a moment
// on; "until" orders all by when it is to be erased.
var entries = store.NewCollection("entries",
	store.Index("calendar", func(e *Entry) store.Key { return store.K(string(e.Calendar), e.Last) }),
	store.Index("series", func(e *Entry) store.Key {
		if e.Series == "" {
			return nil
		}
		return store.K(e.Series, e.Original)
	}),
	store.Index("sign", func(e *Entry) store.Key {
		if !e.asks() {
			return nil
		}
		return store.K(string(e.Calendar), e.answerBy())
	}),
	store.Index("visible", func(e *Entry) store.Key {
		if e.VisibleFrom.IsZero() {
			return nil
		}
		return store.K(e.VisibleFrom)
	}),
	store.Index("until", func(e *Entry) store.Key { return store.K(e.Last.AddDate(entryYears, 0, 0)) }),
	store.Index("uid", func(e *Entry) store.Key {
		if e.UID == "" {
			return nil
		}
		return store.K(string(e.Calendar), e.UID)
	}))

// zone returns where the entry's clock hangs.
func (e *Entry) zone() *time.Location { return zoneOf(e.Zone) }

// end is the end of the occurrence that begins at start.
func (e *Entry) end(start time.Time) time.Time {
	t := start.In(e.zone())
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute()+e.Length, t.Second(), 0, t.Location())
}

// settle computes the occurrences from start, rule and exceptions. now decides
// how far a rule without an end is followed.
func (e *Entry) settle(now time.Time) error {
	starts := []time.Time{e.Start}
	if e.Rule != "" {
		var err error
		if starts, err = Expand(e.Rule, e.Start.In(e.zone()), now); err != nil {
			return err
		}
	}
	except := map[int64]bool{}
	for _, x := range e.Except {
		except[x] = true
	}
	e.Starts, e.Last = e.Starts[:0:0], e.end(e.Start)
	for _, s := range starts {
		if !except[s.Unix()] {
			e.Starts = append(e.Starts, s.Unix())
		}
	}
	if n := len(e.Starts); n > 0 {
		e.Last = e.end(time.Unix(e.Starts[n-1], 0))
	}
	return nil
}

// repeats reports whether there is, or was, more than one occurrence.
func (e *Entry) repeats() bool { return e.Rule != "" }

// state names what the entry was when a form was drawn, so that a second
// window does not undo the first one's work unseen.
func (e *Entry) state() string { return e.Changed.UTC().Format(time.RFC3339Nano) }
