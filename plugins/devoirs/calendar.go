package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// calendar adds the homework that is due to somebody's calendar: a pupil's
// own, a parent's children's, a teacher's what they set.
func calendar(r *sdk.CalendarRequest) (entries []*ui.Entry, err error) {
	err = r.Store.View(r.Context(), func(tx store.Tx) error {
		switch r.Viewer.Profile {
		case ids.Eleve, ids.Parent:
			list, err := assignedTo(tx, r.Viewer, r.From, r.To, r.Now())
			for _, a := range list {
				if a.h.Due.Before(r.To) {
					entries = append(entries, a.entry(r))
				}
			}
			return err
		}
		for h, err := range homework.Range(tx, "author", store.From(r.Viewer.Person, r.From), store.To(r.Viewer.Person, r.To)) {
			if err != nil {
				return err
			}
			if h.published() && h.Due.Before(r.To) {
				entry := h.entry()
				entry.Detail = h.targetWords()
				entries = append(entries, entry)
			}
		}
		return nil
	})
	return entries, err
}

// entry is a homework at the moment it is due.
func (h *Homework) entry() *ui.Entry {
	return &ui.Entry{
		Id: h.ID, Title: ui.T("devoirs.entry", "subject", h.Subject, "title", h.Title),
		Start: ui.At(h.Due), End: ui.At(h.Due), Icon: ui.IconHomework,
		Link: ui.To("/devoir/"+h.ID, "devoirs.open"),
	}
}

// entry is a pupil's, with where they stand.
func (a assigned) entry(r *sdk.CalendarRequest) *ui.Entry {
	words := statusWords[StatusOf(a.h, a.c, r.Now())]
	entry := a.h.entry()
	entry.Id += "." + string(a.pupil.ID)
	entry.Detail, entry.Tone, entry.About = ui.T(words.key), words.tone, a.about(r.Viewer)
	return entry
}
