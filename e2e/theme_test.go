package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestHeadTriesThemes: what is chosen shows on the page itself at once, in every
// pack by day and by night, without the browser's policy complaining; nobody
// else sees it before it is kept.
func TestHeadTriesThemes(t *testing.T) {
	head := open(t, Desktop)
	head.SignIn(school.Account(t, "direction", "Collège"))
	pupil := open(t, Phone)
	pupil.SignIn(school.Account(t, "eleve", "Collège"))
	worn := `document.querySelector('link[rel=stylesheet][href*="/theme-"]').getAttribute('href')`
	before := eval[string](pupil, worn)

	head.Go("/administration/apparence")
	for pack, family := range map[string]string{"ecole": "Andika", "lycee": "Plex Sans", "contraste": "Atkinson Hyperlegible"} {
		eval[int](head, `(document.querySelector('input[name=theme][value=`+pack+`]').click(), 0)`)
		head.until(`getComputedStyle(document.body).fontFamily.includes(` + quote(family) + `)`)
		if n := eval[int](head, `document.querySelectorAll('link[rel=stylesheet][href*="/theme-"]').length`); n != 1 {
			t.Errorf("%s: %d stylesheets of themes are on the page", pack, n)
		}
		head.Sound()
		head.Picture("theme-" + pack + "-desktop")
	}
	eval[int](head, `(()=>{const f=document.querySelector('input[name=teinte]'); f.value='#ffee00'; f.dispatchEvent(new Event('input',{bubbles:true})); f.dispatchEvent(new Event('change',{bubbles:true})); return 0})()`)
	head.until(`document.querySelector('main').innerText.includes('la nuance lisible la plus proche')`)
	head.Sound()
	pupil.Go("/")
	if now := eval[string](pupil, worn); now != before {
		t.Errorf("a trial changed the pupil's page: %s, then %s", before, now)
	}

	// Kept: the pupil's page wears it, light and dark.
	eval[int](head, `(document.querySelector('input[name=theme][value=ecole]').click(), document.querySelector('input[name=couleur][value=""]').click(), 0)`)
	head.Submit(`form[action="/administration/apparence"]`)
	pupil.Go("/")
	if now := eval[string](pupil, worn); now == before {
		t.Error("what was kept does not show")
	}
	pupil.Sees("Ma page")
	pupil.Sound()
	pupil.Picture("theme-ecole-home-phone")
	pupil.Dark()
	pupil.Go("/")
	pupil.Sound()
	if f := eval[string](pupil, "getComputedStyle(document.body).fontFamily"); !strings.Contains(f, "Andika plain") {
		t.Errorf("no stand-in for the font: %s", f)
	}
	if moved := eval[float64](pupil, `new Promise(done => { let sum = 0; new PerformanceObserver(l => l.getEntries().forEach(e => sum += e.value)).observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 500) })`); moved > 0.02 {
		t.Errorf("the page moved by %.3f", moved)
	}

	// Back to what it was, without scripts, with the second button first.
	plain := open(t, Phone)
	plain.WithoutJavaScript()
	plain.SignIn(school.Account(t, "direction", "Collège"))
	plain.Go("/administration/apparence")
	plain.do(chromedp.Click(`label:has(input[name="theme"][value="preau"])`, chromedp.NodeVisible))
	plain.Click(`form[action="/administration/apparence"] button[name="essai"]`)
	plain.Sees("il n’est pas enregistré")
	plain.Submit(`form[action="/administration/apparence"]`)
	pupil.Go("/")
	if now := eval[string](pupil, worn); now != before {
		t.Errorf("back on the first theme the pupil wears %s, not %s", now, before)
	}
}
