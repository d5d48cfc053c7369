package main

import (
	"math"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// rateDays is the past that hand-in rates look at, in days.
const rateDays = 30

// maxBars is how many classes a chart on a home page still shows readably.
const maxBars = 12

// rate is how much of what a group had to hand in came.
type rate struct {
	handed, expected int
}

// percent is the rate from 0 to 100, rounded.
func (g rate) percent() float64 {
	if g.expected == 0 {
		return 0
	}
	return math.Round(100 * float64(min(g.handed, g.expected)) / float64(g.expected))
}

// rateOf counts what one group handed in of the homework that was due in a
// span. With a teacher it counts theirs alone.
func rateOf(tx store.Tx, group ids.GroupID, teacher ids.PersonID, from, to time.Time) (g rate, err error) {
	for h, err := range homework.Range(tx, "for", store.From("group", group, from), store.To("group", group, to)) {
		if err != nil {
			return g, err
		}
		if !h.HandIn || teacher != "" && h.Author != teacher {
			continue
		}
		for _, t := range h.Groups {
			if t.ID == group {
				g.expected += t.Size
			}
		}
		list, err := copiesOf(tx, h)
		if err != nil {
			return g, err
		}
		for _, c := range list {
			if c.Group == group && c.Latest() != nil {
				g.handed++
			}
		}
	}
	return g, nil
}

// rateWidget charts the hand-in rate of a teacher's own classes, or for the
// head of every class, over the last month.
func rateWidget(r *sdk.WidgetRequest) (*ui.Node, error) {
	groups, err := classesOf(&r.Scope)
	if err != nil {
		return nil, err
	}
	var teacher ids.PersonID
	if !r.Viewer.May("devoirs.overview") {
		teacher = r.Viewer.Person
	}
	var names []*ui.Words
	var values []float64
	var all rate
	to, days := r.Now(), r.Count("days", rateDays, 365)
	err = r.Store.View(r.Context(), func(tx store.Tx) error {
		for _, g := range groups {
			if only := r.Option("group"); only != "" && string(g.ID) != only {
				continue
			}
			one, err := rateOf(tx, g.ID, teacher, to.AddDate(0, 0, -days), to)
			if err != nil {
				return err
			}
			if one.expected == 0 || len(names) == maxBars {
				continue
			}
			names, values = append(names, ui.S(g.Name)), append(values, one.percent())
			all.handed, all.expected = all.handed+min(one.handed, one.expected), all.expected+one.expected
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	summary := ui.T("devoirs.rate.summary", "percent", int(all.percent()), "n", len(names), "days", days)
	chart := ui.BarChart(summary, names, ui.SeriesOf("devoirs.rate.series", values...))
	chart.GetChart().Unit, chart.GetChart().Max = "%", 100
	node := ui.Empty(chart, "devoirs.empty.rate", ui.To("/classes", "devoirs.classes"))
	return ui.More(ui.Titled("devoirs.widget.taux", node), ui.To("/classes", "devoirs.classes")), nil
}
