package supervise

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestLines(t *testing.T) {
	l := NewLines(3)
	for _, s := range []string{"1", "2", "3", "4", "5"} {
		l.Add(time.Time{}, "info", s)
	}
	for n, want := range map[int]string{0: "345", 2: "45", 9: "345"} {
		got := ""
		for _, line := range l.Last(n) {
			got += line.Text
		}
		if got != want {
			t.Errorf("Last(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"bonjour\té": "bonjour\té", "a\x1b[31m": `a\x1b[31m`, "a\nb": `a\nb`, "\u202Eabc": `\u202eabc`, "\xff!": `\xff!`, "\uFFFD": "\uFFFD",
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		out := escape(string(rapid.SliceOf(rapid.Byte()).Draw(t, "line")))
		for _, r := range out {
			if odd(r) {
				t.Fatalf("%q holds %q", out, r)
			}
		}
		if escape(out) != out {
			t.Fatalf("%q is escaped again", out)
		}
	})
}
