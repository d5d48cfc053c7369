package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestWhatWasDoneIsSaidOnce: the page after an action says it once, to the eye and
// to who listens; it is closed by the keyboard, without leaving the page, and is
// on no later page. Without scripts it is there too, and a link closes it.
func TestWhatWasDoneIsSaidOnce(t *testing.T) {
	const said = "Vos choix d’affichage sont enregistrés."
	const shown = `[...document.querySelectorAll('.flash p')].map(p => p.textContent)`
	b := open(t, Phone)
	b.SignIn(school.Account(t, "personnel", "Collège"))
	save := func(b *Browser) {
		t.Helper()
		b.Go("/compte/affichage")
		b.Submit(`main form[action="/compte/affichage"]`)
		if got := eval[[]string](b, shown); len(got) != 1 || fold(got[0]) != fold(said) {
			t.Fatalf("shown: %q", got)
		}
	}
	save(b)
	b.await(`document.getElementById('annonce').textContent === document.querySelector('.flash p').textContent`)
	if n := eval[int](b, `document.querySelectorAll('[role=status], [role=alert], [aria-live]:not(#annonce)').length`); n != 0 {
		t.Errorf("%d other places say it again", n)
	}
	if moved := eval[float64](b, `new Promise(done => { let sum = 0; new PerformanceObserver(l => l.getEntries().forEach(e => sum += e.value)).observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 300) })`); moved > 0.02 {
		t.Errorf("the page moved by %.3f", moved)
	}
	b.Sound()
	b.Picture("said-phone")
	eval[bool](b, `(self.same = true)`)
	b.tabTo(`.flash a`)
	b.press(kb.Enter, 0)
	b.await(`!document.querySelector('.flash') && document.activeElement.matches('main')`)
	if !eval[bool](b, `self.same === true`) {
		t.Error("closing it loads the page again")
	}

	save(b)
	for _, path := range []string{"/compte/affichage", "/"} {
		b.Go(path)
		if got := eval[[]string](b, shown); len(got) != 0 {
			t.Errorf("%s says it again: %q", path, got)
		}
	}

	plain := open(t, Phone)
	plain.WithoutJavaScript()
	plain.SignIn(school.Account(t, "personnel", "Collège"))
	save(plain)
	if eval[int](plain, `document.querySelectorAll('.flash[role=status]').length`) != 1 {
		t.Error("without scripts it has no role")
	}
	plain.Click(`.flash a`)
	if got := eval[[]string](plain, shown); len(got) != 0 || plain.Path() != "/compte/affichage" {
		t.Errorf("closed without scripts: %q at %s", got, plain.Path())
	}
}
