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

const day = 24 * time.Hour

// token makes one for a person of the collège.
func (b *bench) token(person ids.PersonID, age time.Duration, scopes ...string) (string, *Token) {
	b.t.Helper()
	secret, t, err := b.MakeToken(b.t.Context(), audit.By{Person: person, Address: here}, Token{Person: person, School: college, Name: "essai", Scopes: scopes, Expires: b.clock.now().Add(age)})
	if err != nil {
		b.t.Fatal(err)
	}
	return secret, t
}

func TestTokenActsAsItsPerson(t *testing.T) {
	b := newBench(t)
	b.save(family())
	teacher := b.person(college, "prof")
	secret, made := b.token(teacher, day, "moi:read", "devoirs:read", "moi:read")
	if !strings.HasPrefix(secret, TokenPrefix) || len(made.Scopes) != 2 {
		t.Errorf("token %q with %v", secret, made.Scopes)
	}
	s, got, err := b.TokenSession(t.Context(), secret)
	if err != nil || s.Person != teacher || s.School != college || s.Profile != ids.Enseignant || s.Viewer.GetName() != "Inès Roux" || got.ID != made.ID || !s.Expires.Equal(made.Expires) {
		t.Fatalf("%+v %v", s, err)
	}
	err = b.global.View(t.Context(), func(tx store.Tx) error {
		for pair, err := range tx.Scan(nil, nil, false) {
			if err != nil {
				return err
			}
			if text := string(pair.Key) + string(pair.Value); strings.Contains(text, secret) || strings.Contains(text, secret[len(TokenPrefix):]) {
				t.Errorf("the secret is in the store: %q", text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	list, err := b.Tokens(t.Context(), college, teacher)
	if err != nil || len(list) != 1 || !list[0].Used.Equal(b.clock.now()) {
		t.Errorf("list %v %v", list, err)
	}
	lines := strings.Join(journal(b, college), "\n")
	if !strings.Contains(lines, "token.created "+string(teacher)) || strings.Contains(lines, secret) {
		t.Errorf("journal: %s", lines)
	}
	if _, err := b.SessionOf(t.Context(), secret); errors.KindOf(err) != errors.SignIn {
		t.Errorf("a token passes for a session: %v", err)
	}
}

func TestTokenThatIsNoGood(t *testing.T) {
	b := newBench(t)
	b.save(family())
	teacher, head := b.person(college, "prof"), b.person(college, "chef")
	by := audit.By{Person: teacher}
	refused := func(what, secret, key string) {
		t.Helper()
		s, _, err := b.TokenSession(t.Context(), secret)
		wants(t, what, err, errors.SignIn, key)
		if s != nil {
			t.Errorf("%s: a session with the error", what)
		}
	}
	refused("empty", "", "identity.token.unknown")
	refused("made up", TokenPrefix+strings.Repeat("a", tokenLength), "identity.token.unknown")
	session, _ := b.in("ines.roux", "prof-password")
	refused("a session's token", TokenPrefix+session, "identity.token.unknown")

	secret, made := b.token(teacher, 2*day, "moi:read")
	err := b.RevokeToken(t.Context(), audit.By{Person: head}, college, head, made.ID)
	wants(t, "somebody else revokes", err, errors.NotFound, "identity.token.gone")
	wants(t, "in another school", b.RevokeToken(t.Context(), by, lycee, teacher, made.ID), errors.NotFound, "identity.token.gone")
	if err := b.RevokeToken(t.Context(), by, college, teacher, made.ID); err != nil {
		t.Fatal(err)
	}
	refused("revoked", secret, "identity.token.unknown")
	wants(t, "twice", b.RevokeToken(t.Context(), by, college, teacher, made.ID), errors.NotFound, "identity.token.gone")

	secret, _ = b.token(teacher, 2*day, "moi:read")
	b.move(2*day - time.Second)
	if _, _, err := b.TokenSession(t.Context(), secret); err != nil {
		t.Errorf("in its last second: %v", err)
	}
	b.move(time.Second)
	refused("expired", secret, "identity.token.expired")

	secret, _ = b.token(teacher, day, "moi:read")
	if err := b.Leave(t.Context(), audit.By{Person: head}, college, teacher); err != nil {
		t.Fatal(err)
	}
	refused("of somebody who left", secret, "")
}

func TestPasswordEndsTokens(t *testing.T) {
	b := newBench(t)
	b.save(family())
	teacher := b.person(college, "prof")
	secret, _ := b.token(teacher, day, "moi:read")
	session, _ := b.in("ines.roux", "prof-password")
	if _, _, err := b.ChangePassword(t.Context(), session, "prof-password", "un autre bien plus long", here); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.TokenSession(t.Context(), secret); errors.KindOf(err) != errors.SignIn {
		t.Errorf("after a change: %v", err)
	}
	secret, _ = b.token(teacher, day, "moi:read")
	if _, err := b.ResetPassword(t.Context(), audit.By{}, college, teacher); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.TokenSession(t.Context(), secret); errors.KindOf(err) != errors.SignIn {
		t.Errorf("after a reset: %v", err)
	}
}

func TestTokensAreBounded(t *testing.T) {
	b := newBench(t)
	b.save(family())
	teacher := b.person(college, "prof")
	good := Token{Person: teacher, School: college, Name: "essai", Scopes: []string{"moi:read"}, Expires: b.clock.now().Add(day)}
	for what, c := range map[string]struct {
		change func(*Token)
		field  string
	}{
		"no name":    {func(t *Token) { t.Name = "  " }, "nom"},
		"long name":  {func(t *Token) { t.Name = strings.Repeat("n", 61) }, "nom"},
		"no scope":   {func(t *Token) { t.Scopes = nil }, "droits"},
		"over":       {func(t *Token) { t.Expires = b.clock.now() }, "duree"},
		"for ever":   {func(t *Token) { t.Expires = b.clock.now().Add(MaxTokenAge + time.Second) }, "duree"},
		"never ends": {func(t *Token) { t.Expires = time.Time{} }, "duree"},
	} {
		wrong := good
		c.change(&wrong)
		_, _, err := b.MakeToken(t.Context(), audit.By{}, wrong)
		if errors.FieldsOf(err)[c.field] == "" {
			t.Errorf("%s: %v", what, err)
		}
	}
	elsewhere := good
	elsewhere.School = lycee
	if _, _, err := b.MakeToken(t.Context(), audit.By{}, elsewhere); errors.KindOf(err) != errors.NotFound {
		t.Errorf("in a school that is not theirs: %v", err)
	}
	for range MaxTokens {
		b.token(teacher, day, "moi:read")
	}
	_, _, err := b.MakeToken(t.Context(), audit.By{}, good)
	wants(t, "one too many", err, errors.Conflict, "identity.token.many")

	b.move(40 * day) // all expired long ago: they make room
	secret, _ := b.token(teacher, day, "moi:read")
	if list, _ := b.Tokens(t.Context(), college, teacher); len(list) != 1 {
		t.Errorf("%d tokens are listed", len(list))
	}
	for i := range int(rateToken.burst) {
		if _, _, err := b.TokenSession(t.Context(), secret); err != nil {
			t.Fatalf("request %d: %v", i, err)
		}
	}
	_, _, err = b.TokenSession(t.Context(), secret)
	wants(t, "too fast", err, errors.TooMany, "identity.token.toomany")
	b.move(rateToken.refill)
	if _, _, err := b.TokenSession(t.Context(), secret); err != nil {
		t.Errorf("a moment later: %v", err)
	}
}

func TestDevices(t *testing.T) {
	b := newBench(t)
	b.save(family())
	phone, _, err := b.SignIn(WithAgent(t.Context(), "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"), "ines.roux", "prof-password", here)
	if err != nil {
		t.Fatal(err)
	}
	b.move(time.Minute)
	desk, sess, err := b.SignIn(WithAgent(t.Context(), "nonsense "+strings.Repeat("x", 500)), "ines.roux", "prof-password", here)
	if err != nil {
		t.Fatal(err)
	}
	list, err := b.Devices(t.Context(), sess.Person)
	if err != nil || len(list) != 2 || list[0].ID != sess.ID || list[0].Name != "" || list[1].Name != "Firefox · Android" {
		t.Fatalf("%+v %v", list, err)
	}
	_, mother := b.in("anne-sophie.noel", "mere-password")
	wants(t, "somebody else's", b.EndDevice(t.Context(), mother.Person, list[1].ID), errors.NotFound, "identity.device.gone")
	if err := b.EndDevice(t.Context(), sess.Person, list[1].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SessionOf(t.Context(), phone); errors.KindOf(err) != errors.SignIn {
		t.Errorf("the phone is still signed in: %v", err)
	}
	if _, err := b.SessionOf(t.Context(), desk); err != nil {
		t.Errorf("the desk is not: %v", err)
	}
}
