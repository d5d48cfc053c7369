package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// Spans of a pupil's lists, in days: how far ahead, and how much of the past
// one page shows.
const (
	aheadDays = 400
	pastDays  = 60
)

// pupilList is the first page of pupils and parents: what is to do, what is
// done, what is over.
func pupilList(r *sdk.Request) (*ui.Page, error) {
	now := r.Now()
	shelf := Shelf(r.FormValue("liste"))
	if shelf != ShelfDone && shelf != ShelfPast {
		shelf = ShelfToDo
	}
	from, to := midnight(now).Add(-late), midnight(now).AddDate(0, 0, aheadDays)
	if shelf == ShelfPast {
		to = pastEnd(r)
		from = to.AddDate(0, 0, -pastDays)
	}
	var list []assigned
	err := view(r, func(tx store.Tx) (err error) {
		list, err = assignedTo(tx, r.Viewer, from, to, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	shelves := map[Shelf][]assigned{}
	for _, a := range list {
		s := ShelfOf(a.h, a.c, now)
		shelves[s] = append(shelves[s], a)
	}
	content := byDay(r, shelves[shelf], shelf)
	if shelf == ShelfPast {
		content = append(content, ui.Toolbar(nil, ui.WithIcon(ui.IconHistory,
			ui.To("/?liste=passe&avant="+from.Format(time.DateOnly), "devoirs.older"))))
	}
	return ui.NewPage("devoirs.title", shelfTabs(shelf, len(shelves[ShelfToDo]), content)), nil
}

// pastEnd is the end of the past that a page shows, from ?avant=.
func pastEnd(r *sdk.Request) time.Time {
	today := midnight(r.Now())
	before, err := time.ParseInLocation(time.DateOnly, r.FormValue("avant"), today.Location())
	if err != nil || before.After(today) {
		return today
	}
	return before
}

func shelfTabs(current Shelf, todo int, content []*ui.Node) *ui.Node {
	var tabs []*ui.Tab
	for _, s := range []struct {
		shelf     Shelf
		path, key string
	}{
		{ShelfToDo, "/", "devoirs.tab.todo"},
		{ShelfDone, "/?liste=fait", "devoirs.tab.done"},
		{ShelfPast, "/?liste=passe", "devoirs.tab.past"},
	} {
		tab := ui.TabTo(s.path, s.key)
		if s.shelf == current {
			tab = ui.TabHere(s.path, s.key, content...)
		}
		if s.shelf == ShelfToDo && (current != ShelfPast) {
			tab.Count = int32(todo)
		}
		tabs = append(tabs, tab)
	}
	return ui.Tabs(tabs...)
}

// byDay groups a shelf under the days it is due for, the past backwards.
func byDay(r *sdk.Request, list []assigned, shelf Shelf) (sections []*ui.Node) {
	now := r.Now()
	var day time.Time
	var lines []*ui.Check
	flush := func() {
		if len(lines) > 0 {
			sections = append(sections, ui.SectionOf(dueDay(day, now), ui.Checklist(lines...)))
		}
		lines = nil
	}
	for i := range list {
		a := list[i]
		if shelf == ShelfPast {
			a = list[len(list)-1-i]
		}
		if d := midnight(a.h.Due.In(now.Location())); !d.Equal(day) {
			flush()
			day = d
		}
		line := a.check(r.Viewer, now)
		line.Detail = ui.T("devoirs.line", "subject", a.h.Subject, "due", ui.T("devoirs.hour", "time", ui.Time(a.h.Due, ui.Clock)))
		lines = append(lines, line) // the heading says the day
	}
	flush()
	if len(sections) == 0 {
		sections = append(sections, emptyShelf(shelf))
	}
	return sections
}

// emptyShelf says that there is nothing, and where to look next.
func emptyShelf(shelf Shelf) *ui.Node {
	switch shelf {
	case ShelfDone:
		return ui.Empty(ui.Checklist(), "devoirs.empty.done", ui.To("/", "devoirs.tab.todo"))
	case ShelfPast:
		return ui.Empty(ui.Checklist(), "devoirs.empty.past", ui.To("/", "devoirs.tab.todo"))
	}
	return ui.Empty(ui.Checklist(), "devoirs.empty.todo", ui.To("/?liste=fait", "devoirs.tab.done"))
}
