package main

import (
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

// Criterion is one line of a barème: what is looked at, and for how many points.
type Criterion struct {
	Label string `json:"label"`
	Max   Points `json:"max"`
}

// Bareme is a marking scheme: its criteria in the order of correction.
type Bareme []Criterion

// Limits of a barème: more lines than this nobody fills in for thirty copies.
const (
	maxCriteria = 30
	maxLabel    = 200
)

// ParseBareme reads one criterion a line: "Compréhension : 5". The points are
// what follows the last colon, or the last word when there is none. Empty lines
// are skipped, a line without label or points is Invalid and named by number.
func ParseBareme(s string) (Bareme, error) {
	var b Bareme
	n := 0
	for line := range strings.Lines(s) {
		n++
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		c, ok := parseCriterion(line)
		if !ok {
			return nil, errors.New(errors.Invalid, "devoirs.bareme.bad", "line", n)
		}
		b = append(b, c)
	}
	if len(b) > maxCriteria {
		return nil, errors.New(errors.Invalid, "devoirs.bareme.long", "n", maxCriteria)
	}
	return b, nil
}

func parseCriterion(line string) (c Criterion, ok bool) {
	i := strings.LastIndexByte(line, ':')
	if i < 0 {
		i = strings.LastIndexAny(line, " \t")
	}
	if i <= 0 {
		return c, false
	}
	label := strings.TrimSpace(line[:i])
	max, err := ParsePoints(line[i+1:])
	ok = err == nil && max > 0 && label != "" && len(label) <= maxLabel
	return Criterion{Label: label, Max: max}, ok
}

// String writes the barème as [ParseBareme] reads it.
func (b Bareme) String() string {
	var s strings.Builder
	for _, c := range b {
		s.WriteString(c.Label + " : " + c.Max.In("fr") + "\n")
	}
	return s.String()
}

// Total is the sum of the criteria's points.
func (b Bareme) Total() (sum Points) {
	for _, c := range b {
		sum += c.Max
	}
	return sum
}

// Mark computes a mark out of scale from the points given for each criterion,
// rounded to the nearest hundredth. It is exactly the sum of the points when
// the criteria add up to the scale. Points beyond a criterion's own, or a
// number of points that is not the number of criteria, are Invalid.
func (b Bareme) Mark(given []Points, scale Points) (Points, error) {
	if len(given) != len(b) || len(b) == 0 {
		return 0, errors.New(errors.Invalid, "devoirs.points.bad")
	}
	var sum Points
	for i, p := range given {
		if p < 0 || p > b[i].Max {
			return 0, errors.New(errors.Invalid, "devoirs.points.over", "max", b[i].Max.In("fr"))
		}
		sum += p
	}
	total := b.Total()
	return (2*sum*scale + total) / (2 * total), nil
}
