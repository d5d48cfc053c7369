package main

import (
	"strconv"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// readCorrection takes the posted correction of a homework: a comment, and a
// mark either typed or computed from the points of the barème. Points are given
// for all criteria or for none.
func readCorrection(r *sdk.Request, h *Homework) (*Correction, sdk.Faults, error) {
	f := r.Fields()
	c := &Correction{Feedback: f.Text("appreciation", maxText), By: r.Viewer.Name, At: r.Now()}
	typed := f.Text("note", 10)
	given := make([]string, len(h.Bareme))
	for i := range h.Bareme {
		given[i] = f.Text(criterionField(i), 10)
	}
	wrong, err := f.Faults()
	if err != nil {
		return nil, nil, err
	}
	if len(h.Bareme) > 0 {
		c.readPoints(h, given, r.Viewer.Locale, wrong)
	} else if typed != "" {
		mark, err := ParsePoints(typed)
		if err == nil && mark > h.Scale {
			err = errors.New(errors.Invalid, "devoirs.points.over", "max", h.Scale.In(r.Viewer.Locale))
		}
		wrong.Add("note", err)
		c.Mark = &mark
	}
	if len(wrong) == 0 && c.Feedback == "" && c.Mark == nil {
		wrong.Add("appreciation", errors.New(errors.Invalid, "devoirs.correction.empty"))
	}
	return c, wrong, nil
}

// readPoints takes the points of the barème and computes the mark.
func (c *Correction) readPoints(h *Homework, given []string, locale string, wrong sdk.Faults) {
	filled := 0
	points := make([]Points, len(given))
	for i, s := range given {
		if s == "" {
			continue
		}
		filled++
		p, err := ParsePoints(s)
		if err == nil && p > h.Bareme[i].Max {
			err = errors.New(errors.Invalid, "devoirs.points.over", "max", h.Bareme[i].Max.In(locale))
		}
		wrong.Add(criterionField(i), err)
		points[i] = p
	}
	if filled == 0 {
		return
	}
	for i, s := range given {
		if s == "" {
			wrong.Add(criterionField(i), errors.New(errors.Invalid, "devoirs.points.missing"))
		}
	}
	mark, err := h.Bareme.Mark(points, h.Scale)
	if err == nil {
		c.Points, c.Mark = points, &mark
	}
}

// criterionField names the field of the barème's criterion i.
func criterionField(i int) string { return "critere-" + strconv.Itoa(i+1) }

// saveCorrection stores the correction of one pupil's copy; unless it is only
// kept (the button "garder"), the pupil sees it at once.
func saveCorrection(r *sdk.Request) (*sdk.Answer, error) {
	desk, err := openDesk(r)
	if err != nil {
		return nil, err
	}
	correction, wrong, err := readCorrection(r, desk.h)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return sdk.Again(desk.page(r, wrong.Blame(ui.Fill(desk.form(r), r.PostForm), "devoirs.form.refused"))), nil
	}
	publish := r.FormValue("garder") == ""
	correction.Version = desk.version()
	if seen := r.FormValue("version"); seen != "" && seen != strconv.Itoa(correction.Version) {
		newer := errors.New(errors.Conflict, "devoirs.correction.newer")
		return sdk.Again(desk.page(r, ui.Blame(ui.Fill(desk.form(r), r.PostForm), newer))), nil
	}
	err = update(r, func(tx store.Tx) error {
		c, err := copyOf(tx, desk.h, desk.pupil.ID, desk.group)
		if err != nil {
			return err
		}
		if was := c.Published(); was != nil {
			correction.Published = was.Published
		}
		if publish && correction.Published.IsZero() {
			correction.Published = r.Now()
		}
		c.Correction = correction
		if err := copies.Put(tx, c); err != nil {
			return err
		}
		return emitCorrected(tx, r, c, desk.pupil)
	})
	if err != nil {
		return nil, err
	}
	say := "devoirs.corrected.draft"
	if !correction.Published.IsZero() {
		say = "devoirs.corrected.published"
		tellCorrected(&r.Scope, desk.h, desk.pupil)
	}
	return sdk.GoTo("/devoir/"+desk.h.ID+"?onglet=suivi").Say(say, "name", desk.pupil.Name), nil
}

