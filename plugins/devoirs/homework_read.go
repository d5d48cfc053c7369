package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// read takes the posted form into s.h. A draft needs no more than a title;
// what is typed must be right all the same. The error is for a form that cannot
// be read at all.
func (s *sheetForm) read(r *sdk.Request, draft bool) (sdk.Faults, error) {
	f := r.Fields()
	h := s.h
	f.Required("titre")
	if !draft {
		f.Required("matiere", "pour", "echeance")
	}
	h.Title, h.Subject = f.Text("titre", maxTitle), f.Text("matiere", maxSubject)
	h.Instructions = f.Text("consigne", maxText)
	h.Due, h.VisibleFrom = lastMinute(r, "echeance", f.Date("echeance")), f.Date("visible")
	h.HandIn, h.Draft = f.Checked("rendu"), draft
	h.Urgent = r.Viewer.May(urgently) && f.Checked("urgent")
	scale, bareme := f.Text("sur", 10), f.Text("bareme", maxText)
	wrong, err := f.Faults()
	if err != nil {
		return nil, err
	}
	if !s.offer.choose(h, r.FormValues("pour")) {
		wrong.Add("pour", errors.New(errors.Invalid, "devoirs.target.foreign"))
	}
	s.readTimes(r.Now(), wrong)
	s.readMarking(scale, bareme, r.FormValue("bareme-modele"), wrong)
	h.Files = s.kept(r.FormValues("garder"))
	if key := filesWrong(r.Uploads("fichiers"), len(h.Files), s.cfg); key != "" {
		wrong.Add("fichiers", errors.New(errors.TooLarge, key))
	}
	return wrong, nil
}

// readTimes refuses a due time that is over, unless it was so before, and a
// homework that would show only after it is due.
func (s *sheetForm) readTimes(now time.Time, wrong sdk.Faults) {
	h, was := s.h, &s.was
	moved := was.ID == "" || was.Draft || !h.Due.Equal(was.Due.Truncate(time.Minute))
	if !h.Due.IsZero() && moved && !h.Due.After(now) {
		wrong.Add("echeance", errors.New(errors.Invalid, "devoirs.due.past"))
	}
	if !h.VisibleFrom.IsZero() && !h.Due.IsZero() && !h.VisibleFrom.Before(h.Due) {
		wrong.Add("visible", errors.New(errors.Invalid, "devoirs.visible.late"))
	}
}

// urgently is the permission to publish whatever the school's hours.
const urgently = "devoirs.urgent"

// schedule moves what is published outside the school's hours to the next of
// them, and refuses what would show only after it is due. What was shown stays.
func (s *sheetForm) schedule(r *sdk.Request, wrong sdk.Faults) error {
	h := s.h
	if len(wrong) > 0 || h.Draft && s.was.ID == "" || !s.was.Announced.IsZero() {
		return nil
	}
	from := s.wanted(r.Now())
	if h.Urgent {
		if !s.was.Wanted.IsZero() {
			h.VisibleFrom = from
		}
		h.Wanted = time.Time{}
		return nil
	}
	next, held, err := r.Slots.Next(from, ids.Eleve, ids.Parent)
	if err != nil {
		return err
	}
	if h.Wanted = (time.Time{}); !held {
		if !s.was.Wanted.IsZero() {
			h.VisibleFrom = from
		}
		return nil
	}
	h.Wanted, h.VisibleFrom = from, next
	if !next.Before(h.Due) {
		wrong["echeance"] = ui.T("devoirs.due.closed", "at", ui.Time(next, ui.DateTime))
	}
	return nil
}

// readMarking takes the scale and the barème: as typed, or else a saved one.
func (s *sheetForm) readMarking(scale, typed, saved string, wrong sdk.Faults) {
	h := s.h
	h.Scale = Points(s.cfg.DefaultScale * 100)
	if scale != "" {
		p, err := ParsePoints(scale)
		if err == nil && p == 0 {
			err = errors.New(errors.Invalid, "devoirs.points.bad")
		}
		wrong.Add("sur", err)
		h.Scale = p
	}
	b, err := ParseBareme(typed)
	wrong.Add("bareme", err)
	h.Bareme = b
	if len(b) > 0 || saved == "" {
		return
	}
	for _, mine := range s.baremes {
		if mine.ID == saved {
			h.Bareme = mine.Criteria
			return
		}
	}
	wrong.Add("bareme-modele", errors.New(errors.Invalid, "devoirs.bareme.gone"))
}

// kept returns those of h's files that stay ticked.
func (s *sheetForm) kept(ticked []string) (files []File) {
	for _, id := range ticked {
		if f, ok := s.was.file(id); ok {
			files = append(files, f)
		}
	}
	return files
}

// lastMinute makes a day without an hour mean its end.
func lastMinute(r *sdk.Request, field string, t time.Time) time.Time {
	if len(r.FormValue(field)) == len(time.DateOnly) && !t.IsZero() {
		return t.AddDate(0, 0, 1).Add(-time.Minute)
	}
	return t
}
