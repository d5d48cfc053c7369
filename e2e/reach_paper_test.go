package e2e

import (
	"bytes"
	"testing"

	"github.com/chromedp/chromedp"
)

// a4 is the room on a sheet between its margins, in CSS pixels.
const a4 = 700

// paper: on a printed page there is nothing to press, and nothing beyond its
// edge.
func (v *visit) paper() {
	v.t.Helper()
	v.Width(a4)
	v.media("print", "light")
	v.wrong("printed", eval[[]string](v.Browser, `[...reach.printed(), ...reach.wide()]`))
	v.media("", "light")
	v.Width(Desktop)
}

// TestWeekOnOneSheet: "ma semaine" of every profile that has one is one sheet
// of A4.
func TestWeekOnOneSheet(t *testing.T) {
	b := open(t, Desktop)
	for _, profile := range []string{"eleve", "parent", "enseignant"} {
		t.Run(profile, func(t *testing.T) {
			b := b.tab(t, Desktop)
			b.SignIn(school.Account(t, profile, "Collège"))
			b.Go("/semaine")
			pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
			if err != nil {
				t.Fatal(err)
			}
			if n := sheetsOf(pdf); n != 1 {
				b.Picture("paper-" + profile)
				t.Errorf("the week of %s takes %d sheets", profile, n)
			}
		})
	}
}

// sheetsOf counts the pages of a PDF as Chromium writes it.
func sheetsOf(pdf []byte) int {
	return bytes.Count(pdf, []byte("/Type /Page")) - bytes.Count(pdf, []byte("/Type /Pages"))
}