// publishCorrections publishes every correction of a homework that waits.
func publishCorrections(r *sdk.Request) (*sdk.Answer, error) {
	h, err := mine(r)
	if err != nil {
		return nil, err
	}
	a, err := audienceOf(&r.Scope, h)
	if err != nil {
		return nil, err
	}
	var told []sdk.Person
	err = update(r, func(tx store.Tx) error {
		told = nil
		list, err := copiesOf(tx, h)
		if err != nil {
			return err
		}
		for _, c := range list {
			if c.Correction == nil || !c.Correction.Published.IsZero() {
				continue
			}
			c.Correction.Published = r.Now()
			if err := copies.Put(tx, c); err != nil {
				return err
			}
			pupil, _ := a.pupil(c.Pupil) // who left the class is not told
			if err := emitCorrected(tx, r, c, pupil); err != nil {
				return err
			}
			told = append(told, pupil)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, p := range told {
		tellCorrected(&r.Scope, h, p)
	}
	return sdk.GoTo("/devoir/"+h.ID+"?onglet=suivi").Say("devoirs.corrections.published", "n", len(told)), nil
}

// reopenCopy lets the pupil hand in again: the correction moves to the earlier
// ones, or goes if it was never published.
func reopenCopy(r *sdk.Request) (*sdk.Answer, error) {
	desk, err := openDesk(r)
	if err != nil {
		return nil, err
	}
	err = update(r, func(tx store.Tx) error {
		c, err := copies.Get(tx, copyID(desk.h.ID, desk.pupil.ID))
		if err != nil {
			return err
		}
		c.reopen()
		if err := copies.Put(tx, c); err != nil {
			return err
		}
		return tx.Emit(eventChanged, Happened{c.Homework, string(c.Pupil)}, touchedBy(r, c, desk.pupil)...)
	})
	if err != nil {
		return nil, err
	}
	return sdk.GoTo("/devoir/"+desk.h.ID+"?onglet=suivi").Say("devoirs.reopened", "name", desk.pupil.Name), nil
}

func (c *Copy) reopen() {
	if c.Published() != nil {
		c.Earlier = append(c.Earlier, *c.Correction)
	}
	c.Correction, c.FeedbackSeen = nil, time.Time{}
}

func emitCorrected(tx store.Tx, r *sdk.Request, c *Copy, pupil sdk.Person) error {
	event := eventChanged // a correction that is not out yet is the teacher's affair
	if c.Published() != nil {
		event = eventCorrected
	}
	return tx.Emit(event, Happened{c.Homework, string(c.Pupil)}, touchedBy(r, c, pupil)...)
}

func touchedBy(r *sdk.Request, c *Copy, pupil sdk.Person) []ids.PersonID {
	return append([]ids.PersonID{c.Pupil, r.Viewer.Person}, pupil.Guardians...)
}

// tellCorrected tells a pupil and their guardians that a correction is there;
// the notice does not hold the mark.
func tellCorrected(s *sdk.Scope, h *Homework, pupil sdk.Person) {
	if pupil.ID == "" {
		return
	}
	notice := sdk.Notice{
		Kind: "correction", People: []ids.PersonID{pupil.ID}, Key: "correction:" + copyID(h.ID, pupil.ID),
		Text: ui.T("devoirs.notice.corrected", "subject", h.Subject, "title", h.Title),
		Link: ui.To("/devoir/"+h.ID, "devoirs.open"),
	}
	notify(s, notice)
	if len(pupil.Guardians) > 0 {
		notice.People = pupil.Guardians
		notice.Text = ui.T("devoirs.notice.corrected.child", "name", pupil.FirstName, "subject", h.Subject, "title", h.Title)
		notice.About = []*ui.About{ui.AboutChild(string(pupil.ID), pupil.FirstName)}
		notify(s, notice)
	}
}
