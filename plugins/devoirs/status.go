package main

import (
	"time"

	"github.com/preau-ent/preau/sdk/ui"
)

// Status is where one pupil stands with one homework.
type Status uint8

// The statuses, in the order of a homework's life.
const (
	ToDo       Status = iota // not ticked, nothing handed in
	Overdue                  // to hand in, and the time is over
	Ticked                   // done, says the pupil
	HandedIn                 // in time
	HandedLate               // after the due time
	Corrected                // the correction is published
)

// late is how long a missing hand-in stays on the list of things to do.
const late = 30 * 24 * time.Hour

// StatusOf answers where the owner of c stands; c may be nil.
func StatusOf(h *Homework, c *Copy, now time.Time) Status {
	v := c.Latest()
	switch {
	case c.Published() != nil:
		return Corrected
	case v != nil && v.Late:
		return HandedLate
	case v != nil:
		return HandedIn
	case h.HandIn && now.After(h.Due):
		return Overdue
	case c.Done():
		return Ticked
	}
	return ToDo
}

// Shelf is the part of a pupil's list in which a homework stands.
type Shelf string

// The shelves; their names are values of ?liste=.
const (
	ShelfToDo Shelf = "a-faire"
	ShelfDone Shelf = "fait"
	ShelfPast Shelf = "passe"
)

// ShelfOf answers on which shelf the homework stands for the owner of c. What
// was to be handed in and was not stays to be done for a month.
func ShelfOf(h *Homework, c *Copy, now time.Time) Shelf {
	status := StatusOf(h, c, now)
	switch {
	case status == Overdue && now.Sub(h.Due) < late:
		return ShelfToDo
	case h.Past(now):
		return ShelfPast
	case status == ToDo || status == Overdue:
		return ShelfToDo
	}
	return ShelfDone
}

// statusWords are the words and the tone of a status.
var statusWords = map[Status]struct {
	key  string
	tone ui.Tone
}{
	ToDo:       {"devoirs.status.todo", ui.Neutral},
	Overdue:    {"devoirs.status.overdue", ui.Bad},
	Ticked:     {"devoirs.status.ticked", ui.Ok},
	HandedIn:   {"devoirs.status.handed-in", ui.Ok},
	HandedLate: {"devoirs.status.handed-late", ui.Warn},
	Corrected:  {"devoirs.status.corrected", ui.Info},
}
