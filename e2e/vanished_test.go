package e2e

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestTheSchoolVanishesWhileOneWrites: the server is stopped while a teacher fills in
// a form and a pupil an answer. Nothing is lost: what the teacher wrote stays there,
// is told of on the home page and comes back into its form, to be sent by hand or
// thrown away; the answer, which may wait, is sent by itself, once.
func TestTheSchoolVanishesWhileOneWrites(t *testing.T) {
	s := ownSchool(t)
	pupilOf, teacherOf := s.Account(t, "eleve", "Collège"), s.Account(t, "enseignant", "Collège")
	(&timed{t: t, school: s}).sets(signedIn(t, s, teacherOf), "Récit de vacances", time.Now())
	const mine = `main form[action="/m/devoirs/nouveau"]`
	drafts := `caches.open('preau-mots').then(c => c.keys()).then(k => k.length)`

	b := open(t, Phone)
	b.SignIn(teacherOf)
	b.keeps("/")
	b.until(`navigator.serviceWorker.ready.then(r => r.active?.state === 'activated')`)
	b.Go("/m/devoirs/nouveau")
	b.Fill("titre", "Carte de la Méditerranée")
	b.Fill("consigne", "Placez **six** villes.")
	eval[bool](b, `document.querySelector('`+mine+` [name=pour]').checked = true`)

	p := open(t, Phone)
	p.SignIn(pupilOf)
	p.keeps("/")
	p.Go("/m/devoirs/")
	p.Click(`//main//a[contains(., "Récit de vacances")]`)
	answer := eval[string](p, `document.querySelector('main form[action$="/rendre"]').getAttribute('action')`)
	p.Fill("texte", "Il était une fois.")

	s.Stop()
	b.do(chromedp.Click(mine+` button[type=submit]`, chromedp.NodeVisible))
	b.await(`document.querySelector('.unsent p')?.textContent.includes('rien n’est perdu')`)
	if said := eval[string](b, `document.getElementById('annonce').textContent`); !strings.Contains(said, "Pas de connexion") {
		t.Errorf("aloud: %q", said)
	}
	if kept := eval[string](b, `document.querySelector('[name=consigne]').value`); kept != "Placez **six** villes." {
		t.Errorf("the form has lost %q", kept)
	}
	b.Sound()
	b.Picture("vanished-form")
	p.do(chromedp.Click(`form[action="`+answer+`"] button[type=submit]`, chromedp.NodeVisible))
	p.await(`document.querySelector('.queued')?.textContent.includes('envoyé dès que')`)
	p.Picture("vanished-answer")
	if n := promise[int](p, `caches.open('preau-envois').then(c => c.keys()).then(k => k.length)`); n != 1 {
		t.Errorf("%d answers wait", n)
	}
	b.Go("/")
	b.await(`!document.getElementById('nouveau').hidden && document.querySelector('#nouveau a').getAttribute('href') === '/m/devoirs/nouveau'`)

	if err := s.again(); err != nil {
		t.Fatal(err)
	}
	p.until(`caches.open('preau-envois').then(c => c.keys()).then(k => k.length === 0)`)
	if n := s.taken(t, answer); n != 1 {
		t.Errorf("the answer was taken %d times", n)
	}
	p.redrawn(`document.querySelector('main').innerText.includes('Version 1')`)

	b.Go("/m/devoirs/nouveau")
	b.await(`document.querySelector('.unsent p')?.textContent.includes('pas encore envoyé')`)
	if title := eval[string](b, `document.querySelector('[name=titre]').value`); title != "Carte de la Méditerranée" {
		t.Errorf("the title came back as %q", title)
	}
	if !eval[bool](b, `document.querySelector('`+mine+` [name=pour]').checked`) {
		t.Error("for whom it is did not come back")
	}
	eval[string](b, `document.querySelector('[name=echeance]').value = '`+time.Now().AddDate(0, 0, 3).Format("2006-01-02T15:04")+`'`)
	b.Submit(mine)
	b.until(drafts + `.then(n => n === 0)`)
	if n := s.taken(t, "/m/devoirs/nouveau"); n != 2 { // the first is the one of the answer
		t.Errorf("the homework was taken %d times", n-1)
	}
	b.Sound()

	// What is thrown away does not come back, and signing out forgets the rest.
	for _, end := range []string{"drop", "sign out"} {
		b.Go("/m/devoirs/nouveau")
		b.Fill("titre", "Sans suite")
		eval[bool](b, `(self.fetch = () => Promise.reject(new Error('nobody there')), true)`)
		b.do(chromedp.Click(mine+` button[type=submit]`, chromedp.NodeVisible))
		b.await(`Boolean(document.querySelector('.unsent'))`)
		b.until(drafts + `.then(n => n === 1)`)
		if end == "drop" {
			b.do(chromedp.Click(`.unsent button`, chromedp.NodeVisible))
			b.until(drafts + `.then(n => n === 0)`)
			if left := eval[string](b, `document.querySelector('[name=titre]').value + document.activeElement.name`); left != "titre" {
				t.Errorf("after throwing it away: %q", left)
			}
		}
	}
	b.do(chromedp.Click(`.account summary`, chromedp.NodeVisible))
	b.Click(`form[action="/deconnexion"] button`)
	b.forgotten()
}

// TestASharedMachineKeepsNoWords: there the open page alone holds what was written,
// and says so.
func TestASharedMachineKeepsNoWords(t *testing.T) {
	b := open(t, Desktop)
	a := school.Account(t, "enseignant", "Collège")
	b.Go("/connexion")
	b.do(chromedp.SendKeys(`[name="identifiant"]`, a.Login), chromedp.SendKeys(`[name="mot-de-passe"]`, a.Password), chromedp.Click(`[name="partage"]`))
	b.Submit(`form[action^="/connexion"]`)
	b.Go("/m/devoirs/nouveau")
	b.Fill("titre", "Au CDI")
	eval[bool](b, `(self.fetch = () => Promise.reject(new Error('nobody there')), true)`)
	b.do(chromedp.Click(`main form[action="/m/devoirs/nouveau"] button[type=submit]`, chromedp.NodeVisible))
	b.await(`document.querySelector('.unsent p')?.textContent.includes('gardez-la ouverte')`)
	b.forgotten()
	if kept := eval[string](b, `document.querySelector('[name=titre]').value`); kept != "Au CDI" {
		t.Errorf("the page has lost %q", kept)
	}
}

// redrawn waits until a page that the browser loads anew by itself is so.
func (b *Browser) redrawn(expression string) {
	b.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression)); err == nil && is { // between two pages there is none to ask
			return
		}
	}
	b.fail("never: %s", expression)
}

// taken counts the POSTs to an address that were answered as done.
func (s *School) taken(t *testing.T, path string) (n int) {
	t.Helper()
	log, err := os.ReadFile(s.Data + ".log")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(log)) {
		if strings.Contains(line, "method=POST path="+path+" status=303") {
			n++
		}
	}
	return n
}
