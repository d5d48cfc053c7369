package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// recent is how long after it was due a homework still counts for this week's
// tasks of correction and reading.
const recent = 21 * 24 * time.Hour

// tasks is the module's part of "ma semaine": homework to do and to hand in and
// corrections to read for a pupil, the same of their children for a parent,
// copies to correct for a teacher.
func tasks(r *sdk.TasksRequest) (list []*sdk.Task, err error) {
	err = r.Store.View(r.Context(), func(tx store.Tx) error {
		switch {
		case r.Viewer.Profile == ids.Eleve || r.Viewer.Profile == ids.Parent:
			list, err = pupilTasks(tx, r)
		case r.Viewer.May("devoirs.correct"):
			list, err = correctingTasks(tx, r)
		}
		return err
	})
	return list, err
}

// pupilTasks holds what is due in the span, ticked or not, what should have been
// handed in before, and corrections of these last weeks.
func pupilTasks(tx store.Tx, r *sdk.TasksRequest) (list []*sdk.Task, err error) {
	now := r.Now()
	all, err := assignedTo(tx, r.Viewer, r.From.Add(-late), r.To, now)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		due := !a.h.Due.Before(r.From) && a.h.Due.Before(r.To)
		overdue := a.h.Due.Before(r.From) && StatusOf(a.h, a.c, now) == Overdue && ShelfOf(a.h, a.c, now) == ShelfToDo
		if due || overdue {
			list = append(list, a.task(r.Viewer, now))
		}
		if p := a.c.Published(); p != nil && p.Published.Before(r.To) {
			read := a.c.FeedbackSeen
			if read.IsZero() && now.Sub(p.Published) < recent || !read.Before(r.From) && read.Before(r.To) {
				list = append(list, a.reading(r.Viewer))
			}
		}
	}
	return list, nil
}

// task is a homework to do.
func (a assigned) task(v *sdk.Viewer, now time.Time) *sdk.Task {
	kind := sdk.ToDo
	if a.h.HandIn {
		kind = sdk.ToHandIn
	}
	check := a.check(v, now)
	check.Detail, check.When = ui.S(a.h.Subject), ui.At(a.h.Due) // the core says when
	return sdk.NewTask("homework:"+a.h.ID, kind, check)
}

// reading is a correction to read.
func (a assigned) reading(v *sdk.Viewer) *sdk.Task {
	return sdk.NewTask("correction:"+a.h.ID, sdk.ToRead, &ui.Check{
		Title: ui.T("devoirs.task.correction", "title", a.h.Title), Detail: ui.S(a.h.Subject), Done: !a.c.FeedbackSeen.IsZero(),
		Link: &ui.Link{Path: "/devoir/" + a.h.ID, Icon: subjectIcon(a.h.Subject)}, When: ui.At(a.c.Published().Published), About: a.about(v),
	})
}

// correctingTasks is a teacher's homework with copies that wait, whenever it was
// due, and what they finished correcting in the span.
func correctingTasks(tx store.Tx, r *sdk.TasksRequest) (list []*sdk.Task, err error) {
	waiting := map[string]int{}
	for c, err := range copies.Range(tx, "to-correct", store.Prefix(r.Viewer.Person)) {
		if err != nil {
			return nil, err
		}
		waiting[c.Homework]++
	}
	done := map[string]bool{}
	for h, err := range homework.Range(tx, "author", store.From(r.Viewer.Person, r.From.Add(-recent)), store.To(r.Viewer.Person, r.To)) {
		if err != nil {
			return nil, err
		}
		if h.HandIn && h.published() && waiting[h.ID] == 0 {
			if done[h.ID], err = correctedIn(tx, h, r.From, r.To); err != nil {
				return nil, err
			}
		}
	}
	for id := range done {
		if done[id] {
			waiting[id] = 0
		}
	}
	for id, n := range waiting {
		h, err := homework.Get(tx, id)
		if err != nil {
			return nil, err
		}
		if h.published() {
			list = append(list, correcting(h, n))
		}
	}
	slices.SortFunc(list, func(a, b *sdk.Task) int {
		return a.GetCheck().GetWhen().AsTime().Compare(b.GetCheck().GetWhen().AsTime())
	})
	return list, nil
}

// correctedIn reports whether something of the homework was corrected then.
func correctedIn(tx store.Tx, h *Homework, from, to time.Time) (bool, error) {
	all, err := copiesOf(tx, h)
	for _, c := range all {
		if c.Correction != nil && !c.Correction.At.Before(from) && c.Correction.At.Before(to) {
			return true, err
		}
	}
	return false, err
}

func correcting(h *Homework, n int) *sdk.Task {
	check := &ui.Check{
		Title: ui.S(h.Title), Done: n == 0, When: ui.At(h.Due),
		Detail: ui.T("devoirs.line.for", "subject", h.Subject, "target", h.targetWords()),
		Link:   &ui.Link{Path: "/devoir/" + h.ID + "?onglet=suivi", Icon: subjectIcon(h.Subject)},
	}
	if n > 0 {
		check.Badge, check.Tone = ui.T("devoirs.badge.waiting", "n", n), ui.Info
	}
	return sdk.NewTask("correct:"+h.ID, sdk.ToCorrect, check)
}
