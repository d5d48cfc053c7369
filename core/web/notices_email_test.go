package web_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/mail/mailtest"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

var proof = regexp.MustCompile(`http://[^/\s]+(/e/0750655E/compte/courriel/[\w-]+)`)

// TestOwnEmail: a parent gives an address, opens the link that came there, and is
// written to there from then on; nobody else can use the link.
func TestOwnEmail(t *testing.T) {
	box := mailtest.New(t)
	s := startWith(t, core.Config{Mail: mail.Config{Server: box.Address(), From: "ent@example.fr"}}, "banc")
	paul, yann, tom := s.as("paul"), s.as("yann"), s.as("tom")
	page := paul.get("/compte/courriel")
	for _, part := range []string{"Aucune adresse", `name="courriel"`} {
		if page.StatusCode != 200 || !strings.Contains(page.text, part) || strings.Contains(page.text, "⟦") {
			t.Fatalf("%d, %q: %s", page.StatusCode, part, page.text)
		}
	}
	if !strings.Contains(paul.get("/compte").text, `href="/compte/courriel"`) {
		t.Error("not among what one chooses")
	}
	if res := paul.post("/compte/courriel", "courriel", "paul"); res.StatusCode != 422 || !strings.Contains(res.text, "prenom@exemple.fr") {
		t.Errorf("no address: %d", res.StatusCode)
	}
	if res := paul.post("/compte/courriel", "courriel", "paul@example.org"); res.StatusCode != 303 || res.path() != "/compte/courriel" {
		t.Fatalf("%d %s", res.StatusCode, res.text)
	}
	if page := paul.get("/compte/courriel"); !strings.Contains(page.text, "paul@example.org") || !strings.Contains(page.text, "24 heures") {
		t.Errorf("does not say that a link came: %s", page.text)
	}
	e, m := box.Last(t)
	if len(box.Came()) != 1 || !strings.Contains(e.To[0], "<paul@example.org>") {
		t.Fatalf("%+v", e)
	}
	parts := mailtest.Parts(t, m)
	found := proof.FindStringSubmatch(parts["text/plain"])
	if found == nil || !strings.Contains(parts["text/html"], found[1]) || !strings.Contains(parts["text/plain"], "Collège Jean Moulin") {
		t.Fatalf("%q", parts)
	}
	link := strings.TrimPrefix(found[1], "/e/0750655E")

	if res := s.nobody().get(found[1]); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") {
		t.Errorf("nobody: %d %s", res.StatusCode, res.path())
	}
	for who, v := range map[string]*visitor{"another person": yann, "another school": tom} {
		for _, method := range []string{"GET", "POST"} {
			res := v.get(link)
			if method == "POST" {
				res = v.post(link)
			}
			if res.StatusCode != 404 {
				t.Errorf("%s, %s: %d", who, method, res.StatusCode)
			}
		}
	}
	if res := paul.get(found[1]); res.StatusCode != 303 || res.path() != link {
		t.Fatalf("%d %s", res.StatusCode, res.path())
	}
	asked := paul.get(link)
	if asked.StatusCode != 200 || !strings.Contains(asked.text, "paul@example.org") || !strings.Contains(paul.get("/compte/courriel").text, "24 heures") {
		t.Errorf("looking confirms, or the page does not ask: %d", asked.StatusCode)
	}
	if res := paul.post(link); res.StatusCode != 303 {
		t.Fatalf("%d %s", res.StatusCode, res.text)
	}
	if res := paul.post(link); res.StatusCode != 404 {
		t.Errorf("a second time: %d", res.StatusCode)
	}
	if page := paul.get("/compte/notifications"); !strings.Contains(page.text, "paul@example.org") || !strings.Contains(page.text, `href="/compte/courriel"`) {
		t.Error("the choice of notices does not say where mails go")
	}

	s.mailed("paul", "Sortie au musée")
	s.eventually("a mail of the notice", func() bool { return len(box.Came()) == 2 })
	if e, _ := box.Last(t); !strings.Contains(e.To[0], "<paul@example.org>") {
		t.Errorf("%+v", e)
	}
	if res := paul.post("/compte/courriel/oublier"); res.StatusCode != 303 {
		t.Errorf("%d", res.StatusCode)
	}
	if page := paul.get("/compte/courriel"); strings.Contains(strings.ReplaceAll(page.text, "oublier", ""), "paul@example.org") {
		t.Error("not forgotten")
	}
	list, _, err := s.Audit.List(t.Context(), college, audit.Query{Action: audit.EmailChanged})
	if err != nil || len(list) != 3 {
		t.Errorf("on record: %d %v", len(list), err)
	}
}

