package main

import (
	"strconv"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// entry is the occurrence as it stands in a calendar.
func (o Occurrence) entry(v *sdk.Viewer, l *Lens) *ui.Entry {
	return &ui.Entry{
		Id:    o.ID + "." + strconv.FormatInt(o.From.Unix(), 10),
		Title: ui.S(o.Title), Start: ui.At(o.From), End: ui.At(o.To), AllDay: o.AllDay,
		Place: o.Place, Detail: o.detail(v), Link: &ui.Link{Path: o.path(), Label: ui.T("agenda.open")},
		Icon: o.icon(), About: v.About(l.children(o.Entry)...), Cancelled: o.Cancelled,
	}
}

// path leads to this very occurrence.
func (o Occurrence) path() string {
	if !o.repeats() {
		return "/entree/" + o.ID
	}
	return "/entree/" + o.ID + "?fois=" + strconv.FormatInt(o.From.Unix(), 10)
}

// detail says whose it is, in the fewest words: who leads it to those who go,
// for which class to those who lead.
func (o Occurrence) detail(v *sdk.Viewer) *ui.Words {
	_, group := o.Calendar.Group()
	until := o.lastDay()
	switch {
	case !until.IsZero():
		return ui.T("agenda.until", "date", ui.Time(until, ui.Date))
	case !group:
		return nil
	case o.Led != "" && (v.Profile == ids.Eleve || v.Profile == ids.Parent):
		return ui.S(o.Led)
	case o.Name != "":
		return ui.S(o.Name)
	}
	return nil
}

// lastDay is the last day of an entry of several days, else zero.
func (o Occurrence) lastDay() time.Time {
	if !o.AllDay || o.Length <= dayMinutes {
		return time.Time{}
	}
	return o.To.AddDate(0, 0, -1)
}

// icon shows what kind of entry it is.
func (e *Entry) icon() string {
	if _, ok := e.Calendar.Person(); ok {
		return ui.IconPerson
	}
	switch {
	case e.Calendar == Everyone:
		return ui.IconSchool
	case e.Lesson:
		return ui.IconBook
	}
	return ui.IconPeople
}

// dayMinutes is a day by the wall clock.
const dayMinutes = 24 * 60
