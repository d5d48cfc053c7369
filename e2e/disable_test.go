package e2e

import (
	"strings"
	"testing"
)

// TestHeadDisablesAModule: gone from menu, home and address, for that school
// only, and back when switched on again.
func TestHeadDisablesAModule(t *testing.T) {
	head := open(t, Desktop)
	head.SignIn(school.Account(t, "direction", "Collège"))
	pupil := open(t, Phone)
	pupil.SignIn(school.Account(t, "eleve", "Collège"))
	other := open(t, Phone)
	other.SignIn(school.Account(t, "eleve", "Lycée"))

	head.Go("/administration/modules/devoirs")
	head.Sound()
	head.Confirm("Désactiver")
	for _, c := range []struct {
		who  *Browser
		here bool
	}{{pupil, false}, {head, false}, {other, true}} {
		c.who.Go("/")
		html := eval[string](c.who, "document.documentElement.outerHTML")
		if got := strings.Contains(html, "/m/devoirs"); got != c.here {
			t.Errorf("%s: devoirs in the menu: %v, want %v", c.who.Path(), got, c.here)
		}
		if got := strings.Contains(html, `href="/m/devoirs/devoir/`); got != c.here {
			t.Errorf("%s: homework in ma semaine: %v, want %v", c.who.Path(), got, c.here)
		}
		want := map[bool]int{true: 200, false: 404}[c.here]
		if got := c.who.Status("/m/devoirs/"); got != want {
			t.Errorf("/m/devoirs/ answered %d, want %d", got, want)
		}
	}

	head.Go("/administration/modules/devoirs")
	head.ClickText("Activer")
	if got := pupil.Status("/m/devoirs/"); got != 200 {
		t.Errorf("switched on again, /m/devoirs/ answered %d", got)
	}
}
