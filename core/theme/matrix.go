package theme

// Backs lists the backgrounds on which anything may be written.
var Backs = []string{"paper", "card", "tint", "info-wash", "ok-wash", "warn-wash", "bad-wash", "accent-wash"}

// Cell is one pair of the contrast matrix.
type Cell struct {
	Mode    string  `json:"mode"`  // light, dark, light-strong, dark-strong
	Front   string  `json:"front"` // names of the palette
	Back    string  `json:"back"`
	Ratio   float64 `json:"ratio"`
	Want    float64 `json:"want"`
	Propose string  `json:"propose,omitempty"` // nearest shade of Front that passes, when this one does not
}

// Passes reports whether the pair has the contrast it needs.
func (c Cell) Passes() bool { return c.Ratio >= c.Want }

// pair is a colour with the backgrounds on which it is drawn.
type pair struct {
	front string
	back  []string
	mark  bool // seen, not read
}

// pairs lists what is drawn on what.
var pairs = []pair{
	{"ink", Backs, false}, {"soft", Backs, false}, {"link", Backs, false},
	{"on-brand", []string{"brand"}, false}, {"on-bar", []string{"bar"}, false}, {"on-accent", []string{"accent"}, false},
	{"info", []string{"paper", "card", "tint", "info-wash"}, false},
	{"ok", []string{"paper", "card", "tint", "ok-wash"}, false},
	{"warn", []string{"paper", "card", "tint", "warn-wash"}, false},
	{"bad", []string{"paper", "card", "tint", "bad-wash"}, false},
	{"edge", []string{"paper", "card"}, true},
	{"focus", []string{"paper", "card", "tint"}, true},
	{"brand", []string{"paper", "card"}, true},
	{"accent", []string{"paper", "card"}, true},
}

// Matrix is every pair of the palette that is drawn, with its contrast.
func (p Palette) Matrix() []Cell {
	var all []Cell
	for _, pair := range pairs {
		want := p.Mode.text()
		if pair.mark {
			want = p.Mode.mark()
		}
		for _, back := range pair.back {
			all = append(all, cellOf(p.Mode, pair.front, back, p.colours[pair.front], p.colours[back], want))
		}
	}
	return all
}

// Problems returns every pair that WCAG would refuse.
func (p Palette) Problems() []Cell { return failing(p.Matrix()) }

func failing(all []Cell) (bad []Cell) {
	for _, c := range all {
		if !c.Passes() {
			bad = append(bad, c)
		}
	}
	return bad
}

// Written holds the theme's tokens themselves, as their author wrote them,
// against each other. A pair that fails would be drawn in another shade than
// the author chose: Propose names it.
func (t Tokens) Written(m Mode) []Cell {
	g := t.Day
	if m.Dark {
		g = t.night()
	}
	named := map[string]Colour{"ink": g.Ink, "brand": g.Brand, "accent": g.Accent}
	var all []Cell
	add := func(front string, want float64) {
		paper := cellOf(m, front, "paper", named[front], g.Paper, want)
		card := cellOf(m, front, "card", named[front], g.Card, want)
		if !paper.Passes() || !card.Passes() { // a shade that is good for one alone is no help
			shade := Nearest(named[front], want, g.Paper, g.Card).String()
			paper.Propose, card.Propose = shade, shade
		}
		all = append(all, paper, card)
	}
	add("ink", TextContrast)
	add("brand", MarkContrast)
	add("accent", MarkContrast)
	for _, tone := range tones {
		if named[tone] = t.Tones[tone]; !m.Dark { // the dark tones are derived
			add(tone, TextContrast)
		}
	}
	return all
}

func cellOf(m Mode, front, back string, a, b Colour, want float64) Cell {
	c := Cell{Mode: m.String(), Front: front, Back: back, Ratio: Contrast(a, b), Want: want}
	if !c.Passes() {
		c.Propose = Nearest(a, want, b).String()
	}
	return c
}
