package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// teacherSheet is a homework as the teacher who set it sees it: the sheet, or
// where each pupil stands.
func teacherSheet(r *sdk.Request, h *Homework) (*ui.Page, error) {
	var list map[ids.PersonID]*Copy
	err := view(r, func(tx store.Tx) (err error) {
		list, err = copiesOf(tx, h)
		return err
	})
	if err != nil {
		return nil, err
	}
	page := sheetHead(h, r.Now())
	page.Nodes = stateBanner(h, r.Now())
	if !h.Deleted.IsZero() {
		return page, nil
	}
	page.Nodes = append(page.Nodes, teacherTools(h, list))
	if h.Draft {
		page.Nodes = append(page.Nodes, teacherFacts(r, h))
		page.Nodes = append(page.Nodes, body(h, r.Viewer.Locale)...)
		return page, nil
	}
	base := "/devoir/" + h.ID
	sheet, follow := ui.TabTo(base+"?onglet=devoir", "devoirs.tab.sheet"), ui.TabTo(base+"?onglet=suivi", "devoirs.tab.follow")
	if following(r.FormValue("onglet"), list) {
		nodes, err := followNodes(r, h, list)
		if err != nil {
			return nil, err
		}
		follow.Current, follow.Nodes = true, nodes
	} else {
		sheet.Current, sheet.Nodes = true, append([]*ui.Node{teacherFacts(r, h)}, body(h, r.Viewer.Locale)...)
	}
	follow.Count = int32(toCorrect(list))
	page.Nodes = append(page.Nodes, ui.Tabs(sheet, follow))
	return page, nil
}

// following reports whether the sheet opens on where the pupils stand: when it
// is asked for, or when something came and nothing else is asked for.
func following(tab string, list map[ids.PersonID]*Copy) bool {
	if tab != "" {
		return tab == "suivi"
	}
	for _, c := range list {
		if c.Latest() != nil {
			return true
		}
	}
	return false
}

// stateBanner says that a homework is not what pupils see: a draft, not shown
// yet, in the bin.
func stateBanner(h *Homework, now time.Time) []*ui.Node {
	switch {
	case !h.Deleted.IsZero():
		until := h.Deleted.AddDate(0, 0, binDays)
		restore := ui.Primary(ui.Button("/devoir/"+h.ID+"/retablir", "devoirs.restore"))
		restore.Icon = ui.IconUndo
		return []*ui.Node{ui.Banner(ui.Warn, "devoirs.state.deleted", "date", until), ui.Tools(restore)}
	case h.Draft:
		return []*ui.Node{ui.Banner(ui.Info, "devoirs.state.draft")}
	case !h.Shown(now):
		return []*ui.Node{ui.Banner(ui.Info, "devoirs.state.later", "date", ui.Time(h.VisibleFrom, ui.DateTime))}
	}
	return nil
}

// teacherTools are what a teacher may do with the sheet.
func teacherTools(h *Homework, list map[ids.PersonID]*Copy) *ui.Node {
	base := "/devoir/" + h.ID
	edit := ui.WithIcon(ui.IconEdit, ui.To(base+"/modifier", "devoirs.edit"))
	bar := ui.Toolbar(edit)
	tools := bar.GetToolbar()
	if h.Draft {
		tools.Actions = append(tools.Actions, ui.Primary(iconed(ui.IconCheck, ui.Button(base+"/publier", "devoirs.publish"))))
	}
	tools.Actions = append(tools.Actions,
		iconed(ui.IconCopy, ui.Button(base+"/dupliquer", "devoirs.duplicate")),
		iconed(ui.IconArchive, ui.Button(base+"/modele", "devoirs.keep-model")),
		iconed(ui.IconDelete, deleteButton(h, list)),
	)
	return bar
}

// deleteButton asks first, and says how many hand-ins go along.
func deleteButton(h *Homework, list map[ids.PersonID]*Copy) *ui.Action {
	button := ui.Button("/devoir/"+h.ID+"/supprimer", "devoirs.delete")
	handed := 0
	for _, c := range list {
		if c.Latest() != nil {
			handed++
		}
	}
	if handed > 0 {
		return ui.Danger(button, "devoirs.delete.handed", "n", handed)
	}
	return ui.Danger(button, "devoirs.delete.confirm", "days", binDays)
}

func iconed(icon string, a *ui.Action) *ui.Action {
	a.Icon = icon
	return a
}

func teacherFacts(r *sdk.Request, h *Homework) *ui.Node {
	list := []*ui.Fact{ui.FactOf("devoirs.fact.target", h.targetWords())}
	list = append(list, facts(h, r.Now())...)
	if !h.VisibleFrom.IsZero() {
		list = append(list, ui.FactOf("devoirs.fact.visible", ui.T("devoirs.from", "date", ui.Time(h.VisibleFrom, ui.DateTime))))
	}
	return ui.Facts(append(list, ui.FactOf("devoirs.fact.scale", ui.T("devoirs.outof", "scale", h.Scale.In(r.Viewer.Locale))))...)
}

func toCorrect(list map[ids.PersonID]*Copy) (n int) {
	for _, c := range list {
		if c.Latest() != nil && c.Correction == nil {
			n++
		}
	}
	return n
}