// TestEmailAskIsCancelled: who mistyped another address takes that back and is
// written to where they were; nobody else does it for them.
func TestEmailAskIsCancelled(t *testing.T) {
	box := mailtest.New(t)
	s := startWith(t, core.Config{Mail: mail.Config{Server: box.Address(), From: "ent@example.fr"}})
	paul := s.as("paul")
	const cancel = "/compte/courriel/annuler"
	ask := func(address string) (link string) {
		t.Helper()
		if res := paul.post("/compte/courriel", "courriel", address); res.StatusCode != 303 {
			t.Fatalf("%d %s", res.StatusCode, res.text)
		}
		_, m := box.Last(t)
		return strings.TrimPrefix(proof.FindStringSubmatch(mailtest.Parts(t, m)["text/plain"])[1], "/e/0750655E")
	}
	if page := paul.get("/compte/courriel"); strings.Contains(page.text, cancel) {
		t.Error("nothing to cancel yet")
	}
	if res := paul.post(ask("paul@example.org")); res.StatusCode != 303 {
		t.Fatalf("%d", res.StatusCode)
	}
	link := ask("pual@example.org")
	page := paul.get("/compte/courriel")
	for _, part := range []string{"Un lien a été envoyé à pual@example.org", `action="` + cancel + `"`, "Annuler cette demande", "paul@example.org, l’adresse que vous avez donnée", "/compte/courriel/oublier"} {
		if !strings.Contains(page.text, part) {
			t.Errorf("%q is missing: %s", part, page.text)
		}
	}
	if res := s.nobody().post(cancel); res.StatusCode != 303 || !strings.HasPrefix(res.path(), "/connexion") {
		t.Errorf("nobody: %d %s", res.StatusCode, res.path())
	}
	if res := s.as("ana").post(cancel); res.StatusCode != 403 {
		t.Errorf("a pupil: %d", res.StatusCode)
	}
	for _, other := range []string{"yann", "tom"} {
		s.as(other).post(cancel)
	}
	if page := paul.get("/compte/courriel"); !strings.Contains(page.text, "pual@example.org") {
		t.Error("cancelled by somebody else")
	}
	if res := paul.post(cancel); res.StatusCode != 303 || res.path() != "/compte/courriel" {
		t.Fatalf("%d %s", res.StatusCode, res.path())
	}
	page = paul.get("/compte/courriel")
	if strings.Contains(page.text, "pual@example.org") || strings.Contains(page.text, cancel) || !strings.Contains(page.text, "paul@example.org, l’adresse que vous avez donnée") {
		t.Errorf("not cancelled, or more than that: %s", page.text)
	}
	if res := paul.post(link); res.StatusCode != 404 {
		t.Errorf("the link still serves: %d", res.StatusCode)
	}
}

// mailed has somebody told of something by mail.
func (s *site) mailed(login, words string) {
	s.t.Helper()
	person, err := s.Identity.PersonByLogin(s.t.Context(), login)
	if err == nil {
		c := notify.UsualChoice()
		c.Preset, c.Always = notify.Own, true
		mailed := []manifest.Way{manifest.OnPage, manifest.ByMail}
		c.Ways = map[string][]manifest.Way{"banc": mailed, "banc.avis": mailed} // switched off, and on
		err = s.Notify.SetChoice(s.t.Context(), person, c)
	}
	if err == nil {
		err = s.Notify.Send(s.t.Context(), college, "banc", &wire.SendRequest{People: []string{string(person)}, Text: &wire.Text{Plain: words}, Link: &wire.Link{Path: "/"}, Urgent: true})
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestOwnEmailIsRefused: not by pupils unless the school lets them, nor when the
// server takes no such address, nor where mails are not in service.
func TestOwnEmailIsRefused(t *testing.T) {
	box := mailtest.New(t)
	s := startWith(t, core.Config{Mail: mail.Config{Server: box.Address(), From: "ent@example.fr"}})
	ana := s.as("ana")
	if strings.Contains(ana.get("/compte").text, "/compte/courriel") {
		t.Error("offered to a pupil")
	}
	for _, path := range []string{"/compte/courriel", "/compte/courriel/x"} {
		if res := ana.get(path); res.StatusCode != 403 {
			t.Errorf("a pupil opens %s: %d", path, res.StatusCode)
		}
		if res := ana.post(path, "courriel", "ana@example.org"); res.StatusCode != 403 {
			t.Errorf("a pupil posts to %s: %d", path, res.StatusCode)
		}
		if res := s.nobody().get(path); res.StatusCode != 303 {
			t.Errorf("nobody opens %s: %d", path, res.StatusCode)
		}
	}
	if res := ana.post("/compte/courriel/oublier"); res.StatusCode != 403 {
		t.Errorf("a pupil forgets: %d", res.StatusCode)
	}
	if err := s.Access.Set(t.Context(), access.Change{School: college, Role: "eleve", Permission: access.OwnEmail, Effect: access.Allow}); err != nil {
		t.Fatal(err)
	}
	if res := ana.get("/compte/courriel"); res.StatusCode != 200 {
		t.Errorf("a pupil whom the school lets: %d", res.StatusCode)
	}
	paul := s.as("paul")
	box.Refuse("RCPT", "550 no such person")
	if res := paul.post("/compte/courriel", "courriel", "paul@example.org"); res.StatusCode != 422 || !strings.Contains(res.text, "refusé") {
		t.Errorf("an address that the server refuses: %d", res.StatusCode)
	}
	box.Refuse("RCPT", "450 busy")
	if res := paul.post("/compte/courriel", "courriel", "paul@example.org"); res.StatusCode != 422 || strings.Contains(paul.get("/compte/courriel").text, "24 heures") {
		t.Errorf("a busy server: %d", res.StatusCode)
	}

	off := start(t)
	paul = off.as("paul")
	if page := paul.get("/compte/courriel"); page.StatusCode != 200 || !strings.Contains(page.text, "pas en service") || strings.Contains(page.text, `name="courriel"`) {
		t.Errorf("without a server: %d %s", page.StatusCode, page.text)
	}
	if res := paul.post("/compte/courriel", "courriel", "paul@example.org"); res.StatusCode != 503 {
		t.Errorf("without a server: %d", res.StatusCode)
	}
}
