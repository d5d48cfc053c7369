package e2e

import (
	"strconv"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// most keys pressed on one page.
const mostKeys = 70

// focus: what the keyboard may reach shows that it has been reached, and is
// not under something else.
func (v *visit) focus() {
	v.t.Helper()
	v.wrong("focus", eval[[]string](v.Browser, `reach.lost()`))
}

// order: the Tab key goes from one control to the next, in the order of the
// page, beginning with the link to the content.
func (v *visit) order() {
	v.t.Helper()
	n := min(eval[int](v.Browser, `(() => {
		window.trail = [], window.around = false; // until it begins again
		addEventListener('focusin', (e) => (around ||= trail.includes(e.target)) || trail.push(e.target));
		return reach.keys();
	})()`), mostKeys)
	steps := make([]chromedp.Action[chromedp.Void], n)
	for i := range steps {
		steps[i] = chromedp.KeyEvent(kb.Tab)
	}
	v.do(steps...)
	v.wrong("Tab", eval[[]string](v.Browser, `(() => {
		const out = [], said = (el) => el.outerHTML.replace(/\s+/g, ' ').slice(0, 120);
		if (!trail[0]?.matches('.skip')) out.push('begins at ' + (trail[0] ? said(trail[0]) : 'nothing'));
		for (let i = 1; i < trail.length; i++)
			if (!(trail[i - 1].compareDocumentPosition(trail[i]) & Node.DOCUMENT_POSITION_FOLLOWING)) out.push('goes back to ' + said(trail[i]));
		if (trail.length < Math.min(`+strconv.Itoa(n)+`, 5)) out.push('stops after ' + trail.length);
		return out;
	})()`))
	eval[any](v.Browser, `document.activeElement.blur(), scrollTo(0, 0)`)
}
