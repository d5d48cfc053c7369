package web_test

import (
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// tell leaves a notice with somebody, at any hour.
func (s *site) tell(login, words, path string) notify.Notice {
	s.t.Helper()
	person, err := s.Identity.PersonByLogin(s.t.Context(), login)
	if err != nil {
		s.t.Fatal(err)
	}
	err = s.Notify.Send(s.t.Context(), college, "banc", &wire.SendRequest{People: []string{string(person)}, Text: &wire.Text{Plain: words}, Link: &wire.Link{Path: path}, Urgent: true})
	if err != nil {
		s.t.Fatal(err)
	}
	all, _, err := s.Notify.List(s.t.Context(), college, person, "", 1)
	if err != nil || len(all) != 1 {
		s.t.Fatalf("%v %v", all, err)
	}
	return all[0]
}

// TestNotices: a notice names its school, opens once, leads where it says, and is
// nobody else's.
func TestNotices(t *testing.T) {
	s := start(t, "banc")
	ana, paul, tom := s.as("ana"), s.as("paul"), s.as("tom")
	n := s.tell("ana", "Sortie au musée", "/")
	page := ana.get("/notifications")
	for _, part := range []string{"Sortie au musée", "Collège Jean Moulin", n.Address(), "/compte/notifications"} {
		if !strings.Contains(page.text, part) {
			t.Errorf("the list lacks %q", part)
		}
	}
	for who, v := range map[string]*visitor{"another person": paul, "another school": tom} {
		if res := v.get("/notifications/" + n.ID); res.StatusCode != 404 {
			t.Errorf("%s: %d", who, res.StatusCode)
		}
	}
	if res := tom.get(n.Address()); res.StatusCode != 403 {
		t.Errorf("through the address of a school that is not theirs: %d", res.StatusCode)
	}
	if res := s.nobody().get(n.Address()); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") {
		t.Errorf("nobody: %d %s", res.StatusCode, res.path())
	}
	res := ana.get(n.Address())
	if res.StatusCode != 303 || res.path() != "/notifications/"+n.ID {
		t.Fatalf("%d %s", res.StatusCode, res.path())
	}
	if res = ana.get(res.path()); res.StatusCode != 303 || res.path() != "/m/banc/" {
		t.Errorf("%d %s", res.StatusCode, res.path())
	}
	if unread, _ := s.Notify.Unread(t.Context(), college, n.Person); unread != 0 {
		t.Error("opened, and not read")
	}
	s.tell("ana", "Encore une sortie au musée", "/")
	if res := ana.post("/notifications"); res.StatusCode != 303 {
		t.Errorf("%d", res.StatusCode)
	}
	if unread, _ := s.Notify.Unread(t.Context(), college, n.Person); unread != 0 {
		t.Error("all marked, and not read")
	}
	if res := ana.get("/notifications?avant=hier"); res.StatusCode != 422 && res.StatusCode != 400 {
		t.Errorf("garbage: %d", res.StatusCode)
	}
}

