package main

import (
	"strconv"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// mostTasks bounds what one week brings to read.
const mostTasks = 12

// Glance is that somebody opened an entry: it is read, until it changes.
type Glance struct {
	ID     string       `json:"id"` // glanceID
	Person ids.PersonID `json:"person"`
	At     time.Time    `json:"at"`
	Ends   time.Time    `json:"ends"` // when the entry is over
}

// glances are found by who opened, and by when they are to be erased.
var glances = store.NewCollection("glances",
	store.Index("person", func(g *Glance) store.Key { return store.K(string(g.Person)) }),
	store.Index("until", func(g *Glance) store.Key { return store.K(g.Ends.AddDate(0, glanceMonths, 0)) }))

func glanceID(e *Entry, who ids.PersonID) string { return e.ID + "." + string(who) }

// tasks is the module's part of "ma semaine": what others wrote into the
// calendars of classes and of the school and which is not a lesson as ever, to
// be read, ticked once it was opened; and what a guardian is to sign, ticked once
// they answered.
func tasks(r *sdk.TasksRequest) (list []*sdk.Task, err error) {
	l := mine(r.Viewer, r.Now())
	err = r.Store.View(r.Context(), func(tx store.Tx) error {
		found, _, err := gather(tx, l.Calendars, r.From, r.To, func(e *Entry) bool { return l.keep(e) && toRead(e, r.Viewer) })
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, o := range found {
			if seen[o.ID] || o.To.Before(r.Now()) || len(list) >= mostTasks {
				continue
			}
			seen[o.ID] = true
			read, err := glanced(tx, o.Entry, r.Viewer.Person)
			if err != nil {
				return err
			}
			list = append(list, o.task(r.Viewer, l, read))
		}
		toSign, err := signTasks(tx, r, l)
		list = append(toSign, list...)
		return err
	})
	return list, err
}

// toRead reports whether an entry says something new to the viewer.
func toRead(e *Entry, v *sdk.Viewer) bool {
	if _, personal := e.Calendar.Person(); personal || e.Author == v.Person {
		return false
	}
	if e.asks() && signs(v) {
		return false // it is to be signed
	}
	return e.Cancelled || !e.Lesson && !e.repeats()
}

func (o Occurrence) task(v *sdk.Viewer, l *Lens, read bool) *sdk.Task {
	check := &ui.Check{
		Title: ui.S(o.Title), Detail: ui.S(o.Place), Done: read, When: ui.At(o.From),
		Link: &ui.Link{Path: o.path(), Icon: o.icon()}, About: v.About(l.children(o.Entry)...),
	}
	if o.Cancelled {
		check.Badge, check.Tone = ui.T("agenda.task.cancelled"), ui.Warn
	}
	return sdk.NewTask("entry:"+o.ID+"."+strconv.FormatInt(o.From.Unix(), 10), sdk.ToRead, check)
}

// glanced reports whether somebody opened the entry as it is now.
func glanced(tx store.Tx, e *Entry, who ids.PersonID) (bool, error) {
	g, ok, err := glanceOf(tx, e, who)
	return ok && !g.At.Before(e.Changed), err
}

func glanceOf(tx store.Tx, e *Entry, who ids.PersonID) (*Glance, bool, error) {
	for g, err := range glances.Range(tx, "", store.Prefix(glanceID(e, who)), store.Limit(1)) {
		return g, err == nil, err
	}
	return nil, false, nil
}

// glance notes that the viewer opened an entry that is to be read.
func glance(r *sdk.Request, e *Entry) error {
	if !toRead(e, r.Viewer) {
		return nil
	}
	read := false
	err := r.Store.View(r.Context(), func(tx store.Tx) (err error) {
		read, err = glanced(tx, e, r.Viewer.Person)
		return err
	})
	if err != nil || read {
		return err
	}
	return r.Store.Update(r.Context(), func(tx store.Tx) error {
		if err := glances.Put(tx, &Glance{ID: glanceID(e, r.Viewer.Person), Person: r.Viewer.Person, At: r.Now(), Ends: e.Last}); err != nil {
			return err
		}
		return tx.Emit(eventChanged, Changed{Calendar: e.Calendar, Entry: e.ID}, r.Viewer.Person)
	})
}
