package e2e

import (
	"encoding/base64"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/preau-ent/preau/core/mail/mailtest"
)

// TestLettersAreReadByDayAndByNight: every kind of letter that really went out is
// shown as a mail program with a browser inside shows it: on a phone and on a
// desk, light and dark, nothing is too pale and nothing wider than the window.
func TestLettersAreReadByDayAndByNight(t *testing.T) {
	s := startTimed(t)
	b := open(t, Phone)
	next := 0
	letter := func(kind, says string) string {
		t.Helper()
		came := s.mails.read()
		if len(came) != next+1 {
			t.Fatalf("%s: %d letters came, not one: %v", kind, len(came)-next, subjects(came[next:]))
		}
		raw := came[next]
		next++
		m, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		page := mailtest.Parts(t, m)["text/html"]
		if !strings.Contains(fold(page), fold(says)) {
			t.Errorf("%s does not say %q:\n%s", kind, says, page)
		}
		b.reads(kind, page)
		return raw
	}
	day := s.now().AddDate(0, 0, 1) // a Wednesday
	ten := time.Date(day.Year(), day.Month(), day.Day(), 10, 0, 0, 0, s.zone())
	s.move(ten)

	pupilOf := school.Account(t, "eleve", "Collège")
	parent := signedIn(t, s.school, school.Account(t, "parent", "Collège"))
	confirm := func(raw string) {
		t.Helper()
		_, link, _ := strings.Cut(strings.TrimPrefix(s.leads(raw, `/e/\w+/compte/courriel/[\w-]+`), "/e/"), "/")
		parent.does(t, "/"+link, nil)
	}
	parent.does(t, "/compte/courriel", url.Values{"courriel": {"famille@example.org"}})
	confirm(letter("confirmation", "Confirmer mon adresse"))
	parent.does(t, "/compte/courriel/oublier", nil)
	letter("former", "Changer mon mot de passe")
	parent.does(t, "/compte/courriel", url.Values{"courriel": {"maison@example.org"}})
	confirm(letter("confirmation", "Confirmer mon adresse"))

	parent.does(t, "/compte/notifications", url.Values{"quoi": {"detail"}, "avis-devoirs.correction": {"page", "mail"}, "avis-devoirs.enfant": {"page", "digest"}})
	teacher := signedIn(t, s.school, school.Account(t, "enseignant", "Collège"))
	copies := s.handedIn(teacher, pupilOf, ten)
	teacher.does(t, copies+"/corriger", url.Values{"appreciation": {"Bien"}})
	s.move(ten.Add(6 * time.Hour))
	letter("single", first(pupilOf.Name))
	s.move(ten.Add(8*time.Hour + 5*time.Minute))
	letter("digest", "Votre résumé")

	parent, teacher = signedIn(t, s.school, school.Account(t, "parent", "Collège")), signedIn(t, s.school, school.Account(t, "enseignant", "Collège")) // the day was long
	parent.does(t, "/compte/notifications", url.Values{"quoi": {"resume"}, "jour": {strconv.Itoa(int(time.Friday))}, "heure": {strconv.Itoa(18 * 60)}})
	s.sets(teacher, "Lecture suivie", s.now())
	s.move(ten.AddDate(0, 0, 2).Add(8*time.Hour + 10*time.Minute))
	letter("weekly", "Votre résumé")
}

// reads looks at a letter on a phone and on a desk, by day and by night.
func (b *Browser) reads(kind, page string) {
	b.t.Helper()
	b.do(chromedp.Navigate("data:text/html;charset=utf-8;base64,"+base64.StdEncoding.EncodeToString([]byte(page))), chromedp.WaitReady("body"))
	src, err := checker()
	if err != nil {
		b.t.Fatal(err)
	}
	eval[int](b, src)
	for _, scheme := range []string{"light", "dark"} {
		b.media("", scheme)
		for _, width := range []int64{320, Phone, Desktop} {
			b.Width(width)
			for _, found := range eval[[]string](b, `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']}).then(r =>
				r.violations.map(v => v.id + ' — ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + (n.any[0]?.message ?? '')).join(' | ')))`) {
				b.t.Errorf("%s, %s, %d px: %s", kind, scheme, width, found)
			}
			if wide := eval[int](b, `document.documentElement.scrollWidth`); wide > int(width) {
				b.t.Errorf("%s, %s: %d px wide in %d", kind, scheme, wide, width)
			}
			if night := eval[bool](b, `matchMedia('(prefers-color-scheme: dark)').matches`); night != (scheme == "dark") {
				b.t.Fatalf("%s is not %s", kind, scheme)
			}
			if width != 320 {
				b.Picture("letter-" + kind + "-" + strconv.Itoa(int(width)) + "-" + scheme)
			}
		}
		if light := eval[int](b, `parseInt(getComputedStyle(document.body).backgroundColor.match(/\d+/)[0])`); light > 128 == (scheme == "dark") {
			b.t.Errorf("%s, %s: the paper is of the light %d", kind, scheme, light)
		}
	}
}

// subjects tells letters apart in a failure.
func subjects(letters []string) (all []string) {
	for _, one := range letters {
		_, rest, _ := strings.Cut(one, "Subject: ")
		line, _, _ := strings.Cut(rest, "\n")
		all = append(all, line)
	}
	return all
}
