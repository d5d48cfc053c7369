package web_test

import (
	"strings"
	"testing"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/mail/mailtest"
	"github.com/preau-ent/preau/sdk/ids"
)

// asks gives an address and returns the path of the link that came there.
func (v *visitor) asks(box *mailtest.Server, address string) string {
	v.t.Helper()
	if res := v.post("/compte/courriel", "courriel", address); res.StatusCode != 303 {
		v.t.Fatalf("%d %s", res.StatusCode, res.text)
	}
	_, m := box.Last(v.t)
	found := proof.FindStringSubmatch(mailtest.Parts(v.t, m)["text/plain"])
	if found == nil {
		v.t.Fatal("no link came")
	}
	return strings.TrimPrefix(found[1], "/e/0750655E")
}

// TestFormerAddressIsTold: who read somebody's mails until now learns that they go
// elsewhere, not where, and what to do; the change does not hang on that letter.
func TestFormerAddressIsTold(t *testing.T) {
	box := mailtest.New(t)
	s := startWith(t, core.Config{Mail: mail.Config{Server: box.Address(), From: "ent@example.fr"}})
	paul := s.as("paul")
	came := 0
	take := func(address string, letters int) {
		t.Helper()
		link := paul.asks(box, address)
		if address == "trois@example.org" {
			box.Refuse("RCPT", "550 no such person")
		}
		if res := paul.post(link); res.StatusCode != 303 {
			t.Fatalf("%d %s", res.StatusCode, res.text)
		}
		if came += 1 + letters; len(box.Came()) != came {
			t.Errorf("%s is taken: %d letters in all, want %d", address, len(box.Came()), came)
		}
		if !strings.Contains(paul.get("/compte/courriel").text, address) {
			t.Errorf("%s is not taken", address)
		}
	}
	take("un@example.org", 0) // nobody was written to before
	take("deux@example.org", 1)
	e, m := box.Last(t)
	parts := mailtest.Parts(t, m)
	if !strings.Contains(e.To[0], "<un@example.org>") || strings.Contains(e.Data, "deux@example.org") {
		t.Errorf("%+v", e)
	}
	for _, part := range []string{"a été changée", "Collège Jean Moulin", "prévenez l’établissement", "/e/0750655E/compte/mot-de-passe"} {
		if text := strings.Join(strings.Fields(parts["text/plain"]), " "); !strings.Contains(text, part) {
			t.Errorf("lacks %q: %s", part, text)
		}
	}
	take("trois@example.org", 0) // the former address takes no letter any more
}

// TestForgottenAddressIsTold: who goes back to the school's address has the other one
// told, as one that is replaced is; where nothing changes, or nobody was written
// to, no letter goes, and one that is refused holds nothing up.
func TestForgottenAddressIsTold(t *testing.T) {
	box := mailtest.New(t)
	s := startWith(t, core.Config{Mail: mail.Config{Server: box.Address(), From: "ent@example.fr"}})
	paul := s.as("paul")
	forget := func(when string, letters int) {
		t.Helper()
		before := len(box.Came())
		if res := paul.post("/compte/courriel/oublier"); res.StatusCode != 303 {
			t.Fatalf("%s: %d %s", when, res.StatusCode, res.text)
		}
		if n := len(box.Came()) - before; n != letters {
			t.Errorf("%s: %d letters, want %d", when, n, letters)
		}
		if strings.Contains(paul.get("/compte/courriel").text, "que vous avez donnée") {
			t.Errorf("%s: not forgotten", when)
		}
	}
	own := func(address string) {
		t.Helper()
		if res := paul.post(paul.asks(box, address)); res.StatusCode != 303 {
			t.Fatalf("%d %s", res.StatusCode, res.text)
		}
	}
	forget("nothing to forget", 0)
	own("un@example.org")
	forget("the school knows none", 1)
	e, m := box.Last(t)
	text := strings.Join(strings.Fields(mailtest.Parts(t, m)["text/plain"]), " ")
	if !strings.Contains(e.To[0], "<un@example.org>") {
		t.Errorf("written to %v", e.To)
	}
	for _, part := range []string{"a été changée", "Collège Jean Moulin", "/e/0750655E/compte/mot-de-passe"} {
		if !strings.Contains(text, part) {
			t.Errorf("lacks %q: %s", part, text)
		}
	}

	s.knows("paul", "Ecole@example.org")
	own("deux@example.org")
	forget("back to the school's", 1)
	if e, _ := box.Last(t); !strings.Contains(e.To[0], "<deux@example.org>") || strings.Contains(strings.ToLower(e.Data), "ecole@") {
		t.Errorf("%+v", e)
	}
	own("ecole@example.org")
	forget("the school's is the same", 0)
	own("trois@example.org")
	box.Refuse("RCPT", "550 no such person")
	forget("refused", 0)
}

// knows has the school know an address of somebody.
func (s *site) knows(login, address string) {
	s.t.Helper()
	m, err := s.Identity.MemberBySource(s.t.Context(), college, login)
	if err == nil {
		err = s.Identity.CorrectPerson(s.t.Context(), audit.By{}, college, ids.PersonID(m.ID),
			identity.Details{FirstName: m.FirstName, LastName: m.LastName, Email: address, Children: m.Children})
	}
	if err != nil {
		s.t.Fatal(err)
	}
}
