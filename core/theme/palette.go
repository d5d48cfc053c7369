package theme

import "slices"

// Palette is every colour of one mode, derived from the tokens.
type Palette struct {
	Mode    string // light, dark
	colours map[string]Colour
}

// Colour returns a colour by its name ("ink", "brand", "warn-wash").
func (p Palette) Colour(name string) Colour { return p.colours[name] }

// names lists the palette in the order of the stylesheet.
func (p Palette) names() []string {
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

// Light derives the light mode: the tokens' own paper and ink, everything else
// as near to its token as contrast allows.
func Light(t Tokens) Palette {
	p := Palette{"light", map[string]Colour{"paper": t.Paper, "card": t.Card}}
	brand, paper := shadeOf(t.Brand), shadeOf(t.Paper)
	p.colours["tint"] = brand.at(min(paper.l-0.03, 0.945), 0.022).colour()
	p.colours["line"] = paper.at(paper.l-0.085, 0.02).colour()
	for _, tone := range tones {
		p.colours[tone+"-wash"] = shadeOf(t.Tones[tone]).at(0.952, 0.026).colour()
	}
	p.colours["bar"] = t.Brand
	p.finish(t, shadeOf(t.Ink).at(0.48, 0.03).colour(), t.Brand, shadeOf(t.Ink).at(0.6, 0.03).colour())
	return p
}

// Dark derives the dark mode: the ink's hue becomes the paper, tones and brand
// become light enough to be read on it.
func Dark(t Tokens) Palette {
	ink, brand := shadeOf(t.Ink), shadeOf(t.Brand)
	p := Palette{"dark", map[string]Colour{
		"paper": ink.at(0.19, 0.012).colour(),
		"card":  ink.at(0.235, 0.014).colour(),
		"tint":  brand.at(0.3, 0.03).colour(),
		"line":  ink.at(0.34, 0.014).colour(),
		"bar":   brand.at(0.29, 0.06).colour(),
	}}
	for _, tone := range tones {
		p.colours[tone+"-wash"] = shadeOf(t.Tones[tone]).at(0.285, 0.04).colour()
	}
	lit := Tokens{Ink: shadeOf(t.Paper).at(0.93, 0.015).colour(), Tones: map[string]Colour{}}
	for _, tone := range tones {
		lit.Tones[tone] = shadeOf(t.Tones[tone]).at(0.79, 0.12).colour()
	}
	p.finish(lit, shadeOf(t.Paper).at(0.76, 0.02).colour(), brand.at(0.78, 0.11).colour(), shadeOf(t.Paper).at(0.58, 0.02).colour())
	return p
}

// finish fills in what is read or seen on the backgrounds that are there.
func (p *Palette) finish(t Tokens, soft, brand, edge Colour) {
	of := func(names ...string) (all []Colour) {
		for _, n := range names {
			all = append(all, p.colours[n])
		}
		return all
	}
	backs := of("paper", "card", "tint", "info-wash", "ok-wash", "warn-wash", "bad-wash")
	p.colours["ink"] = Nearest(t.Ink, 7, backs...)
	p.colours["soft"] = Nearest(soft, TextContrast+margin, backs...)
	p.colours["link"] = Nearest(brand, TextContrast+margin, backs...)
	p.colours["focus"] = p.colours["link"]
	p.colours["edge"] = Nearest(edge, MarkContrast+margin, of("paper", "card")...)
	p.colours["brand"] = Nearest(brand, MarkContrast+margin, of("paper", "card")...)
	p.colours["brand"], p.colours["on-brand"] = p.labelled(p.colours["brand"])
	p.colours["bar"], p.colours["on-bar"] = p.labelled(p.colours["bar"])
	for _, tone := range tones {
		p.colours[tone] = Nearest(t.Tones[tone], TextContrast+margin, of("paper", "card", "tint", tone+"-wash")...)
	}
}

// labelled returns a fill and the colour of words on it: near-white or
// near-black. A fill between the two is darkened until white is readable.
func (p *Palette) labelled(fill Colour) (Colour, Colour) {
	white, black := Colour{255, 253, 248}, Colour{24, 22, 18}
	switch {
	case Contrast(white, fill) >= TextContrast+margin:
		return fill, white
	case Contrast(black, fill) >= TextContrast+margin:
		return fill, black
	}
	return Nearest(fill, TextContrast+margin, white), white
}
