package e2e

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestAPupilOffline: what was read stays readable when the school cannot be
// reached, marked with its time; a tick made then is sent once the school is
// there again, once; signing out leaves nothing behind.
func TestAPupilOffline(t *testing.T) {
	s := ownSchool(t)
	b := open(t, Phone)
	pupil := s.Account(t, "eleve", "Collège")
	b.SignIn(pupil)
	b.keeps("/")
	b.Go("/m/devoirs/")
	b.keeps("/m/devoirs/")
	b.Go("/m/agenda/")
	b.keeps("/m/agenda/")
	b.until(`navigator.serviceWorker.ready.then(r => r.active?.state === 'activated')`)

	s.Stop()
	b.Go("/m/agenda/")
	b.cutOff()
	b.Go("/")
	b.cutOff()
	if eval[int](b, `document.querySelectorAll('.grid [data-widget]').length`) < 3 {
		t.Error("home lost its widgets")
	}
	b.Picture("offline-home")
	b.Go("/m/devoirs/")
	b.cutOff()
	b.Go("/compte")
	b.Sees("Vous êtes hors connexion")
	b.Picture("offline-not-kept")

	b.Go("/m/devoirs/")
	ticked := eval[string](b, `document.querySelector('form[data-queue] .tick[aria-pressed=false]').closest('form').getAttribute('action')`)
	form := `form[action="` + ticked + `"]`
	b.do(chromedp.Click(form+` .tick`, chromedp.NodeVisible))
	b.await(`document.querySelector('` + form + `').closest('.row').textContent.includes('envoyé dès que')`)
	b.do(chromedp.Click(form+` .tick`, chromedp.NodeVisible)) // a second press changes nothing
	b.Picture("offline-ticked")
	b.Go("/m/devoirs/")
	b.await(`document.querySelector('` + form + ` .tick').getAttribute('aria-pressed') === 'true'`)
	if n := promise[int](b, `caches.open('preau-envois').then(c => c.keys()).then(k => k.length)`); n != 1 {
		t.Errorf("%d things wait to be sent", n)
	}

	if err := s.again(); err != nil {
		t.Fatal(err)
	}
	b.Go("/m/devoirs/")
	b.until(`caches.open('preau-envois').then(c => c.keys()).then(k => k.length === 0)`)
	program := signedIn(t, s, pupil)
	page, _, err := program.get("/m/devoirs/")
	_, row, _ := strings.Cut(page, `action="`+ticked+`"`)
	row, _, _ = strings.Cut(row, "</form>")
	if err != nil || strings.Contains(row, `value="oui"`) {
		t.Errorf("the homework is not ticked: %v\n%s", err, row)
	}
	if n := s.posted(t, ticked); n != 1 {
		t.Errorf("the tick was sent %d times", n)
	}
	b.Go("/")
	if eval[bool](b, `'offline' in document.documentElement.dataset`) {
		t.Error("the page is still the one that was kept")
	}
	b.Sound()

	b.do(chromedp.Click(`.account summary`, chromedp.NodeVisible))
	b.Click(`form[action="/deconnexion"] button`)
	b.forgotten()
	s.Stop()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(s.URL+"/")); err == nil {
		t.Errorf("after signing out a page is still there: %s", clip(b.Text(), 300))
	}
}

// TestASharedMachine: who says so at sign-in leaves nothing there, even before
// signing out.
func TestASharedMachine(t *testing.T) {
	b := open(t, Desktop)
	a := school.Account(t, "eleve", "Lycée")
	b.Go("/connexion")
	b.do(chromedp.SendKeys(`[name="identifiant"]`, a.Login), chromedp.SendKeys(`[name="mot-de-passe"]`, a.Password), chromedp.Click(`[name="partage"]`))
	b.Submit(`form[action^="/connexion"]`)
	b.Go("/m/devoirs/")
	b.Go("/")
	b.forgotten()
}

// TestSomebodyElse: who signs in where another did not sign out finds nothing that
// the other has read.
func TestSomebodyElse(t *testing.T) {
	b := open(t, Phone)
	b.SignIn(school.Account(t, "eleve", "Collège"))
	b.keeps("/")
	b.Go("/m/devoirs/")
	b.keeps("/m/devoirs/")
	if _, err := chromedp.Call(b.ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	b.SignIn(school.Account(t, "direction", "Collège"))
	b.until(`caches.open('preau-pages').then(c => c.match('/')).then(r => r?.headers.get('X-Who') === document.body.dataset.who)`)
	if left := promise[[]string](b, `caches.open('preau-pages').then(c => c.keys()).then(k => k.map(r => new URL(r.url).pathname).filter(p => p !== '/'))`); len(left) > 0 {
		t.Errorf("of the one before there is still %v", left)
	}
}

// ownSchool starts a school of this test's own, at which its browsers look.
func ownSchool(t *testing.T) *School {
	t.Helper()
	s, err := start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	all := school
	school = s
	t.Cleanup(func() {
		school = all
		s.Stop()
	})
	return s
}

// posted counts the POSTs to an address in the access log.
func (s *School) posted(t *testing.T, path string) (n int) {
	t.Helper()
	log, err := os.ReadFile(s.Data + ".log")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(log)) {
		if strings.Contains(line, "POST") && strings.Contains(line, path) {
			n++
		}
	}
	return n
}

// keeps waits until the browser has kept this page.
func (b *Browser) keeps(path string) {
	b.t.Helper()
	b.until(`caches.open('preau-pages').then(c => c.match(` + quote(path) + `)).then(Boolean)`)
}

// cutOff fails unless the page is a kept one that says so.
func (b *Browser) cutOff() {
	b.t.Helper()
	if !eval[bool](b, `'offline' in document.documentElement.dataset && document.querySelector('.cut-off').offsetHeight > 0`) {
		b.fail("the page does not say that it is read offline")
	}
	b.Sees("Hors connexion")
}

// forgotten waits until the browser holds nothing of the school.
func (b *Browser) forgotten() {
	b.t.Helper()
	b.until(`Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then(([c, r]) => c.length + r.length === 0)`)
}

// until asks again until what is promised is true.
func (b *Browser) until(expression string) {
	b.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if promise[bool](b, expression) {
			return
		}
	}
	b.fail("never: %s", expression)
}

// promise evaluates an expression and waits for what it promises.
func promise[T any](b *Browser, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.fail("%s: %v", expression, err)
	}
	return got
}
