package e2e

import (
	"strings"
	"testing"
)

// TestHeadStopsAModule: the emergency brake of one school. The menu entry stays
// and says what happened, other schools notice nothing, one click takes it back.
func TestHeadStopsAModule(t *testing.T) {
	head := open(t, Desktop)
	head.SignIn(school.Account(t, "direction", "Collège"))
	pupil := open(t, Phone)
	pupil.SignIn(school.Account(t, "eleve", "Collège"))
	other := open(t, Phone)
	other.SignIn(school.Account(t, "eleve", "Lycée"))

	head.Go("/administration/modules/agenda")
	head.Sound()
	head.Picture("module-desktop")
	head.Confirm("Arrêter tout de suite")
	head.Sound()
	head.Picture("module-stopped-desktop")
	if got := pupil.Status("/m/agenda/"); got != 503 {
		t.Errorf("stopped, /m/agenda/ answered %d", got)
	}
	pupil.Go("/m/agenda/")
	pupil.Sound()
	pupil.Picture("module-stopped-phone")
	if !strings.Contains(pupil.Text(), "arrêté") {
		t.Errorf("the page does not say that the module was stopped:\n%s", clip(pupil.Text(), 800))
	}
	pupil.Go("/")
	pupil.Sound()
	pupil.Picture("home-stopped-phone")
	if !strings.Contains(eval[string](pupil, "document.documentElement.outerHTML"), "/m/agenda") {
		t.Error("the module lost its place in the menu")
	}
	if got := other.Status("/m/agenda/"); got != 200 {
		t.Errorf("in another school /m/agenda/ answered %d", got)
	}

	head.Width(Phone)
	head.Dark()
	head.Go("/administration/modules/agenda")
	head.Sound()
	head.Picture("module-stopped-head-dark")
	head.ClickText("Remettre en marche")
	if got := pupil.Status("/m/agenda/"); got != 200 {
		t.Errorf("going again, /m/agenda/ answered %d", got)
	}
}
