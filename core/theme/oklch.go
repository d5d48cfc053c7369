package theme

import "math"

// shade is a colour as the eye sees it (OKLCH): lightness 0 to 1, chroma, hue
// in radians. Equal steps of lightness look equal, which sRGB does not give.
type shade struct{ l, c, h float64 }

func shadeOf(c Colour) shade {
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	lightness := 0.2104542553*l + 0.7936177850*m - 0.0040720468*s
	x := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	y := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return shade{lightness, math.Hypot(x, y), math.Atan2(y, x)}
}

// colour returns the shade in sRGB, with less chroma where sRGB has no such
// colour.
func (s shade) colour() Colour {
	for c := s.c; ; c *= 0.96 {
		r, g, b := shade{s.l, c, s.h}.rgb()
		if c < 0.001 || inside(r) && inside(g) && inside(b) {
			return Colour{channel(r), channel(g), channel(b)}
		}
	}
}

func (s shade) rgb() (r, g, b float64) {
	x, y := s.c*math.Cos(s.h), s.c*math.Sin(s.h)
	l := cube(s.l + 0.3963377774*x + 0.2158037573*y)
	m := cube(s.l - 0.1055613458*x - 0.0638541728*y)
	t := cube(s.l - 0.0894841775*x - 1.2914855480*y)
	return 4.0767416621*l - 3.3077115913*m + 0.2309699292*t,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*t,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*t
}

// at returns the shade with another lightness and at most this chroma.
func (s shade) at(lightness, chroma float64) shade {
	return shade{lightness, min(s.c, chroma), s.h}
}

func cube(x float64) float64 { return x * x * x }

func inside(x float64) bool { return x >= -0.0005 && x <= 1.0005 }

func channel(x float64) uint8 {
	return uint8(math.Round(min(max(gamma(max(x, 0)), 0), 1) * 255))
}
