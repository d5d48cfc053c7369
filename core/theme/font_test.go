package theme

import (
	"bytes"
	"strings"
	"testing"

	"github.com/preau-ent/preau/themes"
)

func fontFile(t testing.TB) []byte {
	t.Helper()
	src, err := themes.FS.ReadFile("contraste/fonts/atkinson-400.woff2")
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func TestFontIsMeasured(t *testing.T) {
	f := Font{Family: "Atkinson", File: "x.woff2", Weight: "400"}
	if err := f.examine(fontFile(t)); err != nil {
		t.Fatal(err)
	}
	// Its table hhea: 950, -290 and 0, of 1000.
	if m := f.measure; m.ascent != 0.95 || m.descent != 0.29 || m.gap != 0 || m.width < 0.42 || m.width > 0.46 {
		t.Errorf("%+v", m)
	}
	rule := f.standIn("")
	for _, want := range []string{`font-family:"Atkinson plain"`, "size-adjust:", "ascent-override:", `local("Arial")`} {
		if !strings.Contains(rule, want) {
			t.Errorf("%s is not in %s", want, rule)
		}
	}
}

func TestFontsThatAreRefused(t *testing.T) {
	good := fontFile(t)
	change := func(at int, b ...byte) []byte {
		bad := bytes.Clone(good)
		copy(bad[at:], b)
		return bad
	}
	// The directory begins at 48; its first entry's flags say which table.
	for name, src := range map[string][]byte{
		"nothing":           nil,
		"another kind":      change(0, []byte("OTTO")...),
		"a collection":      change(4, []byte("ttcf")...),
		"cut":               good[:len(good)-100],
		"something after":   append(bytes.Clone(good), "GIF89a"...),
		"metadata":          change(28, 0, 0, 1, 0),
		"no tables":         change(12, 0, 0),
		"endless tables":    change(12, 255, 255),
		"a table of SVG":    change(48, 36),
		"a table of bitmap": change(48, 37),
		"a huge table":      change(49, 0x8f, 0xff, 0xff, 0x7f),
	} {
		f := Font{Family: "X", File: "x.woff2", Weight: "400"}
		if err := f.examine(src); err == nil {
			t.Errorf("%s was let through", name)
		}
	}
	for _, f := range []Font{{Family: "X;}", Weight: "400"}, {Family: "X", Weight: "bold"}, {Family: "X", Weight: "400 9999"}, {Family: "X", Weight: "400", Style: "x"}} {
		if err := f.examine(good); err == nil {
			t.Errorf("%+v was let through", f)
		}
	}
}

// FuzzFont: whatever the bytes, the reader comes back, and measures are those
// of letters.
func FuzzFont(f *testing.F) {
	f.Add(fontFile(f))
	f.Add([]byte("wOF2"))
	f.Fuzz(func(t *testing.T, src []byte) {
		font := Font{Family: "X", File: "x.woff2", Weight: "400"}
		if font.examine(src) != nil {
			return
		}
		if m := font.measure; m.width < 0.1 || m.width > 2 || m.ascent <= 0 || m.ascent > 3 {
			t.Fatalf("%+v", m)
		}
	})
}
