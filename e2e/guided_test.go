package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestGuidedHomeOfAFamily is the guided home of a parent of two on a phone: the
// introduction, which child each line is about, what a child does in a module
// ticked by itself, an important event read and counted.
func TestGuidedHomeOfAFamily(t *testing.T) {
	for _, c := range []struct {
		name, event string
		scripts     bool
	}{
		{"with JavaScript", "Grève des transports mardi", true},
		{"without JavaScript", "Cantine fermée jeudi", false},
	} {
		t.Run(c.name, func(t *testing.T) { guided(t, c.event, c.scripts) })
	}
}

func guided(t *testing.T, event string, scripts bool) {
	someone := func(width int64, profile string) *Browser {
		b := open(t, width)
		if !scripts {
			b.WithoutJavaScript()
		}
		b.SignIn(school.Account(t, profile, "Collège"))
		return b
	}
	parent := someone(Phone, "parent")
	introduced(parent, scripts)
	if n := eval[int](parent, `document.querySelectorAll('.widget[data-instance]').length`); n > 5 {
		t.Errorf("%d widgets on a guided page", n)
	}
	if n := eval[int](parent, `document.querySelectorAll('[data-widget="core.shortcuts"] a').length`); n < 2 || n > 4 {
		t.Errorf("%d shortcuts", n)
	}
	parent.Picture("guided-parent-home")

	pupil := someone(Phone, "eleve")
	ticksItself(pupil, parent, scripts)
	acknowledged(someone(Desktop, "direction"), parent, event)
	parent.Go("/")
	parent.Sound()
}

// introduced walks through the introduction, closes it and finds it again.
func introduced(b *Browser, first bool) {
	b.t.Helper()
	step := func(want string) {
		b.t.Helper()
		if got := eval[string](b, `document.querySelector('[data-intro]')?.dataset.intro ?? ''`); got != want {
			b.fail("the introduction is at %q, not %q", got, want)
		}
	}
	if first {
		step("1")
		b.Picture("guided-first-visit")
		b.Sound()
		b.Click(`.intro button[value="0"]`)
	}
	step("")
	b.Go("/")
	step("")
	b.Go("/aide")
	b.Sound()
	b.ClickText("Revoir la présentation")
	for _, at := range []string{"1", "2", "3"} {
		step(at)
		b.Click(`.intro button.primary`)
	}
	step("")
}

// ticksItself has a pupil do in the module what stands in their week: it is
// ticked there and in the week of their parent, under the child's name.
func ticksItself(pupil, parent *Browser, scripts bool) {
	pupil.t.Helper()
	pupil.Go("/semaine")
	const open = `main li.row:not(.done):has(form[action*="/cocher"])`         // late, this week or later: that depends on the day
	if eval[int](pupil, `document.querySelectorAll('`+open+`').length`) == 0 { // all is done: one thing is not, after all
		pupil.Click(`main li.done form[action*="/cocher"] button`)
	}
	title := eval[string](pupil, `document.querySelector('`+open+` .row-title').textContent.trim()`)
	pupil.Click(open + ` .row-title a`)
	pupil.Click(`main form[action$="/cocher"] button`)
	done := func(b *Browser) string {
		b.Go("/semaine")
		return eval[string](b, `[...document.querySelectorAll('main li.done')].filter(l => l.querySelector('.row-title').textContent.trim() === `+quote(title)+`).map(l => l.textContent).join()`)
	}
	if !strings.Contains(done(pupil), title) {
		pupil.fail("%q was done in the module and is not ticked", title)
	}
	pupil.Sound()
	child := first(school.Account(pupil.t, "eleve", "Collège").Name)
	for end := time.Now().Add(patience); !strings.Contains(done(parent), child); {
		if time.Now().After(end) {
			parent.fail("%q of %s is not ticked in the parent's week", title, child)
		}
	}
	parent.Sound()
	parent.Picture("guided-parent-week")
	names := eval[[]string](parent, `[...new Set([...document.querySelectorAll('main li .child')].map(c => c.textContent.replace(/^[^:]*:/, '').trim()))]`)
	if len(names) != 2 {
		parent.t.Errorf("the week names the children %q, want both", names)
	}
	pupil.Go("/")
	const inWidget = `[data-widget="core.semaine"] li:not(.done) form[action*="/cocher"] button`
	const ticks = `document.querySelectorAll('[data-widget="core.semaine"] li:not(.done) form[action*="/cocher"]').length`
	switch left := eval[int](pupil, ticks); {
	case left == 0: // the six lines are things to hand in
	case scripts: // sent without leaving the page
		eval[bool](pupil, `(document.querySelector(`+quote(inWidget)+`).click(), true)`)
		for end := time.Now().Add(patience); eval[int](pupil, ticks) >= left; {
			if time.Now().After(end) {
				pupil.fail("what was ticked on the home page is not")
			}
		}
	default:
		pupil.Click(inWidget)
	}
	if p := pupil.Path(); p != "/" {
		pupil.t.Errorf("ticking on the home page led to %s", p)
	}
	onOneSheet(parent, pupil)
}

