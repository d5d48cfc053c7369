package paper

import (
	"strings"

	"github.com/preau-ent/preau/core/home"
)

const (
	perPoint = 0.3528 // millimetres
	inset    = 1.6    // inside a column
	boxed    = 1.35   // room of a box, in line heights
)

// pitch is the height of one line of text.
func (p *pen) pitch() float64 { return p.size * perPoint * 1.22 }

func (p *pen) style(l line) {
	p.SetFont("go", map[bool]string{true: "B"}[l.bold], p.size)
	if l.soft {
		p.SetFont("go", "", p.size-1)
		p.SetTextColor(80, 80, 80)
	} else {
		p.SetTextColor(0, 0, 0)
	}
}

// wrapped are the lines of text that l takes.
func (p *pen) wrapped(l line, across float64) []string {
	p.style(l)
	room := across - 2*inset
	if l.box {
		room -= boxed * p.pitch()
	}
	return p.SplitText(plain(l.text), room)
}

// tall is how high the lines stand.
func (p *pen) tall(lines []line, across float64) (h float64) {
	for _, l := range lines {
		h += (l.space + float64(len(p.wrapped(l, across)))) * p.pitch()
	}
	return h
}

// draw draws one column: the day above, what stands on it below.
func (p *pen) draw(lines []line, x, across float64, d home.Day) {
	p.SetDrawColor(150, 150, 150)
	p.SetFillColor(238, 238, 238)
	p.Rect(x, top-7, across, height-margin-top+7, "D")
	p.Rect(x, top-7, across, 6.5, "FD")
	p.SetTextColor(0, 0, 0)
	p.SetFont("go", "B", 9.5)
	p.SetXY(x, top-7)
	p.CellFormat(across, 6.5, plain(p.say.Weekday(d.Date.Weekday(), false)+" "+p.say.DayMonth(d.Date)), "", 0, "C", false, 0, "")
	y, end := top+1, height-margin-2
	for i, l := range lines {
		rows := p.wrapped(l, across)
		need := (l.space + float64(len(rows))) * p.pitch()
		room := end
		if i < len(lines)-1 {
			room -= p.pitch() // for the count of what is left out
		}
		if y+need > room {
			p.style(line{soft: true})
			p.Text(x+inset, end-0.5, plain(p.say.T("paper.more", "n", things(lines[i:]))))
			return
		}
		p.write(l, rows, x, y+l.space*p.pitch())
		y += need
	}
}

// things counts what lines speak of: a small line belongs to the one above.
func things(lines []line) (n int) {
	for _, l := range lines {
		if !l.soft {
			n++
		}
	}
	return max(n, 1)
}

func (p *pen) write(l line, rows []string, x, y float64) {
	at := x + inset
	if l.box {
		side := p.pitch() * 0.72
		p.SetDrawColor(0, 0, 0)
		p.Rect(at, y+p.pitch()*0.16, side, side, "D")
		if l.ticked {
			p.Line(at, y+p.pitch()*0.16, at+side, y+p.pitch()*0.16+side)
			p.Line(at+side, y+p.pitch()*0.16, at, y+p.pitch()*0.16+side)
		}
		at += boxed * p.pitch()
	}
	p.style(l)
	for i, row := range rows {
		p.Text(at, y+(float64(i)+0.82)*p.pitch(), row)
	}
}

// plain writes what the font has no letter for with what it has.
func plain(s string) string {
	return strings.NewReplacer("\u202f", "\u00a0", "\u2011", "-", "\u2009", " ", "\t", " ").Replace(s)
}
