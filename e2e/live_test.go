package e2e

import (
	"net/url"
	"testing"
)

// TestHomeIsCurrentWithoutReload: what a pupil does on one device shows on the
// home page that is open on another; a page that is not looked at is quiet, and
// catches up when it is.
func TestHomeIsCurrentWithoutReload(t *testing.T) {
	scale := newScale(t, school.URL)
	direct := school
	through := *school
	through.URL = scale.URL
	school = &through
	defer func() { school = direct }()
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
