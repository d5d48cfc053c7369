package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// mostSignatures bounds the entries of one calendar that one week asks about.
const mostSignatures = 20

// signTasks is what a guardian has to answer, child by child: from the day it
// is asked, whenever it is due, and what was answered in the span, ticked.
func signTasks(tx store.Tx, r *sdk.TasksRequest, l *Lens) (list []*sdk.Task, err error) {
	if !signs(r.Viewer) {
		return nil, nil
	}
	for _, c := range l.Calendars {
		for e, err := range entries.Range(tx, "sign", store.From(string(c), r.From), store.To(string(c)), store.Limit(mostSignatures)) {
			if err != nil {
				return nil, err
			}
			if !l.keep(e) {
				continue
			}
			given, err := signaturesOf(tx, e)
			if err != nil {
				return nil, err
			}
			for _, pupil := range l.children(e) {
				if s := by(r.Viewer.Person, given[pupil]); awaited(r, e, s) {
					list = append(list, e.signTask(r.Viewer, pupil, s))
				}
			}
		}
	}
	return list, nil
}

// awaited reports whether an answer belongs to the span that is asked for: one
// that is still to be given to the week that is under way, one that was given to
// the week of that; what is of a week-end is of the next week too.
func awaited(r *sdk.TasksRequest, e *Entry, s *Signature) bool {
	within := func(t time.Time) bool { return !t.Before(r.From) && t.Before(r.To) }
	week := func(t time.Time) bool { return within(t) || within(t.AddDate(0, 0, 2)) }
	now, due := r.Now(), e.answerBy()
	if s.holds(e) {
		return within(due) || week(s.At)
	}
	return now.Before(due) && (within(due) || week(now))
}

func (e *Entry) signTask(v *sdk.Viewer, pupil ids.PersonID, s *Signature) *sdk.Task {
	check := &ui.Check{
		Title: ui.S(e.Title), Detail: Occurrence{e, e.Start.In(v.TimeZone), e.end(e.Start).In(v.TimeZone)}.when(),
		Done: s.holds(e), When: ui.At(e.answerBy()), Link: &ui.Link{Path: "/entree/" + e.ID, Icon: ui.IconEdit}, About: v.About(pupil),
	}
	if s.holds(e) && !s.Agrees {
		check.Badge, check.Tone = ui.T("agenda.signed.no"), ui.Warn
	}
	return sdk.NewTask("sign:"+e.ID, sdk.ToSign, check)
}
