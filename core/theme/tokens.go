package theme

import (
	"strconv"

	"github.com/preau-ent/preau/sdk/errors"
)

// Tokens are the inputs of a theme; every other colour is derived from them.
type Tokens struct {
	Day   Ground            // light mode
	Night Partial           // dark mode: what is not said is derived from Day
	Tones map[string]Colour // info ok warn bad

	Sans, Serif []string // families of fonts: of text, of headings

	Text    Length  // size of text
	Radius  Length  // corners of cards
	Corner  Length  // corners of buttons and fields
	Pad     Length  // room inside cards
	Gap     Length  // room between cards
	Stroke  Length  // width of borders
	Leading float64 // height of a line, in sizes of its text
	Weight  float64 // of headings, 300 to 900
}

// Ground is what a mode is built on.
type Ground struct {
	Paper  Colour // behind everything
	Card   Colour // behind what is read
	Ink    Colour // what is read
	Brand  Colour // buttons, what is current
	Accent Colour // a second voice: marks, counts, ornaments
	Bar    Colour // the band at the top
}

// Partial is a Ground of which nothing must be said.
type Partial struct{ Paper, Card, Ink, Brand, Accent, Bar *Colour }

// Length is a length of CSS.
type Length struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"` // px or rem
}

// String writes the length as CSS does.
func (l Length) String() string {
	return strconv.FormatFloat(l.Value, 'f', -1, 64) + l.Unit
}

// times is the length multiplied, rounded to what CSS shows.
func (l Length) times(factor float64) Length {
	l.Value = float64(int(l.Value*factor*1000+0.5)) / 1000
	return l
}

// ParseTokens reads a tokens.json. Invalid names the token that is missing or
// unsafe. What a pack need not say: color.accent, color.bar (the brand),
// size.corner (two thirds of the radius), size.stroke, number.*, dark.*.
func ParseTokens(src []byte) (Tokens, error) {
	d, err := readDesignTokens(src)
	if err != nil {
		return Tokens{}, err
	}
	t := Tokens{
		Day: Ground{Paper: d.colour("color.paper"), Card: d.colour("color.card"), Ink: d.colour("color.ink"), Brand: d.colour("color.brand")},
		Night: Partial{d.perhaps("dark.color.paper"), d.perhaps("dark.color.card"), d.perhaps("dark.color.ink"),
			d.perhaps("dark.color.brand"), d.perhaps("dark.color.accent"), d.perhaps("dark.color.bar")},
		Tones: map[string]Colour{},
		Sans:  d.families("font.sans"), Serif: d.families("font.serif"),
		Text: d.length("size.text", 14, 28), Radius: d.length("size.radius", 0, 48), Pad: d.length("size.pad", 4, 48), Gap: d.length("size.gap", 4, 64),
		Stroke: Length{1, "px"}, Leading: 1.55, Weight: 600,
	}
	for _, tone := range tones {
		t.Tones[tone] = d.colour("color." + tone)
	}
	t.Day.Accent, t.Day.Bar, t.Corner = t.Day.Brand, t.Day.Brand, t.Radius.times(0.7)
	if c := d.perhaps("color.accent"); c != nil {
		t.Day.Accent = *c
	}
	if c := d.perhaps("color.bar"); c != nil {
		t.Day.Bar = *c
	}
	if d.has("size.corner") {
		t.Corner = d.length("size.corner", 0, 32)
	}
	if d.has("size.stroke") {
		t.Stroke = d.length("size.stroke", 1, 4)
	}
	if d.has("number.leading") {
		t.Leading = d.number("number.leading", 1.3, 2)
	}
	if d.has("number.weight") {
		t.Weight = d.number("number.weight", 300, 900)
	}
	return t, d.err
}

// perhaps reads a colour that need not be there.
func (d *designTokens) perhaps(path string) *Colour {
	if !d.has(path) {
		return nil
	}
	c := d.colour(path)
	return &c
}

// Densities lists what a school may choose of the room around things; "" is the
// theme's own.
var Densities = []string{"", Airy, Dense}

// The densities besides the theme's own.
const (
	Airy  = "aeree"
	Dense = "serree"
)

// spaced is the tokens with another density. Text never falls below 15 px.
func (t Tokens) spaced(density string) (Tokens, error) {
	switch density {
	case "":
	case Airy:
		t.Pad, t.Gap, t.Leading = t.Pad.times(1.3), t.Gap.times(1.35), t.Leading+0.07
	case Dense:
		t.Pad, t.Gap, t.Leading = t.Pad.times(0.68), t.Gap.times(0.62), max(1.4, t.Leading-0.1)
		if smaller := t.Text.times(0.94); smaller.Unit == "rem" && smaller.Value >= 0.9375 {
			t.Text = smaller
		}
	default:
		return t, errors.Field("density", "theme.density")
	}
	return t, nil
}

// coloured is the tokens with a school's own colour in the place of the brand.
// A band at the top in the brand's colour follows; one of its own stays.
func (t Tokens) coloured(c Colour) Tokens {
	if t.Day.Bar == t.Day.Brand {
		t.Day.Bar = c
	}
	if t.Day.Accent == t.Day.Brand {
		t.Day.Accent = c
	}
	t.Day.Brand, t.Night.Brand = c, nil
	return t
}
