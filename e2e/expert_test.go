package e2e

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// expert chooses the expert page, and gives the guided one and the school's
// arrangement back at the end: other journeys begin with those.
func (b *Browser) expert() {
	b.t.Helper()
	b.post("/accueil/mode", "mode=expert")
	b.t.Cleanup(func() {
		for b.post("/accueil/disposition", "geste=annuler", "Accept") == 204 {
		}
		b.post("/accueil/mode", "mode=guide")
	})
	b.Go("/")
}

// post sends a form as the page itself would and returns the code; asked with
// accept, as a program.
func (b *Browser) post(path, form string, accept ...string) int {
	b.t.Helper()
	kind := "text/html"
	if len(accept) > 0 {
		kind = "application/json"
	}
	return eval[int](b, `(() => { const x = new XMLHttpRequest(); x.open('POST', `+quote(path)+`, false); x.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded'); x.setRequestHeader('Accept', `+quote(kind)+`); x.send(`+quote(form)+`); return x.status })()`)
}

// write types into the focused field, in place of what is there.
func (b *Browser) write(words string) {
	b.t.Helper()
	eval[int](b, `(document.activeElement.select(), 0)`)
	b.do(chromedp.KeyEvent(words))
}

// enterKey presses Enter in a form and waits for the page it leads to.
func (b *Browser) enterKey() {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		b.fail("Enter: %v", err)
	}
	b.do(chromedp.WaitReady("body"))
}

// TestExpertByKeyboardAlone: from the guided page to an expert's own page
// "Ma classe" with two blocks of one widget, each set up, moved, undone, without
// a pointer, announced, and still so after a reload.
func TestExpertByKeyboardAlone(t *testing.T) {
	b := open(t, Desktop)
	b.SignIn(school.Account(t, "enseignant", "Lycée"))
	b.Sees("Passer à l’accueil expert")
	b.enter(`form[action="/accueil/mode"] button`)
	b.Sees("Revenir à l’accueil guidé")
	b.expert() // for what is given back at the end
	b.tabTo(`.home-head details summary`)
	b.press(kb.Enter, 0)
	b.Sees("Jetons d’accès personnels", "Documentation de l’API")

	b.enter(`a[href="/?organiser=1"]`)
	before := b.placed()
	moved := eval[string](b, `document.querySelector('.widget:not([data-fixed]) [data-grip]').closest('.widget').dataset.instance`)
	b.tabTo(`[data-instance="` + moved + `"] [data-grip]`)
	b.press(kb.ArrowDown, kb.ModifierAlt)
	b.await(`document.getElementById('annonce').textContent !== ''`)
	if !eval[bool](b, `document.activeElement.matches('[data-grip]')`) {
		t.Error("the focus did not stay on what was moved")
	}
	if after := b.placed(); slices.Index(after, moved) != slices.Index(before, moved)+1 {
		t.Errorf("%s was not moved one place later:\n%v\n%v", moved, before, after)
	}
	b.Sound()
	b.Picture("expert-arranging")

	b.tabTo(`#page-nouvelle`)
	b.write("Ma classe")
	b.enterKey()
	b.Sees("Organiser « Ma classe »", "est créée")
	for range 2 {
		b.enter(`.toolbar a[href^="/accueil/catalogue"]`)
		b.Sound()
		b.enter(`[data-offer="devoirs.taux"] button`)
	}
	b.Picture("expert-catalogue")
	second := eval[string](b, `[...document.querySelectorAll('.widget')].at(-1).dataset.instance`)
	if !strings.HasPrefix(second, "devoirs.taux~") {
		t.Fatalf("the second block is %s", second)
	}
	if focus := eval[string](b, `document.activeElement.dataset.instance || ''`); focus != second {
		t.Errorf("the focus is on %q, not on what was added", focus)
	}
	b.enter(`[data-instance="` + second + `"] a[href^="/accueil/bloc"]`)
	b.tabTo(`[name="titre"]`)
	b.write("Mes rendus")
	b.tabTo(`[name="days"]`)
	b.write("7")
	b.Sound()
	b.enter(`form[action="/accueil/bloc"] button[type="submit"]`)
	b.Sees("Mes rendus", "est réglé")
	b.tabTo(`[data-instance="` + second + `"] [data-grip]`)
	b.press(kb.ArrowUp, kb.ModifierAlt)
	b.await(`document.getElementById('annonce').textContent.includes('place 2')`)
	b.enter(`.toolbar a.primary`) // Terminer
	if last := b.placed(); len(last) != 2 || last[0] != second {
		t.Errorf("the page shows %v, want %s first", last, second)
	}
	b.Sees("Ma classe", "Mes rendus")
	b.Picture("expert-sheet")
}

