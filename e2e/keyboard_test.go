package e2e

import (
	"context"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestExpertHomeByKeyboardAlone: from the guided page to a rearranged expert
// page without a pointer, announced, and still so after a reload.
func TestExpertHomeByKeyboardAlone(t *testing.T) {
	b := open(t, Desktop)
	b.SignIn(school.Account(t, "enseignant", "Lycée"))
	b.enter(`form[action="/accueil/mode"] button`)
	b.enter(`a[href="/?organiser=1"]`)
	before := b.placed()
	moved := eval[string](b, `document.querySelectorAll('.widget:not([data-fixed]) [data-grip]')[0].closest('.widget').dataset.instance`)

	b.tabTo(`[data-instance="` + moved + `"] [data-grip]`)
	b.press(kb.ArrowDown, kb.ModifierAlt)
	b.await(`document.getElementById('annonce').textContent !== ''`)
	if !eval[bool](b, `document.activeElement.matches('[data-grip]')`) {
		t.Error("the focus did not stay on what was moved")
	}
	b.Sound()
	b.Picture("expert-arranging")

	b.Go("/")
	after := b.placed()
	if slices.Equal(before, after) || slices.Index(after, moved) != slices.Index(before, moved)+1 {
		t.Errorf("%s was not moved one place later:\n%v\n%v", moved, before, after)
	}
}

// placed lists the widgets of the page in order.
func (b *Browser) placed() []string {
	b.t.Helper()
	return eval[[]string](b, `[...document.querySelectorAll('.widget[data-instance]')].map(w => w.dataset.instance)`)
}

// tabTo presses Tab until the focus is on the first match.
func (b *Browser) tabTo(selector string) {
	b.t.Helper()
	for range 150 {
		if eval[bool](b, `document.activeElement === document.querySelector(`+quote(selector)+`)`) {
			return
		}
		b.do(chromedp.KeyEvent(kb.Tab))
	}
	b.fail("Tab never reached %s", selector)
}

// enter reaches the first match by Tab, presses Enter, and waits for the page
// it leads to.
func (b *Browser) enter(selector string) {
	b.t.Helper()
	b.tabTo(selector)
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		b.fail("Enter on %s: %v", selector, err)
	}
	b.do(chromedp.WaitReady("body"))
}

func (b *Browser) press(key string, with chromedp.Modifier) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(with)))
}

// await waits until the expression is true in the page.
func (b *Browser) await(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression)); err != nil {
		b.fail("waiting for %s: %v", expression, err)
	}
}
