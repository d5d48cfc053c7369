package theme

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/themes"
)

var ours = sync.OnceValues(func() (*Themes, error) { return New(themes.FS) })

func packs(t testing.TB) *Themes {
	t.Helper()
	all, err := ours()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryPackCanBeRead(t *testing.T) {
	for id, p := range packs(t).Packs() {
		for _, m := range p.modes() {
			for _, problem := range Derive(p.Tokens, m).Problems() {
				t.Errorf("%s: %+v", id, problem)
			}
		}
	}
}

// TestEverySchoolColourCanBeRead takes any colour a school may choose.
func TestEverySchoolColourCanBeRead(t *testing.T) {
	all := packs(t)
	rapid.Check(t, func(t *rapid.T) {
		colour := fmt.Sprintf("#%06x", rapid.IntRange(0, 0xffffff).Draw(t, "colour"))
		id := rapid.SampledFrom(slices.Sorted(maps.Keys(all.Packs()))).Draw(t, "pack")
		_, tokens, err := all.tokens(Look{Pack: id, Colour: colour})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range Modes {
			if problems := Derive(tokens, m).Problems(); len(problems) > 0 {
				t.Fatalf("%s with %s: %+v", id, colour, problems)
			}
		}
	})
}

func TestProblemsAreFoundAndMended(t *testing.T) {
	p := Derive(packs(t).Packs()[Default].Tokens, Mode{})
	p.colours["soft"] = Colour{200, 200, 200}
	found := p.Problems()
	if len(found) == 0 {
		t.Fatal("light grey on paper was let through")
	}
	for _, f := range found {
		shade, _ := ParseColour(f.Propose)
		if r := Contrast(shade, p.Colour(f.Back)); r < f.Want {
			t.Errorf("proposed %v on %s has %.2f, want %.1f", f.Propose, f.Back, r, f.Want)
		}
	}
}

func TestNearestKeepsTheHue(t *testing.T) {
	paper := Colour{255, 255, 255}
	for _, c := range []Colour{{255, 230, 0}, {0, 200, 120}, {250, 120, 160}} {
		near := Nearest(c, TextContrast, paper)
		if Contrast(near, paper) < TextContrast {
			t.Errorf("%v became %v, still too light", c, near)
		}
		a, b := shadeOf(c), shadeOf(near)
		if d := a.h - b.h; d > 0.3 || d < -0.3 {
			t.Errorf("%v became %v: another hue", c, near)
		}
	}
	if c := (Colour{10, 10, 10}); Nearest(c, TextContrast, paper) != c {
		t.Error("a colour that passes was changed")
	}
}

func TestShadesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Colour{rapid.Byte().Draw(t, "r"), rapid.Byte().Draw(t, "g"), rapid.Byte().Draw(t, "b")}
		if back := shadeOf(c).colour(); back != c {
			t.Fatalf("%v came back as %v", c, back)
		}
		if p, ok := ParseColour(c.String()); !ok || p != c {
			t.Fatalf("%v is read as %v", c, p)
		}
	})
}

func TestContrastIsThatOfWCAG(t *testing.T) {
	if got := Contrast(Colour{}, Colour{255, 255, 255}); got != 21 {
		t.Errorf("black on white is %v, want 21", got)
	}
	if got := Contrast(Colour{0x76, 0x76, 0x76}, Colour{255, 255, 255}); got < 4.54 || got > 4.55 {
		t.Errorf("#767676 on white is %v, want 4.54", got)
	}
}

func TestLooksThatAreRefused(t *testing.T) {
	for _, l := range []Look{{Colour: "red"}, {Colour: "#12345"}, {Colour: "#12345g"}, {Pack: "x"}, {Density: "}body{display:none"}} {
		if _, err := packs(t).For(l); errors.KindOf(err) != errors.Invalid || len(errors.FieldsOf(err)) != 1 {
			t.Errorf("%+v: got %v, want an Invalid field", l, err)
		}
	}
}

func TestTokensThatAreRefused(t *testing.T) {
	good := `{"color":{"brand":{"$value":"#1f5148"},"paper":{"$value":"#fff"},"card":{"$value":"#fff"},"ink":{"$value":"#000"},"info":{"$value":"#00f"},"ok":{"$value":"#080"},"warn":{"$value":"#850"},"bad":{"$value":"#a00"}},
	"font":{"sans":{"$value":["%s"]},"serif":{"$value":["Georgia"]}},"size":{"text":{"$value":"%s"},"radius":{"$value":"1px"},"pad":{"$value":"1rem"},"gap":{"$value":"1rem"}}}`
	if _, err := ParseTokens(fmt.Appendf(nil, good, "Arial", "1rem")); err != nil {
		t.Fatalf("the good one: %v", err)
	}
	for _, c := range [][2]string{{`Arial;}`, "1rem"}, {"", "1rem"}, {"Arial", "1em;x:y"}, {"Arial", "calc(1px)"}, {"Arial", ""}, {"Arial", "1"}} {
		if _, err := ParseTokens(fmt.Appendf(nil, good, c[0], c[1])); errors.KindOf(err) != errors.Invalid {
			t.Errorf("%q: got %v, want Invalid", c, err)
		}
	}
}

func FuzzParseTokens(f *testing.F) {
	f.Add([]byte(`{"color":{"brand":{"$value":"#1f5148"}}}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		tokens, err := ParseTokens(src)
		if err == nil {
			if _, err := compile(&Pack{Tokens: tokens}, tokens, base{}); err != nil {
				t.Fatalf("accepted, but does not compile: %v", err)
			}
		}
	})
}
