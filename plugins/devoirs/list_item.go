package main

import (
	"time"

	"github.com/preau-ent/preau/sdk/ui"
)

// item is a homework in its teacher's list: for whom, until when, what came.
func (a *authored) item(h *Homework, now time.Time) *ui.Item {
	item := sheetItem(h, now)
	switch waiting := a.waiting[h.ID]; {
	case !h.Deleted.IsZero():
		item.Badge = ui.T("devoirs.badge.deleted")
		item.Actions = append(item.Actions, iconed(ui.IconUndo, ui.Button("/devoir/"+h.ID+"/retablir", "devoirs.restore")))
	case h.Draft:
		item.Badge = ui.T("devoirs.badge.draft")
	case waiting > 0:
		item.Badge, item.Tone = ui.T("devoirs.badge.waiting", "n", waiting), ui.Info
		item.Link.Path += "?onglet=suivi"
	case !h.Shown(now):
		item.Badge = ui.T("devoirs.badge.later", "date", h.VisibleFrom)
	case h.HandIn && !h.Past(now):
		item.Badge = ui.T("devoirs.badge.handed", "n", a.handed[h.ID], "of", h.size())
	}
	return item
}

// sheetItem is a homework in any list of sheets.
func sheetItem(h *Homework, now time.Time) *ui.Item {
	item := &ui.Item{
		Title: ui.S(h.Title),
		Icon:  subjectIcon(h.Subject),
		Link:  &ui.Link{Path: "/devoir/" + h.ID},
	}
	switch {
	case h.Due.IsZero():
		item.Detail = ui.S(h.Subject)
	default:
		item.Detail = ui.T("devoirs.line.target", "subject", h.Subject, "target", h.targetWords(), "due", dueExactly(h.Due, now))
	}
	return item
}
