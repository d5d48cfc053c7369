package identity

import (
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// ask gives an address for somebody of the collège and returns the secret that
// was sent there.
func (b *bench) ask(person ids.PersonID, address string) (secret string, err error) {
	b.t.Helper()
	err = b.AskEmail(b.t.Context(), audit.By{Person: person, Address: here}, college, person, address, func(to, s string) error {
		if to != strings.TrimSpace(address) {
			b.t.Errorf("sent to %q", to)
		}
		secret = s
		return nil
	})
	return secret, err
}

func (b *bench) writtenTo(person ids.PersonID, want string) {
	b.t.Helper()
	m, err := b.Member(b.t.Context(), college, person)
	if err == nil {
		var got string
		if got, err = b.EmailOf(b.t.Context(), m); got != want {
			b.t.Errorf("written to %q, want %q", got, want)
		}
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// TestOwnEmail: an address is the person's once its link was opened, by them, in
// time, once; the school's is there until then and afterwards.
func TestOwnEmail(t *testing.T) {
	b := newBench(t)
	b.save(family())
	teacher, head := b.person(college, "prof"), b.person(college, "chef")
	by := audit.By{Person: teacher, Address: here}
	m, err := b.Member(t.Context(), college, teacher)
	if err == nil {
		err = b.CorrectPerson(t.Context(), by, college, teacher, Details{FirstName: m.FirstName, LastName: m.LastName, Email: "ecole@example.fr"})
	}
	if err != nil {
		t.Fatal(err)
	}
	b.writtenTo(teacher, "ecole@example.fr")
	first, err := b.ask(teacher, " ines@example.org ")
	if err != nil {
		t.Fatal(err)
	}
	b.writtenTo(teacher, "ecole@example.fr")
	if asked, err := b.EmailAsked(t.Context(), teacher); err != nil || asked != "ines@example.org" {
		t.Errorf("%q %v", asked, err)
	}
	none := func(what string, person ids.PersonID, secret string) {
		t.Helper()
		_, err := b.EmailMeant(t.Context(), person, secret)
		wants(t, what, err, errors.NotFound, "identity.email.gone")
		_, err = b.ConfirmEmail(t.Context(), audit.By{Person: person}, college, person, secret)
		wants(t, what, err, errors.NotFound, "identity.email.gone")
	}
	none("another person's link", head, first)
	none("made up", teacher, strings.Repeat("a", tokenLength))
	none("nothing", teacher, "")
	secret, err := b.ask(teacher, "roux@example.org")
	if err != nil {
		t.Fatal(err)
	}
	none("the link of an earlier wish", teacher, first)
	b.move(EmailAskLasts - time.Second)
	if got, err := b.ConfirmEmail(t.Context(), by, college, teacher, secret); err != nil || got != "roux@example.org" {
		t.Fatal(got, err)
	}
	b.writtenTo(teacher, "roux@example.org")
	none("twice", teacher, secret)
	_, err = b.ask(teacher, "roux@example.org")
	wants(t, "the same again", err, errors.Invalid, "")
	late, err := b.ask(teacher, "trop@example.org")
	if err != nil {
		t.Fatal(err)
	}
	b.move(EmailAskLasts)
	none("after a day", teacher, late)
	if asked, err := b.EmailAsked(t.Context(), teacher); err != nil || asked != "" {
		t.Errorf("still awaited: %q %v", asked, err)
	}
	waits, err := b.ask(teacher, "encore@example.org")
	if err == nil {
		err = b.ForgetEmail(t.Context(), by, college, teacher)
	}
	if err != nil {
		t.Fatal(err)
	}
	b.writtenTo(teacher, "ecole@example.fr")
	none("forgotten", teacher, waits)
	lines := strings.Join(journal(b, college), "\n")
	if strings.Count(lines, "email.changed "+string(teacher)) != 6 || strings.Contains(lines, "@example") {
		t.Errorf("journal: %s", lines)
	}
}

// TestEmailIsHashedAndLimited: the store knows no secret; nobody fills a mailbox,
// their own or another's; what is no address is refused before anything is sent,
// and what could not be sent is not awaited.
func TestEmailIsHashedAndLimited(t *testing.T) {
	b := newBench(t)
	b.save(family())
	teacher, head := b.person(college, "prof"), b.person(college, "chef")
	for _, bad := range []string{"", "x", "a@b, c@d", "Ines <ines@example.org>", "a@example.org\r\nBcc: x@y", strings.Repeat("a", 200) + "@example.org"} {
		if _, err := b.ask(teacher, bad); errors.KindOf(err) != errors.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
	away := errors.New(errors.Unavailable, "mail.away")
	err := b.AskEmail(t.Context(), audit.By{Person: teacher}, college, teacher, "a@example.org", func(string, string) error { return away })
	if errors.KindOf(err) != errors.Unavailable {
		t.Errorf("%v", err)
	}
	if asked, _ := b.EmailAsked(t.Context(), teacher); asked != "" {
		t.Errorf("awaited though never sent: %q", asked)
	}
	secret, err := b.ask(teacher, "a@example.org")
	if err != nil {
		t.Fatal(err)
	}
	err = b.global.View(t.Context(), func(tx store.Tx) error {
		for pair, err := range tx.Scan(nil, nil, false) {
			if err != nil {
				return err
			}
			if strings.Contains(string(pair.Key)+string(pair.Value), secret) {
				t.Error("the secret is in the store")
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = b.ask(head, "A@example.org"); err != nil {
		t.Fatal(err)
	}
	_, err = b.ask(head, "a@EXAMPLE.org")
	wants(t, "an address of many letters", err, errors.TooMany, "identity.email.toomany")
	for i := range 3 {
		if _, err := b.ask(teacher, string(rune('b'+i))+"@example.org"); err != nil {
			t.Fatal(i, err)
		}
	}
	_, err = b.ask(teacher, "z@example.org")
	wants(t, "a person of many letters", err, errors.TooMany, "identity.email.toomany")
	b.move(time.Hour)
	if _, err = b.ask(teacher, "a@example.org"); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

// TestWhoAskedTooOftenCostsNobody: somebody who may ask no more does not use up the
// letters that another person's address may get.
func TestWhoAskedTooOftenCostsNobody(t *testing.T) {
	b := newBench(t)
	b.save(family())
	teacher, head := b.person(college, "prof"), b.person(college, "chef")
	for i := range 5 {
		if _, err := b.ask(head, string(rune('a'+i))+"@example.org"); err != nil {
			t.Fatal(err)
		}
	}
	for range 30 {
		_, err := b.ask(head, "ines@example.org")
		wants(t, "once more", err, errors.TooMany, "identity.email.toomany")
	}
	for i := range 3 {
		if _, err := b.ask(teacher, "ines@example.org"); err != nil {
			t.Errorf("letter %d: %v", i+1, err)
		}
	}
}
