package web_test

import (
	"strings"
	"testing"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/mail/mailtest"
)

// TestFormerAddressIsTold: who read somebody's mails until now learns that they go
// elsewhere, not where, and what to do; the change does not hang on that letter.
func TestFormerAddressIsTold(t *testing.T) {
	box := mailtest.New(t)
	s := startWith(t, core.Config{Mail: mail.Config{Server: box.Address(), From: "ent@example.fr"}})
	paul := s.as("paul")
	came := 0
	take := func(address string, letters int) {
		t.Helper()
		if res := paul.post("/compte/courriel", "courriel", address); res.StatusCode != 303 {
			t.Fatalf("%d %s", res.StatusCode, res.text)
		}
		_, m := box.Last(t)
		found := proof.FindStringSubmatch(mailtest.Parts(t, m)["text/plain"])
		if found == nil {
			t.Fatal("no link came")
		}
		if address == "trois@example.org" {
			box.Refuse("RCPT", "550 no such person")
		}
		if res := paul.post(strings.TrimPrefix(found[1], "/e/0750655E")); res.StatusCode != 303 {
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
