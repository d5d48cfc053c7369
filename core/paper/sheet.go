package paper

import (
	"io"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/sdk/errors"
)

// Sheet is one person's week on paper.
type Sheet struct {
	Name   string // of the person; may be empty
	Class  string // "6e A"; may be empty
	School string
	Week   *home.Week
}

// A4 on its side, in millimetres.
const (
	width, height  = 297.0, 210.0
	margin         = 9.0
	top            = 31.0 // where the days begin
	gap            = 2.0  // between two days
	most, smallest = 11.0, 6.5
)

// Write writes the sheets as one PDF document, a page each, in the words of say.
func Write(w io.Writer, say *locale.Speaker, sheets ...Sheet) error {
	p := newPen(say)
	for _, s := range sheets {
		p.AddPage()
		p.head(s)
		p.days(s.Week)
	}
	if err := p.Output(w); err != nil {
		return errors.Internal(err)
	}
	return nil
}

// newPen opens a document.
func newPen(say *locale.Speaker) *pen {
	pdf := fpdf.New("L", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes("go", "", goregular.TTF)
	pdf.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetTitle(plain(say.T("paper.title")), true)
	pdf.SetLang(say.Lang)
	return &pen{Fpdf: pdf, say: say, size: most}
}

// head is the school, whose week it is and which.
func (p *pen) head(s Sheet) {
	p.SetTextColor(90, 90, 90)
	p.SetFont("go", "", 9)
	p.SetXY(margin, margin)
	p.CellFormat(0, 4, plain(s.School), "", 0, "L", false, 0, "")
	last := s.Week.To.AddDate(0, 0, -1)
	if n := len(shown(s.Week)); n > 0 {
		last = s.Week.Days[n-1].Date
	}
	p.SetXY(margin, margin)
	p.CellFormat(width-2*margin, 4, plain(p.say.T("paper.span", "from", p.say.DayMonth(s.Week.From), "to", p.say.DayMonth(last))), "", 0, "R", false, 0, "")
	title := p.say.T("paper.title")
	if s.Name != "" {
		title = s.Name
		if s.Class != "" {
			title += " · " + s.Class
		}
	}
	p.SetTextColor(0, 0, 0)
	p.SetFont("go", "B", 16)
	p.SetXY(margin, margin+5)
	p.CellFormat(0, 8, plain(title), "", 0, "L", false, 0, "")
}

// shown are the days of the sheet: Monday to Friday, and the week-end as far as
// there is something on it.
func shown(w *home.Week) []home.Day {
	n := min(5, len(w.Days))
	for i := n; i < len(w.Days); i++ {
		if len(w.Days[i].Entries)+len(w.Days[i].Tasks) > 0 {
			n = i + 1
		}
	}
	return w.Days[:n]
}
