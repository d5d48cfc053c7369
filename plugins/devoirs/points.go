package main

import (
	"strconv"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

// Points are marks and the points of a criterion, in hundredths, so that sums
// are exact: 14,5 is 1450.
type Points int

// maxPoints bounds what a form accepts: a mark out of 1000 is a typing error.
const maxPoints Points = 1000_00

// ParsePoints reads "14", "14,5", "14.25" or "14,5 pts". What is negative, too
// precise, too large or no number is Invalid.
func ParsePoints(s string) (Points, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, unit := range []string{"points", "point", "pts", "pt"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, unit))
	}
	whole, part, fraction := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	if len(part) > 2 || fraction && part == "" {
		return 0, errors.New(errors.Invalid, "devoirs.points.bad")
	}
	part += strings.Repeat("0", 2-len(part))
	n, err := strconv.ParseUint(whole, 10, 16)
	h, err2 := strconv.ParseUint(part, 10, 16)
	if err != nil || err2 != nil || Points(n*100+h) > maxPoints {
		return 0, errors.New(errors.Invalid, "devoirs.points.bad")
	}
	return Points(n*100 + h), nil
}

// float is the points as fields of numbers take them.
func (p Points) float() float64 { return float64(p) / 100 }

// In writes the points as the locale does, without useless zeros: "14,5" in
// French, "14.5" in English.
func (p Points) In(locale string) string {
	s := strconv.Itoa(int(p / 100))
	if h := int(p % 100); h != 0 {
		point := ","
		if strings.HasPrefix(locale, "en") {
			point = "."
		}
		s += point + strings.TrimSuffix(strconv.Itoa(100 + h)[1:], "0")
	}
	return s
}
