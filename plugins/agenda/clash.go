package main

import (
	"slices"

	"github.com/preau-ent/preau/sdk/ids"
)

// clashes finds the occurrences, sorted by time, that need somebody in two
// places at once: index → the other one. What the school announces to all, what
// lasts whole days and what is cancelled clashes with nothing; two children may
// be in two places.
func clashes(list []Occurrence, l *Lens) map[int]*Entry {
	found := map[int]*Entry{}
	var open []int // those that have not ended
	for i, o := range list {
		if !o.binds() {
			continue
		}
		open = slices.DeleteFunc(open, func(j int) bool { return !list[j].To.After(o.From) })
		for _, j := range open {
			if sameBody(l.children(o.Entry), l.children(list[j].Entry)) {
				found[i], found[j] = list[j].Entry, o.Entry
			}
		}
		open = append(open, i)
	}
	return found
}

// sameBody reports whether two entries concern one person: nil is the viewer.
func sameBody(a, b []ids.PersonID) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	return slices.ContainsFunc(a, func(p ids.PersonID) bool { return slices.Contains(b, p) })
}

// binds reports whether an occurrence asks people to be there.
func (o Occurrence) binds() bool {
	return !o.AllDay && !o.Cancelled && o.Calendar != Everyone && o.From.Before(o.To)
}
