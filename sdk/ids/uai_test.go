package ids

import "testing"

func TestParseUAI(t *testing.T) {
	for _, c := range []struct {
		in         string
		id         SchoolID
		ok, letter bool
	}{
		{"0750655E", "0750655E", true, true},
		{" 0750655e ", "0750655E", true, true},
		{"0750655A", "0750655A", true, false},
		{"750001A", "750001A", false, false},
		{"07500O1A", "07500O1A", false, false},
		{"", "", false, false},
	} {
		id, ok, letter := ParseUAI(c.in)
		if id != c.id || ok != c.ok || letter != c.letter {
			t.Errorf("ParseUAI(%q) = %q %v %v, want %q %v %v", c.in, id, ok, letter, c.id, c.ok, c.letter)
		}
	}
}
