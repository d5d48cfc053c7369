package e2e

import "testing"

// TestLooksFollowTheChoice: the page where one chooses wears the choice at once,
// keeps nothing of it unless it is saved, and works as a form without scripts.
func TestLooksFollowTheChoice(t *testing.T) {
	const worn = `(d => [d.mode, d.size ?? '', d.font ?? '', d.contrast ?? ''].join())(document.documentElement.dataset)`
	b := open(t, Phone)
	b.SignIn(school.Account(t, "personnel", "Collège"))
	wears := func(when, want string) {
		t.Helper()
		if got := eval[string](b, worn); got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	press := func(choice string) {
		t.Helper()
		if !eval[bool](b, `(f => { f?.click(); return !!f })(document.querySelector(`+quote(`main form[action="/compte/affichage"] input`+choice)+`))`) {
			t.Fatalf("no %s", choice)
		}
	}
	b.Go("/compte/affichage")
	b.Sees("Exemple", "Sortie au musée")
	wears("as before", "auto,,,")
	for _, choice := range []string{`[name="apparence"][value="sombre"]`, `[name="taille"][value="grand"]`, `[name="police"]`, `[name="contraste"]`} {
		press(choice)
	}
	wears("chosen", "sombre,grand,dys,fort")
	if eval[bool](b, `!document.querySelector('link[href*="/dys-"][media="all"]')`) {
		t.Error("the letters are not there")
	}
	b.Sound()
	b.Picture("looks-tried")
	press(`[name="police"]`)
	wears("taken back", "sombre,grand,,fort")
	b.Go("/compte/affichage")
	wears("not saved", "auto,,,")

	plain := open(t, Phone)
	plain.WithoutJavaScript()
	plain.SignIn(school.Account(t, "personnel", "Collège"))
	plain.Go("/compte/affichage")
	plain.Check("taille", "Grande")
	plain.Submit(`main form[action="/compte/affichage"]`)
	plain.Sees("Vos choix d’affichage sont enregistrés", "Exemple")
	if got := eval[string](plain, worn); got != "auto,grand,," {
		t.Errorf("saved without scripts: %q", got)
	}
	plain.ClickText("Revenir à l’affichage d’origine")
}