// TestUndoByKey: Ctrl+Z takes the last change back, but not in a field.
func TestUndoByKey(t *testing.T) {
	b := open(t, Desktop)
	b.SignIn(school.Account(t, "viescolaire", "Lycée"))
	b.expert()
	b.Go("/?organiser=1")
	before := b.placed()
	b.do(chromedp.Click(`.widget:not([data-fixed]) [data-move="1"]`))
	b.await(`document.getElementById('annonce').textContent !== ''`)
	moved := b.placed()
	b.tabTo(`#page-nouvelle`)
	b.press("z", kb.ModifierCtrl)
	if got := b.placed(); !slices.Equal(got, moved) {
		t.Errorf("Ctrl+Z in a field undid the page: %v", got)
	}
	b.do(chromedp.Focus(`.widget:not([data-fixed]) [data-grip]`))
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent("z", chromedp.KeyModifiers(kb.ModifierCtrl))); err != nil {
		b.fail("Ctrl+Z: %v", err)
	}
	b.do(chromedp.WaitReady("body"))
	if got := b.placed(); !slices.Equal(got, before) {
		t.Errorf("undone: %v, want %v", got, before)
	}
	b.Sees("Le dernier changement est annulé")
}

// TestHeadArrangesAPage: a head pins, locks, orders and previews the page of
// pupils on the page itself; a pupil who has arranged their own has it too, and
// keeps the rest.
func TestHeadArrangesAPage(t *testing.T) {
	pupil, head := open(t, Phone), open(t, Desktop)
	pupil.SignIn(school.Account(t, "eleve", "Lycée"))
	pupil.expert()
	pupil.Go("/?organiser=1")
	pupil.Click(`[data-instance="devoirs.a-rendre"] button[value="cacher"]`)
	pupil.await(`(document.querySelector('[data-instance="core.news"] button[value="avant"]').click(), true)`)
	pupil.await(`document.getElementById('annonce').textContent.includes('place')`)
	pupil.Go("/")
	own := pupil.placed()
	if slices.Contains(own, "devoirs.a-rendre") {
		t.Fatalf("the pupil's page is %v", own)
	}

	head.SignIn(school.Account(t, "direction", "Lycée"))
	const page = "/administration/accueil"
	t.Cleanup(func() { head.post(page, "geste=retablir&profil=eleve") })
	head.Go(page + "?profil=eleve")
	head.Click(`[data-instance="devoirs.a-rendre"] button[value="epingler"]`)
	head.Sees("est épinglé")
	head.Click(`[data-instance="agenda.aujourd-hui"] button[value="verrouiller"]`)
	head.Sees("est verrouillé")
	head.tabTo(`[data-instance="devoirs.a-rendre"] [data-grip]`)
	head.press(kb.ArrowUp, kb.ModifierAlt)
	head.await(`document.getElementById('annonce').textContent !== ''`)
	head.Sound()
	head.Picture("school-arranging")
	head.ClickText("Aperçu guidé")
	head.Sees("Voici l’accueil guidé de ce profil", "Exemple")
	if n := len(head.placed()); n > 5 {
		t.Errorf("a guided page of %d blocks", n)
	}
	if live := eval[int](head, `document.querySelectorAll('.widget:not([data-state=sample])').length`); live != 0 {
		t.Errorf("%d blocks of the preview are no examples", live)
	}
	head.Sound()
	head.Picture("school-preview")

	got := own
	for range 40 { // within a second, the contract says; the browser asks again
		pupil.Go("/")
		if got = pupil.placed(); slices.Contains(got, "devoirs.a-rendre") {
			break
		}
	}
	if rest := slices.DeleteFunc(slices.Clone(got), func(w string) bool { return w == "devoirs.a-rendre" }); len(rest) == len(got) || !slices.Equal(rest, own) {
		t.Errorf("the pupil's page is %v, was %v", got, own)
	}
	pupil.Go("/?organiser=1")
	pupil.Sees("reste affiché", "Placé par l’établissement")
	if eval[bool](pupil, `!!document.querySelector('[data-instance="devoirs.a-rendre"] button[value="cacher"]')`) {
		t.Error("what is pinned can be hidden")
	}
}

