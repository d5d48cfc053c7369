package web_test

import (
	"html"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// search is the address of results.
func search(words string, more ...string) string {
	q := url.Values{"q": {words}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return "/recherche?" + q.Encode()
}

// filled makes the indexes of both schools now.
func (s *site) filled() {
	s.t.Helper()
	for _, school := range []ids.SchoolID{college, lycee} {
		if err := s.Search.Rebuild(s.t.Context(), school, nil); err != nil {
			s.t.Fatal(err)
		}
	}
}

// Everybody finds what is theirs; pages of the console are not a pupil's.
func TestSearchAnswersEachTheirOwn(t *testing.T) {
	s := start(t, "banc")
	s.filled()
	for who, right := range map[string]bool{"ana": false, "paul": false, "lea": false, "yann": true} {
		v := s.as(who)
		if res := v.get(search("mot de pase")); res.StatusCode != 200 || !strings.Contains(res.text, `href="/compte/mot-de-passe"`) {
			t.Errorf("%s does not find the password's page: %d\n%s", who, res.StatusCode, res.text)
		}
		if res := v.get(search("droits permissions")); strings.Contains(res.text, `href="/administration/droits"`) != right {
			t.Errorf("%s finds the console's page of rights: %v", who, !right)
		}
	}
	pupil := s.as("ana")
	for in, want := range map[string]int{"core.settings": 200, "core.people": 200, "banc": 404, "nulle-part": 404, "../..": 404} {
		if res := pupil.get(search("passe", "dans", in, "apres", "-7")); res.StatusCode != want {
			t.Errorf("only in %s: %d, want %d", in, res.StatusCode, want)
		}
	}
	if res := pupil.get(search("mot passe"), "Accept", "application/json"); res.StatusCode != 200 || !strings.Contains(res.text, `"/compte/mot-de-passe"`) {
		t.Errorf("as a program: %d %s", res.StatusCode, res.text)
	}
	for _, path := range []string{search("mot de passe"), search(""), search("mot", "dans", "core.people")} {
		if res := s.nobody().get(path); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") {
			t.Errorf("nobody, %s: %d to %q", path, res.StatusCode, res.path())
		}
		if res := s.nobody().get(path, "Accept", "application/json"); res.StatusCode != 401 {
			t.Errorf("nobody as a program, %s: %d", path, res.StatusCode)
		}
	}
}

// Whatever is typed, the page answers, keeps it in the box, and says what to do
// when it finds nothing.
func TestSearchTakesWhatPeopleType(t *testing.T) {
	s := start(t)
	s.filled()
	pupil := s.as("ana")
	const start, none, nothing = "Écrivez ce que vous cherchez", "Rien ne correspond", "Écrivez au moins un mot"
	for _, c := range []struct{ words, kept, says string }{
		{"", "", start},
		{"   ", "", start},
		{"x", "x", none},
		{"a", "a", ""},
		{"de la", "de la", ""},
		{"« mot de passe »", "« mot de passe »", "Mot de passe"},
		{`"mot de passe"`, `"mot de passe"`, "Mot de passe"},
		{"mot  de\tpasse ", "mot de passe", "Mot de passe"},
		{"MOT DE PASSE !", "MOT DE PASSE !", "Mot de passe"},
		{"🙂", "🙂", nothing},
		{"?!…", "?!…", nothing},
		{"mot de passe 🔑", "mot de passe 🔑", "Mot de passe"},
		{"\x00", "\x00", nothing},
		{"\xff\xfe", "", start},
		{"xylophone~2 AND NOT *:*", "xylophone~2 AND NOT *:*", none},
		{`" onfocus="alert(1)`, `" onfocus="alert(1)`, none},
		{"<script>alert(1)</script>", "<script>alert(1)</script>", none},
		{strings.Repeat("é", 300), strings.Repeat("é", 200), none},
		{strings.Repeat("mot ", 400), strings.TrimSpace(strings.Repeat("mot ", 50)), "Mot de passe"},
	} {
		res := pupil.get(search(c.words))
		if res.StatusCode != 200 || !strings.Contains(plainly(res.text), c.says) {
			t.Errorf("%.30q: %d, want a page that says %q", c.words, res.StatusCode, c.says)
		}
		if strings.Contains(res.text, "<script>alert") || strings.Contains(res.text, `" onfocus=`) {
			t.Errorf("%.30q is on the page as it was typed", c.words)
		}
		_, box, _ := strings.Cut(res.text[strings.Index(res.text, "<main"):], `name="q"`)
		box, _, _ = strings.Cut(box, ">")
		_, kept, _ := strings.Cut(box, `value="`)
		kept, _, _ = strings.Cut(kept, `"`)
		if html.UnescapeString(kept) != c.kept {
			t.Errorf("%.30q: the box has %q, want %q", c.words, html.UnescapeString(kept), c.kept)
		}
	}
}

// plainly is a page with ordinary spaces.
func plainly(page string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "&#39;", "'").Replace(page)
}

