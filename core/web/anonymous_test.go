package web_test

import (
	"strings"
	"testing"
)

// TestNobodyChangesTheSchool: who is not signed in is sent to sign in, and changes
// nothing that the school says of itself.
func TestNobodyChangesTheSchool(t *testing.T) {
	s := start(t)
	nobody, head := s.nobody(), s.as("yann")
	for _, path := range []string{"/administration/libelles", "/administration/accessibilite", "/administration/personnes/x/profil", "/administration/classes/x/retablir"} {
		if path != "/administration/classes/x/retablir" {
			if res := nobody.get(path); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") {
				t.Errorf("GET %s: %d to %q", path, res.StatusCode, res.path())
			}
		}
		if res := nobody.post(path, "nom", "Pirate", ":web.nav.home", "Pirate", "profil", "direction"); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") {
			t.Errorf("POST %s: %d to %q", path, res.StatusCode, res.path())
		}
	}
	for _, path := range []string{"/administration/libelles", "/accessibilite"} {
		if strings.Contains(head.get(path).text, "Pirate") {
			t.Errorf("%s was changed", path)
		}
	}
}
