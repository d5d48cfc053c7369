package locale

import (
	"math"
	"strconv"
	"strings"
)

// Integer writes a whole number: "1 234".
func (s *Speaker) Integer(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	if len(digits) < 5 {
		return sign + digits
	}
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, groups...), s.style.thousands)
}

// Number writes a number with at most two decimals: "12,5".
func (s *Speaker) Number(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) || math.Abs(x) > 1e15 {
		return "–"
	}
	text := strconv.FormatFloat(math.Abs(x), 'f', 2, 64)
	whole, rest, _ := strings.Cut(text, ".")
	n, _ := strconv.ParseInt(whole, 10, 64) // at most 16 digits
	out := s.Integer(n)
	if rest = strings.TrimRight(rest, "0"); rest != "" {
		out += s.style.decimal + rest
	}
	if x < 0 && out != "0" {
		out = "−" + out
	}
	return out
}

// Size writes a number of bytes: "1,2 Mo".
func (s *Speaker) Size(bytes int64) string {
	x, unit := float64(max(bytes, 0)), 0
	for x >= 1000 && unit < len(s.style.units)-1 {
		x /= 1000
		unit++
	}
	if unit > 0 && x < 100 {
		x = math.Round(x*10) / 10
	} else {
		x = math.Round(x)
	}
	return s.Number(x) + "\u00a0" + s.style.units[unit]
}

// List joins words: "Ana, Bilal et Chloé".
func (s *Speaker) List(items []string) string {
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	default:
		return strings.Join(items[:n-1], ", ") + " " + s.style.and + " " + items[n-1]
	}
}
