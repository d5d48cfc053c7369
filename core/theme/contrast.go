package theme

import "math"

// Contrasts that WCAG 2.2 wants: of text (AA, and AAA for those who ask for
// more), and of what must be told apart without being read (borders of fields,
// focus, bars of a chart).
const (
	TextContrast   = 4.5
	StrongContrast = 7.0
	MarkContrast   = 3.0
)

// Nearest returns the colour nearest to c, lighter or darker, that has at least
// this contrast with every one of on. When none has, it is black or white,
// whichever does best.
func Nearest(c Colour, ratio float64, on ...Colour) Colour {
	near := nearest(c, func(c Colour) bool { return worst(c, on) >= ratio })
	if worst(near, on) >= ratio {
		return near
	}
	black, white := Colour{}, Colour{255, 255, 255}
	if worst(black, on) >= worst(white, on) {
		return black
	}
	return white
}

// nearest looks through the shades of c, lighter and darker in turn, for one
// that passes; c itself when none does.
func nearest(c Colour, passes func(Colour) bool) Colour {
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
	return c
}

func worst(c Colour, on []Colour) float64 {
	least := math.Inf(1)
	for _, b := range on {
		least = min(least, Contrast(c, b))
	}
	return least
}
