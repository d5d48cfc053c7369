package e2e

import (
	"context"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// placed lists the widgets of the page in order.
func (b *Browser) placed() []string {
	b.t.Helper()
	return eval[[]string](b, `[...document.querySelectorAll('.widget[data-instance]')].map(w => w.dataset.instance)`)
}

// tabTo presses Tab until the focus is on the first match.
func (b *Browser) tabTo(selector string) {
	b.t.Helper()
	for range 250 {
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
