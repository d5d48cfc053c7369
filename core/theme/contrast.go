package theme

import "math"

// Contrasts that WCAG 2.2 AA wants: of text, and of what must be told apart
// without being read (borders of fields, focus, bars of a chart).
const (
	TextContrast = 4.5
	MarkContrast = 3.0
)

// Nearest returns the colour nearest to c, lighter or darker, that has at least
// this contrast with every one of on. When none has, it is black or white,
// whichever does best.
func Nearest(c Colour, ratio float64, on ...Colour) Colour {
	passes := func(c Colour) bool { return worst(c, on) >= ratio }
	if passes(c) {
		return c
	}
	s := shadeOf(c)
	for step := 0.0; step <= 1; step += 0.005 {
		for _, l := range []float64{s.l - step, s.l + step} {
			if l < 0 || l > 1 {
				continue
			}
			if next := (shade{l, s.c, s.h}).colour(); passes(next) {
				return next
			}
		}
	}
	black, white := Colour{}, Colour{255, 255, 255}
	if worst(black, on) >= worst(white, on) {
		return black
	}
	return white
}

func worst(c Colour, on []Colour) float64 {
	least := math.Inf(1)
	for _, b := range on {
		least = min(least, Contrast(c, b))
	}
	return least
}

// Problem is a pair of colours too near to each other, with the nearest shade
// of the first that is far enough.
type Problem struct {
	Mode        string // light, dark
	Front, Back string // names of the palette
	Ratio, Want float64
	Propose     Colour
}

// pairs lists what is drawn on what; a test holds every pair in both modes.
var pairs = []struct {
	want  float64
	front string
	back  []string
}{
	{TextContrast, "ink", []string{"paper", "card", "tint", "info-wash", "ok-wash", "warn-wash", "bad-wash"}},
	{TextContrast, "soft", []string{"paper", "card", "tint", "info-wash", "ok-wash", "warn-wash", "bad-wash"}},
	{TextContrast, "link", []string{"paper", "card", "tint", "info-wash", "ok-wash", "warn-wash", "bad-wash"}},
	{TextContrast, "on-brand", []string{"brand"}},
	{TextContrast, "on-bar", []string{"bar"}},
	{TextContrast, "info", []string{"paper", "card", "tint", "info-wash"}},
	{TextContrast, "ok", []string{"paper", "card", "tint", "ok-wash"}},
	{TextContrast, "warn", []string{"paper", "card", "tint", "warn-wash"}},
	{TextContrast, "bad", []string{"paper", "card", "tint", "bad-wash"}},
	{MarkContrast, "edge", []string{"paper", "card"}},
	{MarkContrast, "focus", []string{"paper", "card", "tint"}},
	{MarkContrast, "brand", []string{"paper", "card"}},
}

// Problems returns every pair that WCAG would refuse.
func (p Palette) Problems() []Problem {
	var found []Problem
	for _, pair := range pairs {
		for _, back := range pair.back {
			front, behind := p.colours[pair.front], p.colours[back]
			if r := Contrast(front, behind); r < pair.want {
				found = append(found, Problem{p.Mode, pair.front, back, r, pair.want, Nearest(front, pair.want, behind)})
			}
		}
	}
	return found
}