// TestWays: the three choices, the hours, and what is refused.
func TestWays(t *testing.T) {
	s := start(t, "banc")
	ana := s.as("ana")
	person, err := s.Identity.PersonByLogin(t.Context(), "ana")
	if err != nil {
		t.Fatal(err)
	}
	choice := func() notify.Choice {
		t.Helper()
		c, err := s.Notify.Choice(t.Context(), person)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	page := ana.get("/compte/notifications")
	if page.StatusCode != 200 || strings.Count(page.text, `name="choix"`) != 3 || strings.Contains(page.text, "⟦") {
		t.Errorf("%d, %d choices", page.StatusCode, strings.Count(page.text, `name="choix"`))
	}
	for _, x := range []struct{ value, want string }{{"digest", "digest"}, {"page", "page"}, {"now", ""}} {
		if res := ana.post("/compte/notifications", "choix", x.value); res.StatusCode != 303 || string(choice().Preset) != x.want {
			t.Errorf("%s: %d %+v", x.value, res.StatusCode, choice())
		}
	}
	if res := ana.post("/compte/notifications", "quoi", "heures", "de", "480", "jusque", "1080", "semaine", "on"); res.StatusCode != 303 || choice().Opens != 480 || choice().Closes != 1080 || !choice().WeekEnds {
		t.Errorf("%d %+v", res.StatusCode, choice())
	}
	if res := ana.post("/compte/notifications", "quoi", "resume", "jour", "3", "heure", "420"); res.StatusCode != 303 || !choice().Weekly || choice().Weekday != 3 || choice().Hour != 420 {
		t.Errorf("%d %+v", res.StatusCode, choice())
	}
	for name, form := range map[string][]string{
		"a choice there is not": {"choix", "smoke"}, "hours backwards": {"quoi", "heures", "de", "1080", "jusque", "480"},
		"no number": {"quoi", "heures", "de", "x", "jusque", "480"}, "no hour": {"quoi", "resume", "heure", "9999"}, "no day": {"quoi", "resume", "jour", "9", "heure", "60"},
	} {
		if res := ana.post("/compte/notifications", form...); res.StatusCode < 400 || res.StatusCode >= 500 {
			t.Errorf("%s: %d", name, res.StatusCode)
		}
	}
	if c := choice(); c.Opens != 480 || c.Hour != 420 {
		t.Errorf("a refused form changed %+v", c)
	}
	if res := ana.post("/compte/notifications/navigateur", "endpoint", "https://127.0.0.1/x", "p256dh", "x", "auth", "x"); res.StatusCode != 422 && res.StatusCode != 400 {
		t.Errorf("an address within: %d", res.StatusCode)
	}
	if res := ana.post("/compte/notifications/navigateur"); res.StatusCode != 303 {
		t.Errorf("without a script: %d", res.StatusCode)
	}
	if res := ana.post("/compte/notifications/navigateur/oublier"); res.StatusCode != 303 {
		t.Errorf("%d", res.StatusCode)
	}
}

// TestOneClick: looking at the address ends nothing; a POST without session,
// cookie or origin does, and a forged one is unknown.
func TestOneClick(t *testing.T) {
	s := start(t, "banc")
	nobody := s.nobody()
	path := s.Notify.StopPath(ids.PersonID("p1"), "*")
	if res := nobody.get(path); res.StatusCode != 200 || !strings.Contains(res.text, "<form") {
		t.Errorf("%d", res.StatusCode)
	}
	if c, _ := s.Notify.Choice(t.Context(), "p1"); len(c.Unmailed) > 0 {
		t.Error("looking ended it")
	}
	post := func(path string) int {
		return nobody.do("POST", path, strings.NewReader("List-Unsubscribe=One-Click"), "Content-Type", "application/x-www-form-urlencoded").StatusCode
	}
	if got := post(path); got != 200 {
		t.Errorf("%d", got)
	}
	if c, _ := s.Notify.Choice(t.Context(), "p1"); len(c.Unmailed) != 1 {
		t.Error("not ended")
	}
	for _, forged := range []string{path + "x", notify.StopPrefix + "x.y", notify.StopPrefix + "x"} {
		if got := post(forged); got != 404 {
			t.Errorf("%s: %d", forged, got)
		}
	}
}

// TestBellCountsAllSchools: who is told something in two schools sees one number,
// the same on every page of both, in the stream and above the list that holds all
// of it; each line names its school.
func TestBellCountsAllSchools(t *testing.T) {
	s := start(t, "banc")
	s.both("paul")
	if err := s.Host.Enable(t.Context(), lycee, "banc"); err != nil {
		t.Fatal(err)
	}
	person := s.login("paul")
	for _, school := range []ids.SchoolID{college, lycee} {
		err := s.Notify.Send(t.Context(), school, "banc", &wire.SendRequest{People: []string{string(person)}, Text: &wire.Text{Plain: "Sortie de " + string(school)}, Link: &wire.Link{Path: "/"}, Urgent: true})
		if err != nil {
			t.Fatal(err)
		}
	}
	paul := s.as("paul")
	count := func(page string) string {
		_, rest, _ := strings.Cut(page, `class="count"`)
		_, rest, _ = strings.Cut(rest, ">")
		n, _, _ := strings.Cut(rest, "<")
		return n
	}
	for _, school := range []ids.SchoolID{college, lycee} {
		if res := paul.get("/e/" + string(school) + "/"); res.StatusCode != 303 {
			t.Fatalf("to %s: %d", school, res.StatusCode)
		}
		for _, page := range []string{"/", "/notifications"} {
			if got := count(paul.get(page).text); got != "2" {
				t.Errorf("%s of %s counts %q", page, school, got)
			}
		}
	}
	page := paul.get("/notifications").text
	for _, part := range []string{"Sortie de 0750655E", "Collège Jean Moulin", "Sortie de 0750001D", "Lycée Voltaire"} {
		if !strings.Contains(page, part) {
			t.Errorf("the list lacks %q", part)
		}
	}
	if res := paul.post("/notifications"); res.StatusCode != 303 || count(paul.get("/").text) != "" {
		t.Errorf("all read, and %q left", count(paul.get("/").text))
	}
}

// TestKindForSome: a kind of notice that asks for a permission is offered to, and
// reaches, who holds it in the school by now, whatever a form says.
func TestKindForSome(t *testing.T) {
	s := start(t, "banc")
	const field = "avis-banc.reserve"
	person := map[string]ids.PersonID{}
	as := map[string]*visitor{}
	for _, login := range []string{"ana", "lea"} {
		id, err := s.Identity.PersonByLogin(t.Context(), login)
		if err != nil {
			t.Fatal(err)
		}
		person[login], as[login] = id, s.as(login)
		if res := as[login].post("/compte/notifications", "quoi", "detail", "avis-banc.avis", "page", field, "page"); res.StatusCode != 303 {
			t.Fatal(res.StatusCode)
		}
	}
	told := 0
	check := func(when, login string, want bool) {
		t.Helper()
		page := as[login].get("/compte/notifications").text
		if !strings.Contains(page, `name="avis-banc.avis"`) || strings.Contains(page, `name="`+field+`"`) != want || strings.Contains(page, "⟦") {
			t.Errorf("%s, %s is offered it: %v", when, login, !want)
		}
		before, err := s.Notify.Unread(t.Context(), college, person[login])
		if err == nil {
			told++
			err = s.Notify.Send(t.Context(), college, "banc", &wire.SendRequest{People: []string{string(person[login])}, Kind: "reserve",
				Text: &wire.Text{Plain: "Conseil de classe"}, Link: &wire.Link{Path: "/" + strings.Repeat("x", told)}, Urgent: true})
		}
		if err != nil {
			t.Fatal(err)
		}
		if n, err := s.Notify.Unread(t.Context(), college, person[login]); n > before != want || err != nil {
			t.Errorf("%s, %s is told: %v %v", when, login, !want, err)
		}
	}
	check("as it comes", "lea", true)
	check("as it comes", "ana", false)
	if c, err := s.Notify.Choice(t.Context(), person["ana"]); err != nil || c.Ways["banc.reserve"] != nil || c.Ways["banc.avis"] == nil {
		t.Errorf("chosen of what never comes: %v %v", c.Ways, err)
	}
	for role, effect := range map[ids.Profile]access.Effect{ids.Enseignant: access.Deny, ids.Eleve: access.Allow} {
		if err := s.Access.Set(t.Context(), access.Change{School: college, Role: string(role), Permission: "banc.teach", Effect: effect}); err != nil {
			t.Fatal(err)
		}
	}
	check("the school decided otherwise", "lea", false)
	check("the school decided otherwise", "ana", true)
}
