package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// publishHomework brings a draft out as it is. One that is not complete comes
// back as the form with what is missing.
func publishHomework(r *sdk.Request) (*sdk.Answer, error) {
	form, err := openForm(r)
	if err != nil {
		return nil, err
	}
	h := form.h
	if !h.Draft {
		return sdk.GoTo("/devoir/" + h.ID), nil
	}
	wrong := form.incomplete(r)
	if err := form.schedule(r, wrong); err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return sdk.Again(form.page(wrong.Blame(form.draw(r), "devoirs.form.refused"))), nil
	}
	h.Draft = false
	if err := form.save(r); err != nil {
		return nil, err
	}
	return form.saved(r, "devoirs.saved.published"), nil
}

// incomplete names the fields a draft lacks before it can go out.
func (s *sheetForm) incomplete(r *sdk.Request) sdk.Faults {
	wrong := sdk.Faults{}
	h := s.h
	if h.Subject == "" {
		wrong["matiere"] = ui.T("devoirs.missing.subject")
	}
	if len(h.Groups)+len(h.Pupils) == 0 {
		wrong["pour"] = ui.T("devoirs.missing.target")
	}
	if h.Due.IsZero() {
		wrong["echeance"] = ui.T("devoirs.missing.due")
	}
	s.readTimes(r.Now(), wrong)
	return wrong
}

// duplicateHomework makes a draft like this one, due a week later, or as many
// weeks as it takes to be in the future.
func duplicateHomework(r *sdk.Request) (*sdk.Answer, error) {
	var h *Homework
	err := view(r, func(tx store.Tx) (err error) {
		h, err = openMine(tx, &r.Scope, r.PathValue("id"))
		return err
	})
	if err != nil {
		return nil, err
	}
	files, err := copyFiles(&r.Scope, h.Files)
	if err != nil {
		return nil, err
	}
	again := *h
	again.ID, again.Files, again.Draft = ids.New(), files, true
	again.Created, again.Changed = r.Now(), r.Now()
	again.Announced, again.Told, again.VisibleFrom, again.Wanted, again.Urgent = time.Time{}, time.Time{}, time.Time{}, time.Time{}, false
	for again.Due = in(h.Due, r.Viewer.TimeZone); !again.Due.IsZero() && (!again.Due.After(r.Now()) || again.Due.Equal(h.Due)); {
		again.Due = again.Due.AddDate(0, 0, 7)
	}
	if err := update(r, func(tx store.Tx) error { return put(tx, &again) }); err != nil {
		dropFiles(&r.Scope, files)
		return nil, err
	}
	return sdk.GoTo("/devoir/" + again.ID + "/modifier").Say("devoirs.duplicated"), nil
}

// deleteHomework puts a homework into the bin, from which it can come back with
// its copies for a month.
func deleteHomework(r *sdk.Request) (*sdk.Answer, error) {
	if err := setDeleted(r, true); err != nil {
		return nil, err
	}
	return sdk.GoTo("/?liste=corbeille").Say("devoirs.deleted", "n", binDays), nil
}

// restoreHomework takes it out again.
func restoreHomework(r *sdk.Request) (*sdk.Answer, error) {
	if err := setDeleted(r, false); err != nil {
		return nil, err
	}
	return sdk.GoTo("/devoir/" + r.PathValue("id")).Say("devoirs.restored"), nil
}

func setDeleted(r *sdk.Request, deleted bool) error {
	var h *Homework
	err := view(r, func(tx store.Tx) (err error) {
		var relation Relation
		h, relation, err = openSheet(tx, &r.Scope, r.PathValue("id"))
		if err == nil && relation != Author {
			err = gone()
		}
		return err
	})
	if err != nil {
		return err
	}
	a, err := audienceOf(&r.Scope, h)
	if err != nil {
		return err
	}
	err = update(r, func(tx store.Tx) error {
		_, err := homework.Modify(tx, h.ID, func(h *Homework) error {
			switch {
			case !deleted:
				h.Deleted = time.Time{}
			case h.Deleted.IsZero():
				h.Deleted = r.Now()
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := sdk.Reindex(tx, h.ID); err != nil {
			return err
		}
		return tx.Emit(eventChanged, Happened{Homework: h.ID}, a.touched(h)...)
	})
	switch {
	case err != nil:
	case deleted:
		untell(&r.Scope, h)
	default:
		if h.Deleted = (time.Time{}); h.published() && h.Announced.IsZero() {
			tellPublished(&r.Scope, h, a)
		}
	}
	return err
}
