package main

import (
	"slices"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// widgetDays is how far ahead the home page looks, in days.
const widgetDays = 15

// sizes is how many lines a widget of a size shows.
var sizes = map[string]int{string(ui.Small): 3, string(ui.Medium): 6, string(ui.Large): 10, string(ui.Full): 15}

// lines is how many the person set, else those that the size holds.
func lines(r *sdk.WidgetRequest) int {
	n := sizes[r.Size]
	if n == 0 {
		n = sizes[string(ui.Medium)]
	}
	return r.Count("lines", n, 30)
}

// lookingAt is the viewer who looks at the child of the block's settings; a
// child that is not theirs changes nothing.
func lookingAt(r *sdk.WidgetRequest) *sdk.Viewer {
	child := ids.PersonID(r.Option("child"))
	if !slices.ContainsFunc(r.Viewer.Children, func(c sdk.Child) bool { return c.ID == child }) {
		return r.Viewer
	}
	v := *r.Viewer
	v.Child = child
	return &v
}

// toDoWidget is what a pupil, or a parent's children, have to do, by due time.
func toDoWidget(r *sdk.WidgetRequest) (*ui.Node, error) {
	now := r.Now()
	var checks []*ui.Check
	more := 0
	err := r.Store.View(r.Context(), func(tx store.Tx) error {
		list, err := assignedTo(tx, lookingAt(r), midnight(now).Add(-late), midnight(now).AddDate(0, 0, r.Count("days", widgetDays, 60)), now)
		for _, a := range list {
			switch {
			case ShelfOf(a.h, a.c, now) != ShelfToDo:
			case len(checks) < lines(r):
				checks = append(checks, a.check(r.Viewer, now))
			default:
				more++
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	node := ui.Empty(ui.Checklist(checks...), "devoirs.empty.todo", nil)
	whole := ui.To("/", "devoirs.all")
	if more > 0 {
		whole.Label = ui.T("devoirs.all.more", "n", more)
	}
	return ui.More(ui.Titled("devoirs.widget.a-rendre", node), whole), nil
}

// toCorrectWidget is a teacher's homework with hand-ins that wait, and how many.
func toCorrectWidget(r *sdk.WidgetRequest) (*ui.Node, error) {
	var items []*ui.Item
	err := r.Store.View(r.Context(), func(tx store.Tx) error {
		waiting := map[string]int{}
		var order []string
		for c, err := range copies.Range(tx, "to-correct", store.Prefix(r.Viewer.Person)) {
			if err != nil {
				return err
			}
			if g := r.Option("group"); g != "" && string(c.Group) != g {
				continue
			}
			if waiting[c.Homework]++; waiting[c.Homework] == 1 {
				order = append(order, c.Homework)
			}
		}
		for _, id := range order {
			h, err := homework.Get(tx, id)
			if err != nil {
				return err
			}
			if !h.published() || len(items) >= lines(r) {
				continue
			}
			item := sheetItem(h, r.Now())
			item.Badge, item.Tone = ui.T("devoirs.badge.waiting", "n", waiting[id]), ui.Info
			item.Link.Path += "?onglet=suivi"
			items = append(items, item)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	node := ui.Empty(ui.List(items...), "devoirs.empty.correct", ui.To("/nouveau", "devoirs.new"))
	return ui.More(ui.Titled("devoirs.widget.a-corriger", node), ui.To("/?liste="+listCorrect, "devoirs.all")), nil
}
