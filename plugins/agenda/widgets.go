package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// sizes is how many lines a widget of a size shows.
var sizes = map[string]int{string(ui.Small): 4, string(ui.Medium): 8, string(ui.Large): 16, string(ui.Full): 30}

// lines is how many the person set, else so many times those that the size holds.
func lines(r *sdk.WidgetRequest, times int) int {
	n := sizes[r.Size]
	if n == 0 {
		n = sizes[string(ui.Medium)]
	}
	return r.Count("lines", times*n, 40)
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

// soon is how many days ahead the widget of today looks when nothing is left of
// today and tomorrow: on a Friday evening it shows Monday.
const soon = 8

// todayWidget is what is left of today and what tomorrow brings; when that is
// nothing, the next day with something.
func todayWidget(r *sdk.WidgetRequest) (*ui.Node, error) {
	now := r.Now()
	today := midnight(now)
	all, missing, err := upTo(r, now, today.AddDate(0, 0, soon))
	if err != nil {
		return nil, err
	}
	list, day := before(all, today.AddDate(0, 0, 2)), today
	if len(list) == 0 && len(all) > 0 {
		day = midnight(all[0].Start.AsTime().In(now.Location()))
		list = before(all, day.AddDate(0, 0, 1))
	}
	list = Span{From: today}.clip(list[:min(lines(r, 1), len(list))])
	node := ui.Empty(ui.AgendaByDay(list...), "agenda.empty.today", ui.To("/?vue=liste", "agenda.empty.next"))
	if day.After(today) {
		node = then(node, missing)
	}
	return ui.More(withMissing("agenda.widget.aujourd-hui", node, missing), ui.To("/?vue=jour&date="+day.Format(time.DateOnly), "agenda.all.day")), nil
}

// then says that a later day is what comes next, for a block called today; not
// while modules are missing, whose entries may well be of today.
func then(node *ui.Node, missing bool) *ui.Node {
	if missing {
		return node
	}
	return ui.SectionOf(nil, ui.Text("agenda.today.then"), node)
}

// weekWidget is this week by day, from today; at its end the next one.
func weekWidget(r *sdk.WidgetRequest) (*ui.Node, error) {
	now := r.Now()
	from, to := midnight(now), monday(now).AddDate(0, 0, 7)
	if now.Weekday() == time.Saturday || now.Weekday() == time.Sunday {
		to = to.AddDate(0, 0, 7)
	}
	list, missing, err := upTo(r, from, to)
	if err != nil {
		return nil, err
	}
	list = Span{From: from}.clip(list[:min(lines(r, 2), len(list))])
	node := ui.Empty(ui.AgendaByDay(list...), "agenda.empty.week", ui.To("/?vue=liste", "agenda.empty.next"))
	return ui.More(withMissing("agenda.widget.semaine", node, missing), ui.To("/?vue=semaine&date="+to.AddDate(0, 0, -1).Format(time.DateOnly), "agenda.all.week")), nil
}

// upTo is everything of the viewer's in [from, to), and whether something of
// other modules is missing.
func upTo(r *sdk.WidgetRequest, from, to time.Time) ([]*ui.Entry, bool, error) {
	l := mine(lookingAt(r), r.Now())
	look := func(fn func(store.Tx) error) error { return r.Store.View(r.Context(), fn) }
	reading, err := read(&r.Scope, look, l, from, to, widgetWaits)
	if err != nil {
		return nil, false, err
	}
	return about(reading.drawn(r.Viewer, l), r.Option("child")), len(reading.Missing) > 0, nil
}

// about leaves out what other modules said of another child than the one that
// the block is set to; empty is every child.
func about(list []*ui.Entry, child string) []*ui.Entry {
	if child == "" {
		return list
	}
	return slices.DeleteFunc(list, func(e *ui.Entry) bool {
		return len(e.About) > 0 && !slices.ContainsFunc(e.About, func(a *ui.About) bool { return a.Person == child })
	})
}

// before returns the entries that begin before t.
func before(list []*ui.Entry, t time.Time) []*ui.Entry {
	for i, e := range list {
		if !e.Start.AsTime().Before(t) {
			return list[:i]
		}
	}
	return list
}

// withMissing titles a widget's node and says when other modules did not
// answer in time: the core marks it and asks again soon.
func withMissing(titleKey string, n *ui.Node, missing bool) *ui.Node {
	n = ui.Titled(titleKey, n)
	n.Partial = missing
	return n
}
