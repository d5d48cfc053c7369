package e2e

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// leads is what a mail asks its reader to open, without the site.
func (s *timed) leads(letter, pattern string) string {
	s.t.Helper()
	found := regexp.MustCompile(regexp.QuoteMeta(s.school.URL) + `(` + pattern + `)`).FindStringSubmatch(plainMail(letter))
	if found == nil {
		s.t.Fatalf("the letter leads nowhere like %s:\n%s", pattern, clip(plainMail(letter), 3000))
	}
	return found[1]
}

// does posts a form that must be taken.
func (c *client) does(t *testing.T, path string, form url.Values) {
	t.Helper()
	if status, err := c.post(path, form); err != nil || status != http.StatusSeeOther {
		t.Fatalf("%s: %d %v", path, status, err)
	}
}

// TestOneLetterForTwoCorrections: a parent gives an address, confirms it by the link
// that came there, and wants mails of corrections; the teacher corrects a copy, and
// corrects it again: one letter comes, which names child and school, and one click
// in it ends such letters.
func TestOneLetterForTwoCorrections(t *testing.T) {
	s := startTimed(t)
	teacherOf, pupilOf, parentOf := school.Account(t, "enseignant", "Collège"), school.Account(t, "eleve", "Collège"), school.Account(t, "parent", "Collège")
	day := s.now().AddDate(0, 0, 1)
	ten := time.Date(day.Year(), day.Month(), day.Day(), 10, 0, 0, 0, s.zone())
	s.move(ten)

	parent := signedIn(t, s.school, parentOf)
	parent.does(t, "/compte/courriel", url.Values{"courriel": {"famille@example.org"}})
	came := s.mails.read()
	if len(came) != 1 || !strings.Contains(came[0], "famille@example.org") {
		t.Fatalf("%d letters: %s", len(came), came)
	}
	link := s.leads(came[0], `/e/\w+/compte/courriel/[\w-]+`)
	_, link, _ = strings.Cut(strings.TrimPrefix(link, "/e/"), "/")
	parent.does(t, "/"+link, nil)
	parent.does(t, "/compte/notifications", url.Values{"quoi": {"detail"}, "avis-devoirs.correction": {"page", "mail"}})

	teacher := signedIn(t, s.school, teacherOf)
	copies := s.handedIn(teacher, pupilOf, ten)
	for i, words := range []string{"Bien", "Très bien, j’avais mal compté"} {
		s.move(ten.Add(time.Duration(i) * time.Minute))
		teacher.does(t, copies+"/corriger", url.Values{"appreciation": {words}})
	}
	if n := len(s.mails.read()); n != 1 {
		t.Fatalf("%d letters before the second correction has settled", n)
	}
	s.move(ten.Add(5 * time.Minute))
	s.move(ten.Add(6 * time.Hour))
	if came = s.mails.read(); len(came) != 2 {
		t.Fatalf("%d letters: %s", len(came)-1, came[1:])
	}
	letter := plainMail(came[1])
	for _, part := range []string{"famille@example.org", first(pupilOf.Name), "Collège", "/e/"} {
		if !strings.Contains(letter, part) && !strings.Contains(came[1], part) {
			t.Errorf("the letter does not say %q:\n%s", part, came[1])
		}
	}
	if strings.Contains(letter, "compté") {
		t.Error("the letter says what only the page may")
	}
	notice := s.leads(came[1], `/e/\w+/notifications/[\w-]+`)
	if res, err := parent.Get(s.school.URL + notice); err != nil || res.StatusCode != http.StatusSeeOther {
		t.Errorf("the letter's link: %v %v", res, err)
	} else {
		res.Body.Close()
	}

	stop := between(t, came[1], "List-Unsubscribe: <"+s.school.URL, ">")
	res, err := http.Post(s.school.URL+stop, "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("one click: %v %v", res, err)
	}
	res.Body.Close()
	teacher.does(t, copies+"/corriger", url.Values{"appreciation": {"Encore mieux"}})
	s.move(ten.Add(9 * time.Hour))
	if n := len(s.mails.read()); n != 2 {
		t.Errorf("%d letters after the click", n-2)
	}
}

// zone is that of the school.
func (s *timed) zone() *time.Location {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		s.t.Fatal(err)
	}
	return paris
}

// option is a choice of a form that names the class.
var option = regexp.MustCompile(`value="([^"]+)"[^>]*>\s*(?:<[^>]+>\s*)*6e A`)

// sets has a teacher set homework that is handed in three days later.
func (s *timed) sets(teacher *client, title string, now time.Time) {
	s.t.Helper()
	page, _, err := teacher.get("/m/devoirs/nouveau")
	class := option.FindStringSubmatch(page)
	if err != nil || class == nil {
		s.t.Fatalf("no class to choose in %s: %v", clip(page, 4000), err)
	}
	teacher.does(s.t, "/m/devoirs/nouveau", url.Values{"titre": {title}, "matiere": {"Français"}, "pour": {class[1]}, "rendu": {"oui"},
		"echeance": {now.AddDate(0, 0, 3).Format("2006-01-02T15:04")}})
}

// handedIn has a teacher set homework and the pupil hand it in, and returns the
// address of that copy.
func (s *timed) handedIn(teacher *client, pupilOf Account, now time.Time) string {
	s.t.Helper()
	s.sets(teacher, "Deux corrections", now)
	pupil := signedIn(s.t, s.school, pupilOf)
	list, _, err := pupil.get("/m/devoirs/")
	found := regexp.MustCompile(`href="(/m/devoirs/devoir/[\w-]+)[^"]*"[^>]*>\s*(?:<[^>]+>\s*)*Deux corrections`).FindStringSubmatch(list)
	if err != nil || found == nil {
		s.t.Fatalf("the pupil does not see it: %v\n%s", err, clip(list, 4000))
	}
	pupil.does(s.t, found[1]+"/rendre", url.Values{"texte": {"Mon récit."}})
	person, err := s.Identity.PersonByLogin(s.t.Context(), pupilOf.Login)
	if err != nil {
		s.t.Fatal(err)
	}
	return found[1] + "/copie/" + string(person)
}
