package e2e

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// still: without JavaScript the page is there too, and no control on it is
// dead.
func (v *visit) still() {
	v.t.Helper()
	v.scripts(false)
	v.Go(v.path)
	eval[int](v.Browser, asked)
	v.wrong("without a script", eval[[]string](v.Browser, `[...reach.dead(), ...reach.frame()]`))
	v.scripts(true)
}

// scripts switches the page's own scripts on or off.
func (b *Browser) scripts(on bool) {
	b.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}

// TestFocusReturns: after a tick the focus is on what was ticked, or has taken its
// place (the page's content when nothing has), and a menu that is closed gives it
// back to what opened it.
func TestFocusReturns(t *testing.T) {
	b := open(t, Desktop)
	b.SignIn(school.Account(t, "eleve", "Collège"))
	b.Go("/m/devoirs/")
	name := eval[string](b, `document.querySelector('button.tick').textContent.trim()`)
	b.enter(`button.tick`)
	b.await(`document.activeElement.matches('main, main *')`)
	if at := eval[string](b, `document.activeElement.closest('.row, .banner, h1, main')?.textContent ?? ''`); at == "" {
		t.Errorf("after ticking %q the focus is nowhere", name)
	}

	b.Go("/")
	b.tabTo(`details.account summary`)
	b.press(kb.Enter, 0)
	b.await(`document.querySelector('details.account').open`)
	b.do(chromedp.KeyEvent(kb.Tab))
	b.press(kb.Escape, 0)
	b.await(`!document.querySelector('details.account').open && document.activeElement.matches('details.account summary')`)
}
