package theme

import "slices"

// Mode is one of the four ways in which a theme is drawn.
type Mode struct {
	Dark   bool
	Strong bool // for those who ask for more contrast
}

// Modes lists all of them.
var Modes = []Mode{{}, {Dark: true}, {Strong: true}, {Dark: true, Strong: true}}

// String names the mode: light, dark, light-strong, dark-strong.
func (m Mode) String() string {
	name := "light"
	if m.Dark {
		name = "dark"
	}
	if m.Strong {
		name += "-strong"
	}
	return name
}

// text and mark are the contrasts a mode owes to what is read and to what must
// be told apart: WCAG's AA, or AAA where more is asked for.
func (m Mode) text() float64 {
	if m.Strong {
		return StrongContrast
	}
	return TextContrast
}

func (m Mode) mark() float64 {
	if m.Strong {
		return TextContrast
	}
	return MarkContrast
}

// Palette is every colour of one mode, derived from the tokens.
type Palette struct {
	Mode    Mode
	colours map[string]Colour
}

// Colour returns a colour by its name ("ink", "brand", "warn-wash").
func (p Palette) Colour(name string) Colour { return p.colours[name] }

// Names lists the palette in the order of the stylesheet.
func (p Palette) Names() []string {
	names := make([]string, 0, len(p.colours))
	for name := range p.colours {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// margin over the contrast wanted, so that rounding never falls below it.
const margin = 0.12

var tones = []string{"info", "ok", "warn", "bad"}

// Derive makes the palette of a mode: the theme's own grounds, everything else
// as near to its token as contrast allows.
func Derive(t Tokens, m Mode) Palette {
	g, lit := t.Day, t.Tones
	if m.Dark {
		g, lit = t.night(), map[string]Colour{}
		for _, tone := range tones {
			lit[tone] = shadeOf(t.Tones[tone]).at(0.79, 0.12).colour()
		}
	}
	if m.Strong {
		g = g.strong(m.Dark)
	}
	p := Palette{m, map[string]Colour{"paper": g.Paper, "card": g.Card, "bar": g.Bar}}
	p.grounds(t, g)
	p.finish(g, lit)
	return p
}

// night is the ground of the dark mode: the ink's hue becomes the paper, the
// brand light enough to be read on it.
func (t Tokens) night() Ground {
	ink, brand := shadeOf(t.Day.Ink), shadeOf(t.Day.Brand)
	or := func(own *Colour, derived Colour) Colour {
		if own != nil {
			return *own
		}
		return derived
	}
	bar := brand.at(0.29, 0.06).colour()
	if t.Day.Bar != t.Day.Brand { // a band of its own keeps its hue
		bar = shadeOf(t.Day.Bar).at(0.27, 0.05).colour()
	}
	return Ground{
		Paper:  or(t.Night.Paper, ink.at(0.19, 0.012).colour()),
		Card:   or(t.Night.Card, ink.at(0.235, 0.014).colour()),
		Ink:    or(t.Night.Ink, shadeOf(t.Day.Paper).at(0.93, 0.015).colour()),
		Brand:  or(t.Night.Brand, brand.at(0.78, 0.11).colour()),
		Accent: or(t.Night.Accent, shadeOf(t.Day.Accent).at(0.8, 0.13).colour()),
		Bar:    or(t.Night.Bar, bar),
	}
}

// strong is the ground with the greatest contrast there is.
func (g Ground) strong(dark bool) Ground {
	white, black := Colour{255, 255, 255}, Colour{}
	if dark {
		g.Paper, g.Card, g.Ink = black, Colour{14, 14, 14}, white
	} else {
		g.Paper, g.Card, g.Ink = white, white, black
	}
	return g
}

// grounds fills in the backgrounds beside paper, card and bar.
func (p Palette) grounds(t Tokens, g Ground) {
	brand, paper, card := shadeOf(g.Brand), shadeOf(g.Paper), shadeOf(g.Card)
	wash, chroma := 0.952, 0.026
	tint, line := brand.at(min(paper.l-0.03, 0.945), 0.022), paper.at(paper.l-0.085, 0.02)
	if p.Mode.Dark {
		wash, chroma = max(0.285, card.l+0.03), 0.04
		tint, line = brand.at(max(0.3, card.l+0.05), 0.03), card.at(max(0.34, card.l+0.1), 0.014)
	}
	if p.Mode.Strong {
		chroma /= 2
		line = shade{l: 0.45}
		if p.Mode.Dark {
			wash, tint, line = 0.2, brand.at(0.23, 0.03), shade{l: 0.78}
		}
	}
	p.colours["tint"], p.colours["line"] = tint.colour(), line.colour()
	for _, tone := range tones {
		p.colours[tone+"-wash"] = shadeOf(t.Tones[tone]).at(wash, chroma).colour()
	}
	p.colours["accent-wash"] = shadeOf(g.Accent).at(wash, chroma*1.6).colour()
}

// finish fills in what is read or seen on the backgrounds that are there.
func (p Palette) finish(g Ground, lit map[string]Colour) {
	of := func(names ...string) (all []Colour) {
		for _, n := range names {
			all = append(all, p.colours[n])
		}
		return all
	}
	text, mark := p.Mode.text()+margin, p.Mode.mark()+margin
	backs, sheets := of(Backs...), of("paper", "card")
	ink, soft, edge := shadeOf(g.Ink), 0.48, 0.6
	if p.Mode.Dark {
		soft, edge = 0.76, 0.58
	}
	p.colours["ink"] = Nearest(g.Ink, max(7, text), backs...)
	p.colours["soft"] = Nearest(ink.at(soft, 0.03).colour(), text, backs...)
	p.colours["link"] = Nearest(g.Brand, text, backs...)
	p.colours["focus"] = p.colours["link"]
	p.colours["edge"] = Nearest(ink.at(edge, 0.03).colour(), mark, sheets...)
	p.label("brand", Nearest(g.Brand, mark, sheets...), sheets, mark)
	p.label("accent", Nearest(g.Accent, mark, sheets...), sheets, mark)
	p.label("bar", g.Bar, nil, 0)
	for _, tone := range tones {
		p.colours[tone] = Nearest(lit[tone], text, of("paper", "card", "tint", tone+"-wash")...)
	}
}

// label keeps a fill and the colour of words on it: near-white or near-black.
// A fill between the two is moved until one of them is readable, and the fill
// is still seen on what it stands on.
func (p Palette) label(name string, fill Colour, on []Colour, mark float64) {
	white, black, text := Colour{255, 253, 248}, Colour{24, 22, 18}, p.Mode.text()+margin
	if p.Mode.Strong {
		white, black = Colour{255, 255, 255}, Colour{}
	}
	words := white
	if worst(black, []Colour{fill}) >= text && worst(white, []Colour{fill}) < text || p.Mode.Dark && worst(white, []Colour{fill}) < text {
		words = black
	}
	p.colours[name], p.colours["on-"+name] = nearest(fill, func(c Colour) bool {
		return Contrast(words, c) >= text && worst(c, on) >= mark
	}), words
}
