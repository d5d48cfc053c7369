package demo

import (
	"testing"
	"time"
)

func TestMonday(t *testing.T) {
	for today, want := range map[string]string{
		"2026-11-16": "2026-11-16", // Monday
		"2026-11-20": "2026-11-16", // Friday
		"2026-11-21": "2026-11-23", // Saturday
		"2026-11-22": "2026-11-23", // Sunday
		"2026-10-25": "2026-10-26", // the Sunday summer time ends
	} {
		f := Fill{Today: today}
		paris, err := time.LoadLocation("Europe/Paris")
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Monday(paris).Format("2006-01-02 15:04"); got != want+" 00:00" {
			t.Errorf("Monday for %s = %s, want %s", today, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	f, err := Parse([]byte(`{"school":"0750655E","today":"2026-11-21","classes":[{"id":"g","name":"6e A","teachers":[{"person":"p","subject":"Anglais"}],"pupils":["q"]}]}`))
	if err != nil || f.School != "0750655E" || f.Classes[0].Teachers[0].Subject != "Anglais" {
		t.Errorf("Parse = %+v, %v", f, err)
	}
	for _, bad := range []string{``, `{}`, `[]`, `{"today":"21/11/2026"}`} {
		if _, err := Parse([]byte(bad)); err == nil {
			t.Errorf("Parse(%q) gave no error", bad)
		}
	}
}
