package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/store"
)

// maxShown is how many occurrences one view holds at most.
const maxShown = 1500

// Occurrence is an entry at one of its times.
type Occurrence struct {
	*Entry
	From, To time.Time
}

// between returns the occurrences that touch [from, to); a moment at from does.
func (e *Entry) between(from, to time.Time) (out []Occurrence) {
	for _, unix := range e.Starts {
		start := time.Unix(unix, 0)
		if !start.Before(to) {
			break
		}
		if end := e.end(start); end.After(from) || start.Equal(from) {
			out = append(out, Occurrence{e, start.In(from.Location()), end.In(from.Location())})
		}
	}
	return out
}

// at returns the occurrence that begins at unix, the first when there is none, by
// the entry's clock.
func (e *Entry) at(unix int64) (Occurrence, bool) {
	first := e.Start
	if len(e.Starts) > 0 {
		first = time.Unix(e.Starts[0], 0)
	}
	there := slices.Contains(e.Starts, unix)
	if there {
		first = time.Unix(unix, 0)
	}
	return Occurrence{e, first.In(e.zone()), e.end(first)}, there
}

// gather reads the occurrences of calendars in [from, to) that keep accepts, by
// time; more reports that there were too many for one view.
func gather(tx store.Tx, calendars []Calendar, from, to time.Time, keep func(*Entry) bool) (out []Occurrence, more bool, err error) {
	for _, c := range calendars {
		for e, err := range entries.Range(tx, "calendar", store.From(string(c), from), store.To(string(c))) {
			if err != nil {
				return nil, false, err
			}
			if e.Start.Before(to) && keep(e) {
				out = append(out, e.between(from, to)...)
			}
			if len(out) > maxShown {
				more = true
				break
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Occurrence) int { return a.From.Compare(b.From) })
	return out[:min(len(out), maxShown)], more, nil
}
