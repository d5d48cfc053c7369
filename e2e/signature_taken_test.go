package e2e

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/sdk/ids"
)

// TestWhoSignsNothingIsNotAsked: a school that takes signing from parents in the
// evening has them read in the morning that there is an outing, not that they are to
// sign; the choice of notices does not speak of it any more.
func TestWhoSignsNothingIsNotAsked(t *testing.T) {
	s := startTimed(t, "agenda")
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	written := s.now().In(paris)
	seven := time.Date(written.Year(), written.Month(), written.Day()+1, 7, 0, 0, 0, paris)
	teacher, parent := signedIn(t, school, school.Account(t, "enseignant", "Collège")), signedIn(t, school, school.Account(t, "parent", "Collège"))
	form, _, err := teacher.get("/m/agenda/nouvelle")
	if err != nil {
		t.Fatal(err)
	}
	class := regexp.MustCompile(`value="(g:[^"]+)"[^>]*>\s*(?:<[^>]*>\s*)*6e A`).FindStringSubmatch(form)
	if class == nil {
		t.Fatal("the form offers no class")
	}
	writes := func(title string) {
		t.Helper()
		day := seven.AddDate(0, 0, 7).Format(time.DateOnly)
		status, err := teacher.post("/m/agenda/nouvelle", url.Values{"titre": {title}, "agenda": {class[1]}, "debut": {day + "T10:00"}, "fin": {day + "T12:00"},
			"signature": {"on"}, "signer-avant": {seven.AddDate(0, 0, 5).Format(time.DateOnly)}})
		if err != nil || status != http.StatusSeeOther {
			t.Fatalf("%s: %d %v", title, status, err)
		}
	}
	offered := func() bool {
		t.Helper()
		if status, err := parent.post("/compte/notifications", url.Values{"quoi": {"detail"}, "avis-agenda.nouveau": {"page"}, "avis-agenda.signature": {"page"}}); err != nil || status != http.StatusSeeOther {
			t.Fatalf("%d %v", status, err)
		}
		page, _, err := parent.get("/compte/notifications")
		if err != nil || !strings.Contains(page, `name="avis-agenda.nouveau"`) {
			t.Fatalf("no choice of notices: %v", err)
		}
		return strings.Contains(page, `name="avis-agenda.signature"`)
	}
	if !offered() {
		t.Error("who signs does not choose how they are asked to")
	}
	writes("Sortie au planétarium")
	var uai ids.SchoolID
	list, err := s.Identity.Schools(t.Context())
	for _, one := range list {
		if strings.Contains(one.Name, "Collège") {
			uai = one.ID
		}
	}
	if err == nil {
		err = s.Access.Set(t.Context(), access.Change{School: uai, Role: string(ids.Parent), Permission: "agenda.sign", Effect: access.Deny})
	}
	if err != nil {
		t.Fatal(err)
	}
	writes("Sortie à la ferme")
	s.move(seven)
	page, _, err := parent.get("/notifications")
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"Sortie au planétarium", "Sortie à la ferme"} {
		if !regexp.MustCompile(`Nouveau dans l’agenda[\s\x{a0}\x{202f}]*: ` + title).MatchString(page) {
			t.Errorf("%s is not told: %q", title, regexp.MustCompile(`[^<>]*Sortie[^<>]*`).FindAllString(page, -1))
		}
		if regexp.MustCompile(`À signer[^<]*: ` + title).MatchString(page) {
			t.Errorf("%s is to be signed", title)
		}
	}
	if offered() {
		t.Error("who signs nothing chooses how they are asked to")
	}
}