var pdfPages = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// onOneSheet prints weeks: one A4 each, from the page and as PDF.
func onOneSheet(all ...*Browser) {
	for _, b := range all {
		b.t.Helper()
		b.Go("/semaine")
		var printed page.PrintToPDFResult
		b.call(func(ctx context.Context) (err error) {
			printed, err = chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true)})
			return err
		})
		keep(b.t, "guided-week-"+fmt.Sprint(len(printed.Data))+".pdf", printed.Data)
		if n := len(pdfPages.FindAll(printed.Data, -1)); n != 1 {
			b.t.Errorf("the week prints on %d sheets", n)
		}
	}
}

// acknowledged has the head announce three things; a parent reads one and says
// so, and the head sees who did.
func acknowledged(head, parent *Browser, event string) {
	head.t.Helper()
	for i, title := range []string{event, "Photographie de classe", "Réunion des parents"} {
		head.Go("/administration/annonces")
		head.Fill("titre", title)
		head.Fill("texte", "Les détails de cet événement, avec assez de mots pour qu'ils ne tiennent pas sur une seule ligne d'un téléphone.")
		head.Check("profils", "Parent")
		head.Check("urgent", "Publier tout de suite") // this test runs at any hour
		if i == 0 {
			head.Check("lecture", "Demander")
		}
		head.Submit(`form[action="/administration/annonces"]`)
	}
	head.Sound()
	parent.Go("/")
	parent.Picture("guided-banner")
	for _, h := range eval[[]float64](parent, `[...document.querySelectorAll('.event')].map(e => e.getBoundingClientRect().height)`) {
		if h > 50 {
			parent.t.Errorf("an event is %v px high among several, not one line", h)
		}
	}
	if first := eval[float64](parent, `document.querySelector('.event').getBoundingClientRect().bottom`); first > 800 {
		parent.t.Errorf("the banner ends at %v px: not to be seen at once", first)
	}
	const asked = `details.event:has(form[action$="/lu"])`
	parent.do(chromedp.Click(asked+" > summary", chromedp.NodeVisible))
	parent.Sees(event)
	parent.Sound()
	parent.Submit(asked + ` form`)
	if strings.Contains(parent.Text(), event) {
		parent.fail("%q is still there once read", event)
	}
	head.Go("/administration/annonces")
	head.Sees("1 lecture confirmée sur")
	head.ClickText(event)
	head.ClickText("Qui a lu")
	head.Go(strings.Split(head.Path(), "?")[0] + "?lu=oui")
	head.Sees(last(school.Account(parent.t, "parent", "Collège").Name))
	head.Sound()
	head.Picture("guided-readers")
	for range 3 {
		head.Go("/administration/annonces")
		head.Confirm("Retirer")
	}
}

// TestWeekOfAClass: the office prints a class, a sheet for each pupil; nobody
// else does.
func TestWeekOfAClass(t *testing.T) {
	office := signedIn(t, school, school.Account(t, "personnel", "Collège"))
	list, status, err := office.get("/semaine/classes")
	if err != nil || status != http.StatusOK {
		t.Fatal(status, err)
	}
	paths := regexp.MustCompile(`/semaine/classe/[^"]+`).FindAllString(list, -1)
	if len(paths) != 4 {
		t.Fatalf("classes to print: %q", paths)
	}
	path := strings.ReplaceAll(paths[0], "&amp;", "&")
	pdf, status, err := office.get(path)
	if err != nil || status != http.StatusOK {
		t.Fatal(status, err)
	}
	keep(t, "class-week.pdf", []byte(pdf))
	if n := len(pdfPages.FindAllString(pdf, -1)); n != 12 {
		t.Errorf("%d sheets for the 12 pupils of a class", n)
	}
	for _, profile := range []string{"eleve", "parent", "enseignant"} {
		if _, status, _ := signedIn(t, school, school.Account(t, profile, "Collège")).get(path); status != http.StatusForbidden {
			t.Errorf("%s prints a class: %d", profile, status)
		}
	}
	if _, status, _ := signedIn(t, school, school.Account(t, "direction", "Lycée")).get(path); status != http.StatusNotFound {
		t.Errorf("the head of another school prints a class: %d", status)
	}
}

// keep writes bytes into artefacts/.
func keep(t *testing.T, name string, b []byte) {
	t.Helper()
	dir := filepath.Join("..", "artefacts")
	err := os.MkdirAll(dir, 0o755)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name), b, 0o644)
	}
	if err != nil {
		t.Log(err)
	}
}
