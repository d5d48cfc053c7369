package draw

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/sdk/ui"
)

func TestAppearanceIsWrittenAndRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a Appearance
		for _, c := range Appearances {
			word := rapid.SampledFrom(append([]string{"", "auto"}, c.Words...)).Draw(t, c.Name)
			if !c.Set(&a, word) {
				t.Fatalf("%s may not be %q", c.Name, word)
			}
		}
		if got := ParseAppearance(a.String()); got != a {
			t.Fatalf("%+v is written %q and read %+v", a, a, got)
		}
	})
}

func TestAppearanceOfStrangers(t *testing.T) {
	for said, want := range map[string]string{
		"": "auto", "auto": "auto", "sombre": "sombre", "clair.sombre": "sombre", "noir": "auto", `"><script>`: "auto",
		"tresgrand.lent.dys": "tresgrand.dys.lent", strings.Repeat("fort.", 5000): "fort",
	} {
		if got := ParseAppearance(said).String(); got != want {
			t.Errorf("%q is read as %q, not %q", said, got, want)
		}
	}
	var a Appearance
	for _, c := range Appearances {
		if c.Set(&a, "autre") {
			t.Errorf("%s may be anything", c.Name)
		}
	}
}

// TestAppearanceOnTheRoot: each choice is an attribute of the root element, and
// only who chose the font loads its stylesheet.
func TestAppearanceOnTheRoot(t *testing.T) {
	l := sampleLayout(t)
	l.Appearance = ParseAppearance("sombre.fort.grand.dys.reduit.lent")
	html := rootOf(t, l)
	for _, mark := range []string{`data-mode="sombre"`, `data-contrast="fort"`, `data-size="grand"`, `data-font="dys"`, `data-motion="reduit"`, `data-lent="lent"`, "/assets/dys-"} {
		if !strings.Contains(html, mark) {
			t.Errorf("no %s", mark)
		}
	}
	l.Appearance = Appearance{}
	html = rootOf(t, l)
	for _, mark := range []string{"data-contrast", "data-size", "data-font", "data-motion", "data-lent", "/assets/dys-"} {
		if strings.Contains(html, mark) {
			t.Errorf("%s though nothing was chosen", mark)
		}
	}
	if !strings.Contains(html, `data-mode="auto"`) {
		t.Error("no mode")
	}
}

// TestEachChoiceSaysItsMark: the page where one chooses tells its script which
// attribute a field changes, so that there is one list of them; no other form does.
func TestEachChoiceSaysItsMark(t *testing.T) {
	var fields []*ui.Field
	for i, c := range Appearances {
		fields = append(fields, ui.ChoiceField(c.Name, "draw.save", ui.Choices("auto", "draw.save"), ui.Expanded()))
		if i%2 == 0 {
			fields[i] = ui.CheckField(c.Name, "draw.save")
		}
	}
	form := ui.FormOf(ui.NewForm(Looks, "draw.save", append(fields, ui.TextField("autre", "draw.save"))...))
	html := drawn(t, sample(t).In(""), form)
	for _, c := range Appearances {
		if strings.Count(html, `data-mark="`+c.Attribute+`"`) != 1 {
			t.Errorf("%s does not say %s: %s", c.Name, c.Attribute, html)
		}
	}
	if n := strings.Count(html, "data-mark"); n != len(Appearances) {
		t.Errorf("%d marks", n)
	}
	lacks(t, drawn(t, sample(t), form), "data-mark") // the form of a module
}

func rootOf(t *testing.T, l *Layout) string {
	t.Helper()
	var b strings.Builder
	if err := drawSample(&b, sample(t), l, "form"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
