package main

import (
	"cmp"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// followNodes shows where each pupil stands: seen, ticked, handed in, late,
// corrected; and what to do with all of them.
func followNodes(r *sdk.Request, h *Homework, list map[ids.PersonID]*Copy) ([]*ui.Node, error) {
	a, err := audienceOf(&r.Scope, h)
	if err != nil {
		return nil, err
	}
	if err := a.addLeft(r, list); err != nil {
		return nil, err
	}
	var nodes []*ui.Node
	handed, drafts := 0, 0
	rows := make([]*ui.Row, len(a.pupils))
	for i, p := range a.pupils {
		c := list[p.ID]
		if c.Latest() != nil {
			handed++
		}
		if c != nil && c.Correction != nil && c.Published() == nil {
			drafts++
		}
		rows[i] = followRow(r, h, p, c)
	}
	if h.HandIn {
		nodes = append(nodes, handedProgress(handed, len(a.pupils)))
	}
	if bar := followTools(h, handed, drafts); bar != nil {
		nodes = append(nodes, bar)
	}
	columns := ui.Columns("devoirs.follow.pupil", "devoirs.follow.seen", "devoirs.follow.ticked")
	if h.HandIn {
		columns = append(columns, ui.Columns("devoirs.follow.handed")...)
	}
	columns = append(columns, ui.Columns("devoirs.follow.mark")...)
	table := ui.Empty(ui.Table("devoirs.follow", columns, rows...), "devoirs.follow.none", ui.To("/devoir/"+h.ID+"/modifier", "devoirs.edit"))
	return append(nodes, table), nil
}

func followTools(h *Homework, handed, drafts int) *ui.Node {
	if handed+drafts == 0 {
		return nil
	}
	base := "/devoir/" + h.ID
	bar := ui.Toolbar(nil)
	tools := bar.GetToolbar()
	if drafts > 0 {
		publish := ui.Primary(iconed(ui.IconCheck, ui.Button(base+"/corrections", "devoirs.corrections.publish")))
		tools.Actions = append(tools.Actions, ui.Confirm(publish, "devoirs.corrections.confirm", "n", drafts))
	}
	if handed > 0 {
		name := zipName(h)
		tools.Links = append(tools.Links,
			ui.WithIcon(ui.IconDownload, ui.ToFile(base+"/copies.zip", "devoirs.zip", name)),
			ui.WithIcon(ui.IconDownload, ui.ToFile(base+"/copies.zip?toutes=1", "devoirs.zip.all", name)))
	}
	return bar
}

func followRow(r *sdk.Request, h *Homework, p sdk.Person, c *Copy) *ui.Row {
	name := ui.S(p.LastName + " " + p.FirstName)
	if p.Name == "" {
		name = ui.T("devoirs.target.gone")
	}
	cells := []*ui.Cell{ui.CellTo(name, "/devoir/"+h.ID+"/copie/"+string(p.ID))}
	if c == nil {
		c = &Copy{}
	}
	cells = append(cells, whenCell(c.Seen, "devoirs.follow.unseen"), whenCell(c.Ticked, "devoirs.follow.unticked"))
	if h.HandIn {
		cells = append(cells, handedCell(h, c, r.Now()))
	}
	return ui.RowOf(append(cells, markCell(h, c, r.Viewer.Locale))...)
}

func whenCell(t time.Time, never string) *ui.Cell {
	if t.IsZero() {
		return ui.CellOf(ui.T(never))
	}
	return ui.CellOf(ui.T("devoirs.at", "date", ui.Time(t, ui.Date)))
}

func handedCell(h *Homework, c *Copy, now time.Time) *ui.Cell {
	v := c.Latest()
	if v == nil {
		cell := ui.CellOf(ui.T("devoirs.follow.missing"))
		if now.After(h.Due) {
			cell.Tone = ui.Bad
		}
		return cell
	}
	key, tone := "devoirs.follow.intime", ui.Ok
	if v.Late {
		key, tone = "devoirs.follow.late", ui.Warn
	}
	cell := ui.CellOf(ui.T(key, "date", ui.Time(v.At, ui.DateTime), "n", len(c.Versions)))
	cell.Tone = tone
	return cell
}

func markCell(h *Homework, c *Copy, locale string) *ui.Cell {
	if c.Correction == nil {
		if c.Latest() != nil {
			cell := ui.CellOf(ui.T("devoirs.follow.waiting"))
			cell.Tone = ui.Info
			return cell
		}
		return ui.CellS("—")
	}
	words := ui.T("devoirs.follow.commented")
	if m := c.Correction.Mark; m != nil {
		words = ui.T("devoirs.mark", "mark", m.In(locale), "scale", h.Scale.In(locale))
	}
	if c.Published() == nil {
		words = ui.T("devoirs.follow.unpublished", "mark", words)
	}
	cell := ui.CellOf(words)
	cell.Icon = ui.IconMark
	return cell
}

// addLeft adds those who handed something in or were corrected and are no
// longer among those the homework is for.
func (a *audience) addLeft(r *sdk.Request, list map[ids.PersonID]*Copy) error {
	var left []ids.PersonID
	for id, c := range list {
		if _, there := a.pupil(id); !there && (len(c.Versions) > 0 || c.Correction != nil) {
			left = append(left, id)
		}
	}
	people, err := r.Directory.People(left...)
	if err != nil {
		return err
	}
	for _, id := range left {
		if !slices.ContainsFunc(people, func(p sdk.Person) bool { return p.ID == id }) {
			people = append(people, sdk.Person{ID: id})
		}
	}
	slices.SortFunc(people, func(x, y sdk.Person) int { return cmp.Compare(x.LastName, y.LastName) })
	a.pupils = append(a.pupils, people...)
	return nil
}