// TestExpertWithoutJavaScript: all of it by forms.
func TestExpertWithoutJavaScript(t *testing.T) {
	b := open(t, Phone)
	b.SignIn(school.Account(t, "personnel", "Lycée"))
	b.expert()
	b.WithoutJavaScript()
	b.Go("/?organiser=1")
	before := b.placed()
	b.Click(`[data-instance="` + before[0] + `"] button[value="apres"]`)
	if got := b.placed(); got[1] != before[0] {
		t.Errorf("%v became %v", before, got)
	}
	b.Click(`#geste-annuler`)
	if got := b.placed(); !slices.Equal(got, before) {
		t.Errorf("undone: %v, want %v", got, before)
	}
	b.do(chromedp.SendKeys(`#page-nouvelle`, "Pilotage"))
	b.Click(`form:has(#page-nouvelle) button`)
	b.Sees("Organiser « Pilotage »")
	b.Click(`.toolbar a[href^="/accueil/catalogue"]`)
	b.Click(`[data-offer="agenda.semaine"] button`)
	b.Click(`[data-instance="agenda.semaine"] button[value="l"]`)
	b.Sees("taille grande")
	b.Sound()
	b.Click(`button[value="page-supprimer"]`)
	b.Sees("est supprimée")
	b.Click(`#geste-annuler`)
	b.Go("/?page=pilotage")
	if got := b.placed(); !slices.Equal(got, []string{"agenda.semaine"}) {
		t.Errorf("the page that came back shows %v", got)
	}
}

// TestExpertOnAPhone: every page of the expert and of the school fits, and a
// finger moves a block.
func TestExpertOnAPhone(t *testing.T) {
	b := open(t, Phone)
	b.SignIn(school.Account(t, "direction", "Lycée"))
	b.expert()
	b.post("/accueil/disposition", "geste=page-ajouter&nom=Pilotage")
	for _, path := range []string{"/", "/?organiser=1", "/?page=pilotage", "/?organiser=1&page=pilotage", "/accueil/catalogue", "/accueil/bloc?instance=devoirs.taux",
		"/administration/accueil?profil=parent", "/administration/accueil?profil=direction&apercu=expert", "/administration/accueil/catalogue?profil=eleve",
		"/administration/accueil/bloc?profil=eleve&bloc=devoirs.a-rendre"} {
		b.Go(path)
		b.Sound()
		b.Picture("phone-expert-" + fileName(path))
	}
	b.Go("/?organiser=1")
	before := b.placed()
	eval[int](b, `(() => {
		const all = [...document.querySelectorAll('.grid > .widget:not([data-fixed])')], grip = all[0].querySelector('[data-grip]');
		const touch = (kind, x, y) => grip.dispatchEvent(new PointerEvent(kind, {bubbles: true, pointerId: 1, pointerType: 'touch', button: 0, clientX: x, clientY: y}));
		grip.setPointerCapture = () => {};
		touch('pointerdown', 0, 0); // takes the focus, which scrolls
		all[1].scrollIntoView({block: 'center', behavior: 'instant'});
		const at = all[1].getBoundingClientRect(), y = Math.min(Math.max(at.y + 30, 100), innerHeight - 150);
		touch('pointermove', at.x + 30, y);
		touch('lostpointercapture', at.x + 30, y);
		return 0 })()`)
	b.await(`document.getElementById('annonce').textContent.includes('place 2')`)
	if got := b.placed(); got[0] != before[1] || got[1] != before[0] {
		t.Errorf("%v became %v", before, got)
	}
	b.Go("/?organiser=1")
	if got := b.placed(); got[0] != before[1] {
		t.Errorf("after a reload: %v", got)
	}
}
