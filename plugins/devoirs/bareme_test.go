package main

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/errors"
)

func TestParseBareme(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Bareme
		line int // that is refused
	}{
		{"", nil, 0},
		{"\n \n", nil, 0},
		{"Orthographe : 4\nStyle: 6 pts", Bareme{{"Orthographe", 400}, {"Style", 600}}, 0},
		{"Exercice 1 4,5", Bareme{{"Exercice 1", 450}}, 0},
		{"Partie A : calcul : 3", Bareme{{"Partie A : calcul", 300}}, 0},
		{"Orthographe : 4\n\nrien", nil, 3},
		{"Orthographe : zéro", nil, 1},
		{"Orthographe : 0", nil, 1},
		{": 4", nil, 1},
		{"4", nil, 1},
		{strings.Repeat("x", maxLabel+1) + " : 4", nil, 1},
	} {
		got, err := ParseBareme(c.in)
		if (err != nil) != (c.line > 0) || c.line == 0 && !slices.Equal(got, c.want) {
			t.Errorf("ParseBareme(%q) = %v, %v", c.in, got, err)
		}
		if _, args := errors.Public(err); c.line > 0 && args[1] != c.line {
			t.Errorf("ParseBareme(%q) blames line %v, want %d", c.in, args[1], c.line)
		}
	}
	if _, err := ParseBareme(strings.Repeat("a : 1\n", maxCriteria+1)); err == nil {
		t.Error("a barème without end was taken")
	}
}

func TestBaremeMark(t *testing.T) {
	b := Bareme{{"A", 500}, {"B", 1000}, {"C", 500}}
	for _, c := range []struct {
		given []Points
		scale Points
		want  Points
		ok    bool
	}{
		{[]Points{400, 750, 500}, 2000, 1650, true}, // the sum itself
		{[]Points{400, 750, 500}, 1000, 825, true},
		{[]Points{0, 0, 0}, 2000, 0, true},
		{[]Points{500, 1000, 500}, 100, 100, true},
		{[]Points{100, 0, 0}, 300, 15, true},
		{[]Points{501, 0, 0}, 2000, 0, false},
		{[]Points{-1, 0, 0}, 2000, 0, false},
		{[]Points{1, 1}, 2000, 0, false},
	} {
		got, err := b.Mark(c.given, c.scale)
		if (err == nil) != c.ok || got != c.want {
			t.Errorf("Mark(%v, %d) = %d, %v; want %d", c.given, c.scale, got, err, c.want)
		}
	}
	if _, err := (Bareme{}).Mark(nil, 2000); err == nil {
		t.Error("a mark came from no barème")
	}
}

func someBareme(t *rapid.T) (b Bareme, given []Points) {
	for range rapid.IntRange(1, 10).Draw(t, "criteria") {
		max := Points(rapid.IntRange(1, 5000).Draw(t, "max"))
		b = append(b, Criterion{rapid.StringMatching(`[A-Za-zé]{1,10}( [0-9])?`).Draw(t, "label"), max})
		given = append(given, Points(rapid.IntRange(0, int(max)).Draw(t, "given")))
	}
	return b, given
}

// A mark is never out of bounds, exactly the sum where the barème adds up to
// the scale, and never falls when a point is added.
func TestBaremeMarkProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, given := someBareme(t)
		scale := Points(rapid.IntRange(1, int(maxPoints)).Draw(t, "scale"))
		mark, err := b.Mark(given, scale)
		if err != nil || mark < 0 || mark > scale {
			t.Fatalf("mark %d out of %d: %v", mark, scale, err)
		}
		var sum Points
		for _, p := range given {
			sum += p
		}
		if exact, _ := b.Mark(given, b.Total()); exact != sum {
			t.Fatalf("mark %d is not the sum %d", exact, sum)
		}
		for i := range given {
			if given[i] < b[i].Max {
				more := slices.Clone(given)
				more[i]++
				if better, _ := b.Mark(more, scale); better < mark {
					t.Fatalf("a point more made %d of %d", better, mark)
				}
			}
		}
		if again, err := ParseBareme(b.String()); err != nil || !slices.Equal(again, b) {
			t.Fatalf("%q reads as %v, %v", b, again, err)
		}
	})
}

func FuzzParseBareme(f *testing.F) {
	f.Add("Orthographe : 4\nStyle 6 pts")
	f.Add("a:1:2\n\x00 : 3")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := ParseBareme(s)
		if err != nil {
			return
		}
		for _, c := range b {
			if c.Max <= 0 || c.Label == "" || strings.ContainsAny(c.Label, "\n") {
				t.Fatalf("%q gives %+v", s, c)
			}
		}
	})
}
