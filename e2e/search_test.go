package e2e

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestSearchOnAPhone: a parent finds a child's homework with two words, sees
// whose it is, and is at its sheet with one touch.
func TestSearchOnAPhone(t *testing.T) {
	parent := school.Account(t, "parent", "Collège")
	filled(t, signedIn(t, school, parent))
	for _, scripts := range []bool{true, false} {
		b := open(t, Phone)
		if !scripts {
			b.WithoutJavaScript()
		}
		b.SignIn(parent)
		b.Go("/recherche")
		b.Fill("q", "recit rencontres")
		b.Submit(`main form[action="/recherche"]`)
		b.Sees("Devoirs", "Récit d’une page")
		b.Sound()
		b.Picture("search-phone")
		b.ClickText("Récit d’une page")
		if p := b.Path(); !strings.HasPrefix(p, "/m/devoirs/devoir/") {
			t.Errorf("the first result leads to %s", p)
		}
		b.Go("/recherche?" + url.Values{"q": {"xylophone zébulon"}}.Encode())
		b.Sees("Rien ne correspond", "son début suffit", "Aide")
		b.Sound()
		b.Picture("search-none-phone")
	}
}

// TestSearchByKeyboard: from any page to a result without a pointer.
func TestSearchByKeyboard(t *testing.T) {
	teacher := school.Account(t, "enseignant", "Collège")
	filled(t, signedIn(t, school, teacher))
	b := open(t, Desktop)
	b.SignIn(teacher)
	b.tabTo("#chercher")
	b.do(chromedp.SendKeys("#chercher", "lila ndiaye"))
	b.enter(`.find button[type="submit"]`)
	b.Sees("Personnes", "Lila N’Diaye")
	b.Sound()
	b.Picture("search-desktop")
	b.enter(`main a[href^="/annuaire/"]`)
	b.Sees("Lila N’Diaye", "6e A")
	b.Sound()
	b.Picture("directory-person")
	b.press(kb.ArrowLeft, kb.ModifierAlt) // back, as browsers do
}

// TestSearchFollowsWhatChanges: what a teacher sets is found by its class within
// moments, by nobody else, and no longer once it is deleted; an index made anew
// finds the same.
func TestSearchFollowsWhatChanges(t *testing.T) {
	teacher := signedIn(t, school, school.Account(t, "enseignant", "Collège"))
	pupil := signedIn(t, school, school.Account(t, "eleve", "Collège"))
	stranger := signedIn(t, school, school.Account(t, "eleve", "Lycée"))
	filled(t, pupil)

	b := open(t, Desktop)
	b.SignIn(school.Account(t, "enseignant", "Collège"))
	b.Go("/m/devoirs/nouveau")
	b.Fill("titre", "Maquette du volcan Stromboli")
	b.Fill("matiere", "Géologie")
	b.Check("pour", "6e A")
	b.Fill("echeance", time.Now().AddDate(0, 0, 3).Format(time.DateOnly)+"T18:00")
	b.Submit(`form[action="/m/devoirs/nouveau"]`)
	sheet := b.Path()

	awaitResults(t, teacher, "maquete stromboli", "Maquette du volcan Stromboli")
	if got := stranger.results(t, "maquette stromboli"); slices.Contains(got, "Maquette du volcan Stromboli") {
		t.Errorf("another school finds %q", got)
	}
	if out := school.Preau(t, "search", "rebuild", "--json"); !strings.Contains(out, `"devoirs"`) {
		t.Errorf("preau search rebuild: %s", out)
	}
	awaitResults(t, teacher, "maquette volcan", "Maquette du volcan Stromboli")
	if status, err := teacher.post(sheet+"/supprimer", nil); err != nil || status >= 400 {
		t.Fatalf("deleting: %d, %v", status, err)
	}
	awaitResults(t, teacher, "maquette stromboli", "")
	awaitResults(t, pupil, "maquette stromboli", "")
}

// awaitResults waits until the first result is this one; empty: until there is
// none.
func awaitResults(t *testing.T, c *client, words, first string) {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		got := c.results(t, words)
		if len(got) == 0 && first == "" || len(got) > 0 && got[0] == first {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%q finds %q, want %q", words, got, first)
		}
	}
}
