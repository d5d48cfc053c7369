package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestGuardianSigns: on a phone, from "ma semaine" a parent opens an outing, signs
// for their child with one button and sees it ticked; the school sees who signed;
// the answer can be taken back. A pupil and another family cannot answer.
func TestGuardianSigns(t *testing.T) {
	for _, c := range []struct {
		name    string
		scripts bool
	}{{"with JavaScript", true}, {"without JavaScript", false}} {
		t.Run(c.name, func(t *testing.T) { signs(t, c.scripts) })
	}
}

const outing = "Spectacle au théâtre municipal"

func signs(t *testing.T, scripts bool) {
	someone := func(width int64, profile string) *Browser {
		b := open(t, width)
		if !scripts {
			b.WithoutJavaScript()
		}
		b.SignIn(school.Account(t, profile, "Collège"))
		return b
	}
	account := school.Account(t, "parent", "Collège")
	child := first(school.Account(t, "eleve", "Collège").Name)
	parent := someone(Phone, "parent")
	parent.Go("/")
	parent.Sees("À signer", outing)
	parent.Go("/semaine")
	where := func(state string) string {
		return eval[string](parent, `[...document.querySelectorAll('main li.row`+state+`')].filter(l => l.textContent.includes(`+quote(outing)+`) && l.textContent.includes(`+quote(child)+`)).map(l => l.querySelector('.row-title a').getAttribute('href'))[0] ?? ''`)
	}
	path := where(":not(.done)")
	if path == "" {
		parent.fail("nothing to sign for %s", child)
	}
	parent.Go(path)
	parent.Sees(outing, "J’ai lu et je signe pour "+child, "Je refuse pour "+child)
	answer := url.Values{"eleve": {eval[string](parent, `document.querySelector('form[action$="/signer"] [name=eleve]')?.value ?? ''`)}, "reponse": {"oui"}}
	if answer.Get("eleve") == "" {
		parent.fail("the page does not say for whom one signs")
	}
	parent.Sound()
	parent.Picture("signature-asked")
	parent.ClickText("J’ai lu et je signe pour")
	parent.Sees("C’est signé", "Annuler ma réponse")
	parent.Sound()
	parent.Picture("signature-given")
	parent.Go("/semaine")
	if where(".done") != path {
		parent.fail("what was signed is not ticked")
	}

	head := someone(Desktop, "direction")
	head.Go(path)
	head.Sees("Signatures des responsables", "Sans réponse", "Refusé", account.Name)
	head.Sound()
	head.Picture("signature-followed")
	head.Width(Phone)
	head.Sound()
	head.Picture("signature-followed-phone")

	teacher := someone(Phone, "enseignant")
	teacher.Go("/m/agenda/nouvelle")
	teacher.Sees("Demander la signature des responsables", "Réponse attendue jusqu’au")
	teacher.Sound()
	teacher.Picture("signature-form")

	for _, profile := range []string{"eleve", "enseignant", "direction"} {
		who := signedIn(t, school, school.Account(t, profile, "Collège"))
		if status, err := who.post(path+"/signer", answer); err != nil || status != http.StatusForbidden {
			t.Errorf("%s signs: %d %v", profile, status, err)
		}
	}
	other := signedIn(t, school, school.Account(t, "parent", "Lycée"))
	if status, err := other.post(path+"/signer", answer); err != nil || status != http.StatusNotFound {
		t.Errorf("another school's parent signs: %d %v", status, err)
	}

	parent.Go(path)
	parent.ClickText("Je refuse pour")
	parent.Sees("Votre refus est noté", "Vous avez refusé pour "+child+" le ")
	parent.ClickText("Annuler ma réponse")
	parent.Sees("Votre réponse est annulée")
	parent.Go("/semaine")
	if got := where(":not(.done)"); got != path || strings.Contains(path, "?") {
		parent.fail("what was taken back is not to be signed: %q", got)
	}
}
