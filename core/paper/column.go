package paper

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/wire"
)

// pen writes on the current page.
type pen struct {
	*fpdf.Fpdf
	say  *locale.Speaker
	size float64 // of the letters of the days, in points
}

// line is a part of a column: words that are wrapped together.
type line struct {
	text   string
	bold   bool
	soft   bool // grey
	box    bool // to be ticked with a pencil
	ticked bool
	space  float64 // above it, in lines
}

// days draws the columns in the largest letters in which every day fits; what
// does not even fit in the smallest is counted at the foot.
func (p *pen) days(w *home.Week) {
	var columns [][]line
	for _, d := range shown(w) {
		columns = append(columns, p.column(d))
	}
	if len(columns) > 0 && len(w.Before) > 0 {
		columns[0] = append(p.tasks("paper.before", w.Before), columns[0]...)
	}
	if last := len(columns) - 1; last >= 0 && len(w.After) > 0 {
		columns[last] = append(columns[last], p.tasks("paper.after", w.After)...)
	}
	across := (width - 2*margin + gap) / float64(max(len(columns), 1))
	for p.size = most; p.size > smallest; p.size -= 0.5 {
		if fits(p, columns, across-gap) {
			break
		}
	}
	for i, c := range columns {
		p.draw(c, margin+float64(i)*across, across-gap, w.Days[i])
	}
}

func fits(p *pen, columns [][]line, across float64) bool {
	for _, c := range columns {
		if p.tall(c, across) > height-margin-top-9 {
			return false
		}
	}
	return true
}

// column lists what stands on a day.
func (p *pen) column(d home.Day) (lines []line) {
	for _, e := range d.Entries {
		lines = append(lines, p.entry(e)...)
	}
	if len(d.Tasks) > 0 {
		lines = append(lines, p.tasks("paper.todo", d.Tasks)...)
	}
	return lines
}

func (p *pen) entry(e *wire.Entry) []line {
	first := p.say.Text(e.Title)
	if !e.AllDay && e.Start.IsValid() {
		hours := p.say.Clock(e.Start.AsTime().In(p.say.Zone))
		if e.End.IsValid() && e.End.AsTime().After(e.Start.AsTime()) {
			hours += "–" + p.say.Clock(e.End.AsTime().In(p.say.Zone))
		}
		first = hours + " " + first
	}
	if e.Cancelled {
		first += " (" + p.say.T("paper.cancelled") + ")"
	}
	lines := []line{{text: first, bold: !e.Cancelled, space: 0.35}}
	if small := joined(e.Place, names(e.About)); small != "" {
		lines = append(lines, line{text: small, soft: true})
	}
	return lines
}

func (p *pen) tasks(title string, tasks []*wire.Task) []line {
	lines := []line{{text: p.say.T(title), bold: true, space: 0.9}}
	for _, t := range tasks {
		lines = append(lines, line{text: p.say.Text(t.Check.Title), box: true, ticked: t.Check.Done, space: 0.35})
		if small := joined(names(t.Check.About), p.say.Text(t.Check.Badge)); small != "" {
			lines = append(lines, line{text: small, soft: true})
		}
	}
	return lines
}

func names(about []*wire.About) string {
	var out []string
	for _, a := range about {
		out = append(out, a.GetName())
	}
	return strings.Join(out, ", ")
}

func joined(parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " · ")
}
