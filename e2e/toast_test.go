package e2e

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestANewNoticeIsShown: while a parent reads, homework is set. A word of it appears
// at the foot of the page, naming child and school; it is said politely, takes no
// focus, hides none of the phone's ways, is reached by keyboard, and goes by its
// button or Escape: the focus is then where it was.
func TestANewNoticeIsShown(t *testing.T) {
	teacher := signedIn(t, school, school.Account(t, "enseignant", "Collège"))
	pupil := school.Account(t, "eleve", "Collège")
	b := open(t, Phone)
	b.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	})
	b.SignIn(school.Account(t, "parent", "Collège"))
	b.Go("/compte")
	hidden := func(yes bool) {
		t.Helper()
		b.await(`document.getElementById('nouveau').hidden === ` + map[bool]string{true: "true", false: "false"}[yes])
	}
	news := func(title string) {
		t.Helper()
		eval[bool](b, `(self.was = document.querySelector('main a'), was.focus(), true)`)
		(&timed{t: t, school: school}).sets(teacher, title, time.Now())
		b.await(`document.querySelector('#nouveau a').textContent.includes(` + quote(title) + `)`)
		hidden(false)
		if !eval[bool](b, `document.activeElement === was`) {
			t.Errorf("%s: the focus was taken away", title)
		}
	}
	was := func(how string) {
		t.Helper()
		hidden(true)
		if got := eval[string](b, `document.activeElement === was ? '' : document.activeElement.outerHTML.slice(0, 100)`); got != "" {
			t.Errorf("closed by %s, the focus is on %s", how, got)
		}
	}
	hidden(true)

	news("Un premier avis")
	for _, where := range []string{`document.querySelector('#nouveau a').innerText`, `document.querySelector('#annonce[aria-live=polite]').textContent`} {
		said := eval[string](b, where)
		for _, part := range []string{"Un premier avis", first(pupil.Name), pupil.School} {
			if !strings.Contains(fold(said), fold(part)) {
				t.Errorf("%s does not say %q: %q", where, part, said)
			}
		}
	}
	if moving := eval[int](b, `document.getAnimations().length`); moving > 0 {
		t.Errorf("%d things move", moving)
	}
	b.Sound()
	for _, width := range []int64{320, Phone} {
		b.Width(width)
		for _, size := range []string{"", "tresgrand"} {
			if over := eval[float64](b, `(document.documentElement.dataset.size = '`+size+`', document.getElementById('nouveau').getBoundingClientRect().bottom - document.querySelector('.bar').getBoundingClientRect().top)`); over > 0 {
				t.Errorf("at %d px, %q: %v px of the bar are hidden", width, size, over)
			}
		}
		eval[bool](b, `delete document.documentElement.dataset.size`)
	}
	b.Picture("toast")
	b.press(kb.Escape, 0)
	was("Escape from elsewhere")

	news("Un deuxième avis")
	b.do(chromedp.Click(`#nouveau button`, chromedp.NodeVisible))
	was("its button")

	news("Un troisième avis")
	eval[bool](b, `(self.was = [...document.querySelectorAll('.bar a')].at(-1), was.focus(), true)`)
	b.press(kb.Tab, 0)
	if !eval[bool](b, `document.activeElement === document.querySelector('#nouveau a')`) {
		t.Errorf("the next stop is %s", eval[string](b, `document.activeElement.outerHTML.slice(0, 100)`))
	}
	b.press(kb.Tab, 0)
	b.press(kb.Enter, 0)
	was("keyboard")

	news("Un quatrième avis")
	eval[bool](b, `(document.querySelector('#nouveau button').focus(), was.remove(), self.was = document.querySelector('main'), true)`)
	b.press(kb.Escape, 0)
	was("Escape when the place is gone")

	news("Un cinquième avis")
	eval[string](b, `location.hash = '#menu'`)
	b.await(`document.querySelector('.menu').offsetHeight > 0`)
	if !eval[bool](b, `(r => Boolean(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2).closest('.menu')))(document.getElementById('nouveau').getBoundingClientRect())`) {
		t.Error("the word lies on the open menu")
	}
	b.press(kb.Escape, 0)
	b.await(`location.hash !== '#menu'`)
	hidden(false)
	b.Click(`#nouveau a`)
	if b.Path() != "/notifications" {
		t.Errorf("it leads to %s", b.Path())
	}
}
