package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// read fills e from the posted form; what is wrong is said at the fields.
func (f *entryForm) read(r *sdk.Request, e *Entry) (sdk.Faults, error) {
	in := r.Fields()
	in.Required("titre", "debut")
	e.Title, e.Place, e.Text = in.Text("titre", maxTitle), in.Text("lieu", maxPlace), in.Text("texte", maxText)
	start, end := in.Date("debut"), in.Date("fin")
	e.AllDay = in.Checked("journee")
	asked, answerBy := in.Checked("signature"), in.Date("signer-avant")
	until, count := in.Date("jusquau"), int(in.Number("nombre", 0, maxOccurrences))
	wrong, err := in.Faults()
	if err != nil {
		return nil, err
	}
	if f.series == nil {
		f.readCalendar(r, e, wrong)
	}
	if r.Viewer.Profile == ids.Enseignant {
		f.readColleagues(r, e)
	}
	if !start.IsZero() {
		f.readTimes(e, start, end, wrong)
	}
	if f.was.Series == "" && !start.IsZero() {
		f.readRepeat(r, e, until, count, wrong)
	}
	if e.Sign = nil; asked {
		f.readSign(r, e, endOfDay(answerBy), wrong)
	}
	return wrong, nil
}

// readCalendar takes the calendar of a new entry.
func (f *entryForm) readCalendar(r *sdk.Request, e *Entry, wrong sdk.Faults) {
	e.Calendar = Calendar(r.FormValue("agenda"))
	if e.Calendar == "" {
		e.Calendar = f.offered[0]
	}
	name, ok := f.names[e.Calendar]
	if !ok || !writes(r.Viewer, f.cfg, e.Calendar) {
		wrong["agenda"] = ui.T("agenda.form.calendar.foreign")
	}
	e.Name = name
}

// readColleagues says for which teachers of the class an entry is.
func (f *entryForm) readColleagues(r *sdk.Request, e *Entry) {
	_, group := e.Calendar.Group()
	switch {
	case !group || r.FormValue("collegues") != "":
		e.Teachers = nil
	case len(e.Teachers) == 0:
		e.Teachers = []ids.PersonID{r.Viewer.Person}
	}
}

// readTimes takes begin and end; an entry without an end lasts as long as
// before, an hour when new.
func (f *entryForm) readTimes(e *Entry, start, end time.Time, wrong sdk.Faults) {
	if start.Year() < firstYear+1 || start.Year() >= lastYear-maxYears {
		wrong["debut"] = ui.T("agenda.form.start.far")
		return
	}
	if e.AllDay {
		start = midnight(start)
		if end.IsZero() {
			end = start
		}
		end = midnight(end).AddDate(0, 0, 1)
	} else if end.IsZero() {
		end = start.Add(time.Hour)
	}
	e.Start = start
	switch e.Length = wallMinutes(start, end); {
	case end.Before(start):
		wrong["fin"] = ui.T("agenda.form.end.before")
	case e.Length > maxDays*dayMinutes:
		wrong["fin"] = ui.T("agenda.form.end.far", "n", maxDays)
	}
}

// wallMinutes is how far the wall clock goes from start to end.
func wallMinutes(start, end time.Time) int {
	return int(floating(end.In(start.Location()), 0).Sub(floating(start, 0)).Minutes())
}

// readRepeat takes the rule; a repetition has an end.
func (f *entryForm) readRepeat(r *sdk.Request, e *Entry, until time.Time, count int, wrong sdk.Faults) {
	repeat := r.FormValue("repetition")
	if e.Rule, until = "", endOfDay(until); repeat == repeatNever {
		return
	}
	stem, ok := ruleStems[repeat]
	if old, _, _ := endOf(f.was.Rule, f.was.zone()); repeat == repeatOther && repeatOf(old) == repeatOther {
		stem, ok = old, true
	}
	switch {
	case !ok:
		wrong["repetition"] = ui.T("error.field.choice")
	case wrong["jusquau"] != nil || wrong["nombre"] != nil:
	case until.IsZero() && count == 0:
		wrong["jusquau"] = ui.T("agenda.form.until.missing")
	case !until.IsZero() && count > 0:
		wrong["nombre"] = ui.T("agenda.form.count.both")
	case !until.IsZero() && until.Before(e.Start):
		wrong["jusquau"] = ui.T("agenda.form.until.before")
	case !until.IsZero() && until.After(e.Start.AddDate(maxYears, 0, 1)):
		wrong["jusquau"] = ui.T("agenda.form.until.far", "n", maxYears)
	default:
		e.Rule = ending(stem, until, count)
		if err := e.settle(r.Now()); err != nil {
			key, args := errors.Public(err)
			wrong["repetition"] = ui.T(key, args...)
		}
	}
}

// readSign takes that guardians are to sign: once, about a class, before it
// begins, and on a day that is still to come when they have to answer again.
func (f *entryForm) readSign(r *sdk.Request, e *Entry, until time.Time, wrong sdk.Faults) {
	_, group := e.Calendar.Group()
	once := e.Rule == "" || f.series != nil && scopeOf(r, f.one) == ThisOne
	switch {
	case !group:
		wrong.Bad("signature", "agenda.form.sign.class")
	case !once:
		wrong.Bad("signature", "agenda.form.sign.repeats")
	case until.IsZero():
	case midnight(until).After(e.Start):
		wrong.Bad("signer-avant", "agenda.form.sign.late")
	case until.Before(r.Now()) && (f.was.Sign == nil || !f.was.Sign.Until.Equal(until)):
		wrong.Bad("signer-avant", "agenda.form.sign.past")
	case until.Before(r.Now()) && e.Start.After(r.Now()) && f.was.terms() != e.terms():
		wrong.Bad("signer-avant", "agenda.form.sign.anew")
	}
	e.Sign = &Asking{Until: until}
}

// endOfDay is the last second of t's day.
func endOfDay(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return midnight(t).AddDate(0, 0, 1).Add(-time.Second)
}
