package main

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParsePoints(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Points
		ok   bool
	}{
		{"14", 1400, true},
		{"14,5", 1450, true},
		{" 14.25 ", 1425, true},
		{"0", 0, true},
		{"0,05", 5, true},
		{"4 pts", 400, true},
		{"1 point", 100, true},
		{"1000", 100000, true},
		{"1000,01", 0, false},
		{"-1", 0, false},
		{"14,555", 0, false},
		{"14,", 0, false},
		{"1,2,3", 0, false},
		{"", 0, false},
		{"quatorze", 0, false},
		{"1e3", 0, false},
		{"+3", 0, false},
		{"1,+5", 0, false},
		{"99999999999999999999", 0, false},
	} {
		got, err := ParsePoints(c.in)
		if (err == nil) != c.ok || c.ok && got != c.want {
			t.Errorf("ParsePoints(%q) = %d, %v; want %d, %v", c.in, got, err, c.want, c.ok)
		}
	}
}

func TestPointsIn(t *testing.T) {
	for _, c := range []struct {
		p      Points
		fr, en string
	}{
		{1400, "14", "14"}, {1450, "14,5", "14.5"}, {1425, "14,25", "14.25"}, {5, "0,05", "0.05"}, {0, "0", "0"},
	} {
		if fr, en := c.p.In("fr"), c.p.In("en-GB"); fr != c.fr || en != c.en {
			t.Errorf("%d: %q %q, want %q %q", c.p, fr, en, c.fr, c.en)
		}
	}
}

// What is written can be read back, in both languages.
func TestPointsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Points(rapid.IntRange(0, int(maxPoints)).Draw(t, "p"))
		for _, locale := range []string{"fr", "en"} {
			got, err := ParsePoints(p.In(locale))
			if err != nil || got != p {
				t.Fatalf("%s %d → %q → %d, %v", locale, p, p.In(locale), got, err)
			}
		}
	})
}
