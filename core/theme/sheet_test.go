package theme

import (
	"strings"
	"testing"

	"github.com/preau-ent/preau/themes"
)

func TestSheetIsSmallAndSteady(t *testing.T) {
	a, err := New(themes.FS)
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := a.For(Look{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(sheet.Brotli); n > 10<<10 {
		t.Errorf("the stylesheet is %d bytes compressed, at most 10 KiB are agreed", n)
	}
	t.Logf("stylesheet: %d bytes, brotli %d, gzip %d", len(sheet.Body), len(sheet.Brotli), len(sheet.Gzip))
	b, _ := New(themes.FS)
	again, _ := b.For(Look{Pack: Default})
	if again.Path != sheet.Path {
		t.Errorf("the same look has two names: %s, %s", sheet.Path, again.Path)
	}
	if _, ok := a.Get(sheet.Name); !ok {
		t.Error("a compiled sheet is not found under its name")
	}
	other, _ := a.For(Look{Colour: "#8a1c3b", Density: Dense})
	if other.Path == sheet.Path {
		t.Error("another colour has the same stylesheet")
	}
	if strings.Contains(string(sheet.Body), "url(") || strings.Contains(string(sheet.Body), "@import") {
		t.Error("the stylesheet loads something")
	}
}
