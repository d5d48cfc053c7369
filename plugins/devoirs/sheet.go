package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// sheetPage shows one homework, to each what they may see of it.
func sheetPage(r *sdk.Request) (*ui.Page, error) {
	announceDue(r.Context(), &r.Scope)
	var h *Homework
	var relation Relation
	err := view(r, func(tx store.Tx) (err error) {
		h, relation, err = openSheet(tx, &r.Scope, r.PathValue("id"))
		return err
	})
	if err != nil {
		return nil, err
	}
	switch relation {
	case Pupil:
		return pupilSheet(r, nil, nil)
	case Guardian:
		return familySheet(r, h)
	case Author:
		return teacherSheet(r, h)
	}
	return readerSheet(r, h, relation)
}

// sheetHead begins a sheet's page: title, when it is due, the way back.
func sheetHead(h *Homework, now time.Time) *ui.Page {
	page := ui.PageOf(ui.S(h.Title))
	if h.Due.IsZero() {
		page.Subtitle = ui.S(h.Subject)
	} else {
		page.Subtitle = ui.T("devoirs.line", "subject", h.Subject, "due", dueExactly(h.Due, now))
	}
	page.Crumbs = []*ui.Link{ui.To("/", "devoirs.title")}
	return page
}

// facts are what everybody reads of a sheet.
func facts(h *Homework, now time.Time) []*ui.Fact {
	list := []*ui.Fact{ui.FactOf("devoirs.fact.subject", ui.S(h.Subject))}
	if !h.Due.IsZero() {
		due := ui.FactOf("devoirs.fact.due", dueExactly(h.Due, now))
		if !h.Past(now) {
			due.Tone = dayTone(h.Due, now)
		}
		list = append(list, due)
	}
	list = append(list, ui.FactOf("devoirs.fact.by", ui.S(h.AuthorName)))
	how := "devoirs.fact.inclass"
	if h.HandIn {
		how = "devoirs.fact.online"
	}
	return append(list, ui.FactOf("devoirs.fact.how", ui.T(how)))
}

// body is the sheet itself: instructions, files, barème.
func body(h *Homework, locale string) []*ui.Node {
	nodes := task(h)
	if len(h.Bareme) > 0 {
		nodes = append(nodes, ui.Folded("devoirs.bareme", baremeTable(h.Bareme, nil, locale)))
	}
	return nodes
}

// task is what is to do: instructions and files.
func task(h *Homework) (nodes []*ui.Node) {
	if h.Instructions != "" {
		nodes = append(nodes, ui.Section("devoirs.instructions", ui.Markdown(h.Instructions)))
	}
	if len(h.Files) > 0 {
		nodes = append(nodes, ui.Section("devoirs.files", ui.FilesOf(fileCards(h.Files, "/devoir/"+h.ID)...)))
	}
	return nodes
}

// baremeTable shows the criteria, with the points given when there are any.
func baremeTable(b Bareme, given []Points, locale string) *ui.Node {
	rows := make([]*ui.Row, len(b))
	for i, c := range b {
		cell := ui.CellS(c.Max.In(locale))
		if i < len(given) {
			cell = ui.CellS(given[i].In(locale) + " / " + c.Max.In(locale))
		}
		rows[i] = ui.RowOf(ui.CellS(c.Label), cell)
	}
	return ui.Table("devoirs.bareme", append(ui.Columns("devoirs.bareme.criterion"), ui.Numbers("devoirs.bareme.points")), rows...)
}

// readerSheet is for those who only read: a colleague of the same class, school
// life, the head. Overseers also learn how many handed in.
func readerSheet(r *sdk.Request, h *Homework, relation Relation) (*ui.Page, error) {
	page := sheetHead(h, r.Now())
	page.Crumbs = []*ui.Link{ui.To("/classes", "devoirs.classes")}
	list := append(facts(h, r.Now()), ui.FactOf("devoirs.fact.target", h.targetWords()))
	if !h.Shown(r.Now()) {
		list = append(list, ui.FactOf("devoirs.fact.visible", ui.T("devoirs.from", "date", ui.Time(h.VisibleFrom, ui.DateTime))))
	}
	page.Nodes = append(page.Nodes, ui.Facts(list...))
	if relation == Overseer && h.HandIn {
		var handed int
		err := view(r, func(tx store.Tx) error {
			list, err := copiesOf(tx, h)
			for _, c := range list {
				if c.Latest() != nil {
					handed++
				}
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		page.Nodes = append(page.Nodes, handedProgress(handed, h.size()))
	}
	page.Nodes = append(page.Nodes, body(h, r.Viewer.Locale)...)
	return page, nil
}

// size is how many pupils the homework was for when it was last saved.
func (h *Homework) size() int {
	n := len(h.Pupils)
	for _, g := range h.Groups {
		n += g.Size
	}
	return n
}

func handedProgress(handed, of int) *ui.Node {
	if of < handed {
		of = handed // somebody left the class after handing in
	}
	node := ui.Progress("devoirs.progress.handed", float64(handed), float64(max(of, 1)))
	node.GetProgress().Text = ui.T("devoirs.progress.text", "n", handed, "of", of)
	return node
}
