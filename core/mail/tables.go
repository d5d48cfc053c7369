package mail

import (
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

func (r *reading) table(t *wire.Table) {
	if len(t.GetRows()) == 0 {
		return
	}
	b := block{Kind: table, Text: r.say.Text(t.GetCaption())}
	for _, c := range t.GetColumns() {
		b.Head = append(b.Head, block{Text: r.say.Text(c.GetLabel()), Right: c.GetNumber()})
	}
	for _, row := range t.GetRows() {
		var cells []block
		for i, c := range row.GetCells() {
			cells = append(cells, block{Text: r.say.Text(c.GetText()), Detail: r.about(c.GetAbout()), Link: r.to(c.GetLink()),
				Right: i < len(t.GetColumns()) && t.GetColumns()[i].GetNumber()})
		}
		b.Rows = append(b.Rows, cells)
	}
	r.add(b)
}

// chart says in words what it shows, and all figures in a table.
func (r *reading) chart(c *wire.Chart) {
	r.paragraph(c.GetSummary())
	b := block{Kind: table, Head: []block{{}}}
	for _, s := range c.GetSeries() {
		label := r.say.Text(s.GetLabel())
		if label == "" {
			label = r.own.T("draw.chart.value")
		}
		b.Head = append(b.Head, block{Text: label, Right: true})
	}
	unit := ""
	if c.GetUnit() != "" {
		unit = "\u00a0" + c.GetUnit()
	}
	for i, category := range c.GetCategories() {
		cells := []block{{Text: r.say.Text(category)}}
		for _, s := range c.GetSeries() {
			value := "–"
			if i < len(s.GetValues()) {
				value = r.own.Number(s.GetValues()[i]) + unit
			}
			cells = append(cells, block{Text: value, Right: true})
		}
		b.Rows = append(b.Rows, cells)
	}
	if len(b.Rows) > 0 {
		r.add(b)
	}
}

// facts are a table without a head: what, and how it is.
func (r *reading) facts(all []*ui.Fact) {
	b := block{Kind: table}
	for _, f := range all {
		b.Rows = append(b.Rows, []block{{Text: r.say.Text(f.GetLabel())},
			{Text: r.say.Text(f.GetValue()), Detail: r.about(f.GetAbout()), Link: r.to(f.GetLink())}})
	}
	if len(b.Rows) > 0 {
		r.add(b)
	}
}