// crowd adds two classes with a pupil, a guardian and a teacher each, the three
// offices, and a head in the other school. It returns the pages of people and of
// classes, by name.
func (s *site) crowd() map[string]string {
	s.t.Helper()
	entry := func(login string, p ids.Profile, groups, children []string) identity.Entry {
		return identity.Entry{Source: login, FirstName: login, LastName: "Dubreuil", Profile: p, Login: login, Password: secret, Keep: true, Groups: groups, Children: children}
	}
	a, b := []string{"A"}, []string{"B"}
	people := []identity.Entry{
		entry("eve", ids.Eleve, a, nil), entry("bob", ids.Eleve, b, nil),
		entry("pam", ids.Parent, nil, []string{"eve"}), entry("per", ids.Parent, nil, []string{"bob"}),
		entry("max", ids.Enseignant, a, nil), entry("mia", ids.Enseignant, b, nil),
		entry("vic", ids.VieScol, nil, nil), entry("dan", ids.Direction, nil, nil), entry("sam", ids.Personnel, nil, nil),
	}
	saved, err := s.Identity.SaveMembers(s.t.Context(), identity.Batch{School: college, People: people,
		Groups: []identity.Group{{Source: "A", Name: "5e Atlas", Kind: identity.Classe}, {Source: "B", Name: "5e Boréal", Kind: identity.Classe}}})
	if err != nil {
		s.t.Fatal(err)
	}
	pages := map[string]string{}
	for i, p := range people {
		pages[p.Login] = "/annuaire/" + string(saved.People[i])
	}
	groups, err := s.Identity.Groups(s.t.Context(), college)
	if err != nil || len(groups) != 2 {
		s.t.Fatal(groups, err)
	}
	for _, g := range groups {
		pages[g.Name] = "/annuaire/classe/" + g.ID
	}
	s.save(lycee, entry("rex", ids.Direction, nil, nil))
	return pages
}

// Of the directory each profile finds and opens its own part, and no more: staff
// are everybody's, pupils their classes', their families' and the staff's,
// guardians the offices' and their children's teachers'.
func TestDirectoryIsForEachTheirPart(t *testing.T) {
	s := start(t)
	pages := s.crowd()
	s.filled()
	staff := []string{"max", "mia", "vic", "dan", "sam"}
	everybody := append([]string{"eve", "bob", "pam", "per", "5e Atlas", "5e Boréal"}, staff...)
	for who, also := range map[string][]string{
		"eve": {"eve", "5e Atlas"},
		"bob": {"bob", "5e Boréal"},
		"pam": {"pam", "eve", "5e Atlas"},
		"per": {"per", "bob", "5e Boréal"},
		"max": {"eve", "bob", "pam", "5e Atlas", "5e Boréal"},
		"mia": {"eve", "bob", "per", "5e Atlas", "5e Boréal"},
		"vic": everybody, "dan": everybody, "sam": everybody,
		"rex": nil, // of another school
	} {
		v := s.as(who)
		for name, page := range pages {
			may := slices.Contains(also, name) || who != "rex" && slices.Contains(staff, name)
			title := name
			if !strings.HasPrefix(name, "5e") {
				title += " Dubreuil"
			}
			res := v.get(page)
			if want := map[bool]int{true: 200, false: 404}[may]; res.StatusCode != want || strings.Contains(res.text, title) != may {
				t.Errorf("%s opens the page of %s: %d, want %d", who, name, res.StatusCode, want)
			}
			if res := v.get(search(title)); res.StatusCode != 200 || strings.Contains(res.text, `href="`+page+`"`) != may {
				t.Errorf("%s finds %s: %v", who, name, !may)
			}
		}
	}
	for name, page := range pages {
		if res := s.nobody().get(page); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") || strings.Contains(res.text, name) {
			t.Errorf("nobody opens the page of %s: %d to %q", name, res.StatusCode, res.path())
		}
		if res := s.nobody().get(page, "Accept", "application/json"); res.StatusCode != 401 || strings.Contains(res.text, name) {
			t.Errorf("nobody as a program opens the page of %s: %d", name, res.StatusCode)
		}
	}
	for _, path := range []string{"/annuaire/", "/annuaire/rien", "/annuaire/classe/rien", "/annuaire/classe/%20", "/annuaire/" + strings.Repeat("x", 2000)} {
		if res := s.as("dan").get(path); res.StatusCode != 404 {
			t.Errorf("%.40s: %d", path, res.StatusCode)
		}
	}
}
