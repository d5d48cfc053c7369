package e2e

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestHomeIsCurrentWithoutReload: what a pupil does on one device shows on the
// home page that is open on another; a page that is not looked at is quiet, and
// catches up when it is.
func TestHomeIsCurrentWithoutReload(t *testing.T) {
	scale, direct := onAScale(t)
	a := school.Account(t, "eleve", "Lycée")
	b := open(t, Desktop)
	b.SignIn(a)
	other := signedIn(t, direct, a)
	eval[bool](b, `(self.same = true)`)
	turn := b.turner(other)

	before := b.ticks()
	turn()
	b.await(`self.same && JSON.stringify([...document.querySelectorAll('.grid form[data-queue]')].map(f => f.outerHTML)) !== ` + quote(before))
	b.Sound()

	b.seen(false)
	before = b.ticks()
	scale.read()
	turn()
	turn()
	turn()
	if weight, asked := scale.read(); asked > 0 {
		t.Errorf("a page that nobody looks at asks for %v", weight)
	}
	if b.ticks() != before {
		t.Error("a page that nobody looks at changes")
	}
	b.seen(true)
	b.await(`self.same && JSON.stringify([...document.querySelectorAll('.grid form[data-queue]')].map(f => f.outerHTML)) !== ` + quote(before))
}

// TestASlowLineIsSpared: who says that their connection is slow hears nothing while
// they read, loads no letters and sees no drawing that only adorns, and has the
// whole page all the same.
func TestASlowLineIsSpared(t *testing.T) {
	scale, direct := onAScale(t)
	b := open(t, Phone)
	b.SignIn(direct.Account(t, "eleve", "Lycée"))
	for _, slow := range []bool{false, true} {
		if slow {
			b.Go("/compte/affichage")
			b.do(chromedp.Click(`[name=connexion][value=lent]`, chromedp.NodeReady))
			b.Submit(`form[action="/compte/affichage"]`)
		}
		scale.read()
		b.Go("/")
		b.keeps("/")
		if !slow {
			b.until(`new Promise(r => setTimeout(r, 50)).then(() => true)`)
		}
		weight, _ := scale.read()
		if _, hears := weight["/direct"]; hears == slow {
			t.Errorf("slow %v: the page asks for %v", slow, weight)
		}
		if n := sum(weight, ".woff2"); slow && n > 0 {
			t.Errorf("letters of %d bytes", n)
		}
		if drawn := eval[int](b, `[...document.querySelectorAll('.art')].filter(a => a.checkVisibility()).length`); slow && drawn > 0 {
			t.Errorf("%d drawings", drawn)
		}
		if n := len(b.placed()); n < 3 {
			t.Errorf("slow %v: %d widgets", slow, n)
		}
	}
}

// ticks is what the page offers to tick, and how it stands.
func (b *Browser) ticks() string {
	b.t.Helper()
	return eval[string](b, `JSON.stringify([...document.querySelectorAll('.grid form[data-queue]')].map(f => f.outerHTML))`)
}

// turner ticks a homework of the page on another device, and unticks it, in turn.
func (b *Browser) turner(other *client) func() {
	b.t.Helper()
	action := eval[string](b, `document.querySelector('.grid form[data-queue]').getAttribute('action')`)
	done := "oui"
	return func() {
		b.t.Helper()
		if status, err := other.post(action, url.Values{"fait": {done}}); err != nil || status != 303 {
			b.t.Fatalf("ticking on another device: %d %v", status, err)
		}
		done = map[string]string{"oui": "non", "non": "oui"}[done]
	}
}

// seen shows the tab or puts it behind another.
func (b *Browser) seen(visible bool) {
	b.t.Helper()
	state := "hidden"
	if visible {
		state = "visible"
	}
	eval[bool](b, `(() => {
		Object.defineProperty(document, 'hidden', {configurable: true, get: () => `+quote(state)+` === 'hidden'});
		Object.defineProperty(document, 'visibilityState', {configurable: true, get: () => `+quote(state)+`});
		document.dispatchEvent(new Event('visibilitychange'));
		return true })()`)
}
