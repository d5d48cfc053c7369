package main

import (
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
)

// Calendar names whose calendar an entry is in: one person's, a class's or
// group's, or the whole school's.
type Calendar string

// Everyone is the school's calendar.
const Everyone Calendar = "e"

const (
	ofPerson = "p:"
	ofGroup  = "g:"
)

// PersonalOf returns somebody's own calendar, which only they read.
func PersonalOf(p ids.PersonID) Calendar { return Calendar(ofPerson + string(p)) }

// GroupOf returns the calendar of a class or group.
func GroupOf(g ids.GroupID) Calendar { return Calendar(ofGroup + string(g)) }

// Group returns the class or group whose calendar this is.
func (c Calendar) Group() (ids.GroupID, bool) {
	g, ok := strings.CutPrefix(string(c), ofGroup)
	return ids.GroupID(g), ok && g != ""
}

// Person returns the person whose calendar this is.
func (c Calendar) Person() (ids.PersonID, bool) {
	p, ok := strings.CutPrefix(string(c), ofPerson)
	return ids.PersonID(p), ok && p != ""
}
