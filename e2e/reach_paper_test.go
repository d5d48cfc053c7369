package e2e

import (
	"bytes"
	"encoding/json"
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
// of A4, that of a parent of three in the school too.
func TestWeekOnOneSheet(t *testing.T) {
	b := open(t, Desktop)
	of := map[string]Account{"parent of three": parentOfThree(t)}
	for _, profile := range []string{"eleve", "parent", "enseignant"} {
		of[profile] = school.Account(t, profile, "Collège")
	}
	for who, account := range of {
		t.Run(who, func(t *testing.T) {
			b := b.tab(t, Desktop)
			b.SignIn(account)
			b.Go("/semaine")
			pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
			if err != nil {
				t.Fatal(err)
			}
			if n := sheetsOf(pdf); n != 1 {
				b.Picture("paper-" + who)
				t.Errorf("the week takes %d sheets", n)
			}
		})
	}
}

func parentOfThree(t *testing.T) Account {
	t.Helper()
	some := school.Account(t, "parent", "Collège")
	var people []struct {
		Login    string   `json:"login"`
		Children []string `json:"children"`
	}
	if err := json.Unmarshal([]byte(school.Preau(t, "person", "list", "--school", "9990001X", "--json")), &people); err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if len(p.Children) == 3 {
			some.Login = p.Login
			return some
		}
	}
	t.Fatal("nobody has three children there")
	return some
}

// sheetsOf counts the pages of a PDF as Chromium writes it.
func sheetsOf(pdf []byte) int {
	return bytes.Count(pdf, []byte("/Type /Page")) - bytes.Count(pdf, []byte("/Type /Pages"))
}
