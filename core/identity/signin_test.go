package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

func TestSignIn(t *testing.T) {
	b := newBench(t)
	saved := b.save(family())
	generated := saved.First[1] // Tom
	for _, c := range []struct {
		name, login, password string
		kind                  errors.Kind
	}{
		{"right", "lea.noel", "lea-password", errors.OK},
		{"case and accents of the login do not count", " Léa.NOËL ", "lea-password", errors.OK},
		{"case of a chosen password does", "lea.noel", "LEA-password", errors.Invalid},
		{"generated", generated.Login, generated.Password, errors.OK},
		{"generated in capitals with spaces", generated.Login, strings.ToUpper(strings.ReplaceAll(generated.Password, "-", " ")), errors.OK},
		{"generated, cut", generated.Login, generated.Password[:15], errors.Invalid},
		{"wrong", "lea.noel", "mere-password", errors.Invalid},
		{"empty password", "lea.noel", "", errors.Invalid},
		{"unknown", "nobody", "lea-password", errors.Invalid},
		{"empty", "", "", errors.Invalid},
		{"very long", strings.Repeat("a", 1<<16), strings.Repeat("b", 1<<16), errors.Invalid},
		{"not UTF-8", "lea\xff", "\xff\xfe", errors.Invalid},
	} {
		token, sess, err := b.SignIn(t.Context(), c.login, c.password, here)
		if errors.KindOf(err) != c.kind {
			t.Errorf("%s: %v, want %v", c.name, err, c.kind)
		}
		if c.kind != errors.OK {
			wants(t, c.name, err, c.kind, "identity.signin.wrong")
			if token != "" || sess != nil {
				t.Errorf("%s: a session with the error", c.name)
			}
		}
	}
}

func TestSessionSaysWhoAsks(t *testing.T) {
	b := newBench(t)
	b.save(family())
	_, sess := b.in("anne-sophie.noel", "mere-password")
	v := sess.Viewer
	if sess.Profile != ids.Parent || !slices.Equal(sess.Roles, []string{"parent"}) || sess.MustChange || sess.Child != "" ||
		v.Name != "Anne-Sophie Noël" || v.FirstName != "Anne-Sophie" || v.School != string(college) ||
		v.SchoolName != "Collège des Tilleuls" || v.Profile != "parent" || v.Locale != "fr" || v.TimeZone != "Europe/Paris" || len(v.Permissions) > 0 {
		t.Errorf("%+v %v", sess, v)
	}
	if len(v.Children) != 2 || v.Children[0].FirstName != "Tom" || v.Children[1].Name != "Léa Noël" || v.Children[1].Groups[0].Name != "6e A" {
		t.Errorf("children %v", v.Children)
	}
	if _, sess = b.in("ines.roux", "prof-password"); len(sess.Viewer.Groups) != 2 || len(sess.Viewer.Children) != 0 {
		t.Errorf("teacher %v", sess.Viewer)
	}
}

func TestTokensAreKeptOnlyAsHashes(t *testing.T) {
	b := newBench(t)
	b.save(family())
	token, sess := b.in("lea.noel", "lea-password")
	err := b.global.View(t.Context(), func(tx store.Tx) error {
		for pair, err := range tx.Scan(nil, nil, false) {
			if err != nil {
				return err
			}
			if text := string(pair.Key) + string(pair.Value); strings.Contains(text, token) || strings.Contains(text, "lea-password") {
				t.Errorf("found in the store: %q", text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", sess.ID, token[:42], token + "A", strings.Repeat("A", 43)} {
		_, err := b.SessionOf(t.Context(), bad)
		wants(t, "token "+bad, err, errors.SignIn, "identity.session.ended")
	}
}

func TestSessionsEndByThemselves(t *testing.T) {
	for _, c := range []struct {
		login, password string
		life            Lifetime
	}{
		{"lea.noel", "lea-password", DefaultLifetime(false)},
		{"ines.roux", "prof-password", DefaultLifetime(true)},
	} {
		b := newBench(t)
		b.save(family())
		idle, _ := b.in(c.login, c.password)
		b.move(c.life.Idle - time.Second)
		if _, err := b.SessionOf(t.Context(), idle); err != nil {
			t.Errorf("%s: ended before its idle time: %v", c.login, err)
		}
		b.move(c.life.Idle)
		_, err := b.SessionOf(t.Context(), idle)
		wants(t, c.login+" idle", err, errors.SignIn, "")

		busy, _ := b.in(c.login, c.password)
		for spent := time.Duration(0); spent < c.life.Absolute-c.life.Idle/2; spent += c.life.Idle / 2 {
			if _, err := b.SessionOf(t.Context(), busy); err != nil {
				t.Fatalf("%s: ended after %v: %v", c.login, spent, err)
			}
			b.cache.InvalidateAll() // the store alone must know
			b.move(c.life.Idle / 2)
		}
		b.move(c.life.Idle / 2)
		_, err = b.SessionOf(t.Context(), busy)
		wants(t, c.login+" absolute", err, errors.SignIn, "")
	}
}

func TestSignOut(t *testing.T) {
	b := newBench(t)
	b.save(family())
	phone, _ := b.in("lea.noel", "lea-password")
	desk, sess := b.in("lea.noel", "lea-password")
	for range 2 { // twice is no error
		if err := b.SignOut(t.Context(), phone, here); err != nil {
			t.Fatal(err)
		}
	}
	_, err := b.SessionOf(t.Context(), phone)
	wants(t, "signed out", err, errors.SignIn, "")
	if _, err := b.SessionOf(t.Context(), desk); err != nil {
		t.Errorf("the other session: %v", err)
	}
	if err := b.SignOutEverywhere(t.Context(), sess.Person); err != nil {
		t.Fatal(err)
	}
	_, err = b.SessionOf(t.Context(), desk)
	wants(t, "everywhere", err, errors.SignIn, "")
}

// TestRevocationBeatsTheCache signs out while requests prepare the session:
// once SignOut returned, no request gets it.
func TestRevocationBeatsTheCache(t *testing.T) {
	b := newBench(t)
	b.save(family())
	person := b.person(college, "lea")
	account, err := b.Account(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	for range 30 {
		token, err := b.open(t.Context(), account, college, false)
		if err != nil {
			t.Fatal(err)
		}
		var readers sync.WaitGroup
		stop := make(chan struct{})
		for range 3 {
			readers.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						b.cache.Invalidate(tokenID(token)) // make every reader prepare it again
						b.SessionOf(context.Background(), token)
					}
				}
			})
		}
		if err := b.SignOut(t.Context(), token, here); err != nil {
			t.Fatal(err)
		}
		close(stop)
		readers.Wait()
		_, err = b.SessionOf(t.Context(), token)
		wants(t, "after sign-out", err, errors.SignIn, "")
	}
}

func TestSignInLimits(t *testing.T) {
	b := newBench(t)
	b.save(family())
	fail := func(login, from string) error {
		_, _, err := b.SignIn(t.Context(), login, "wrong-password", from)
		return err
	}
	for i := range int(ratePair.burst) {
		wants(t, fmt.Sprint("failure ", i), fail("lea.noel", here), errors.Invalid, "identity.signin.wrong")
	}
	for range 3 {
		err := fail("LEA.noël", here)
		wants(t, "one too many", err, errors.TooMany, "identity.signin.toomany")
		if _, args := errors.Public(err); len(args) != 2 || args[0] != "n" || args[1] != 1 {
			t.Errorf("wait: %v", args)
		}
	}
	_, _, err := b.SignIn(t.Context(), "lea.noel", "lea-password", here)
	wants(t, "the right password does not help", err, errors.TooMany, "")
	if _, _, err := b.SignIn(t.Context(), "lea.noel", "lea-password", "198.51.100.2"); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	b.in("ines.roux", "prof-password") // others at the same address are not touched
	b.move(ratePair.refill)
	b.in("lea.noel", "lea-password")
	limited := slices.DeleteFunc(journal(b, college), func(l string) bool { return !strings.HasPrefix(l, string(audit.SignInLimited)) })
	if len(limited) != 1 {
		t.Errorf("%d lines about the limit, want 1", len(limited))
	}
}

func TestOneAddressCannotTryAllLogins(t *testing.T) {
	l, err := newLimits(time.Now().Local)
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	l.now = func() time.Time { return at }
	for i := range int(rateAddress.burst) {
		if _, _, err := l.begin(fmt.Sprint("login", i), here); err != nil {
			t.Fatalf("failure %d: %v", i, err)
		}
	}
	_, first, err := l.begin("another", here)
	wants(t, "address", err, errors.TooMany, "")
	if !first {
		t.Error("not told that it is the first refusal")
	}
	if _, first, _ = l.begin("another", here); first {
		t.Error("told twice")
	}
	if _, _, err := l.begin("another", "198.51.100.2"); err != nil {
		t.Errorf("another address: %v", err)
	}
	at = at.Add(-time.Hour) // a clock set back gives and takes nothing
	_, _, err = l.begin("another", here)
	wants(t, "clock set back", err, errors.TooMany, "")
	at = at.Add(time.Hour + rateAddress.refill)
	if _, _, err := l.begin("another", here); err != nil {
		t.Errorf("after a while: %v", err)
	}
	for i := range 2000 { // successes cost nothing
		try, _, err := l.begin("x", "203.0.113.9")
		if err != nil {
			t.Fatalf("success %d: %v", i, err)
		}
		try.succeeded()
	}
}

func TestJournalOfSignIns(t *testing.T) {
	b := newBench(t)
	b.save(family())
	token, sess := b.in("lea.noel", "lea-password")
	b.SignIn(t.Context(), "lea.noel", "wrong", here)
	b.SignIn(t.Context(), "my-secret-typed-here", "wrong", here)
	if err := b.SignOut(t.Context(), token, here); err != nil {
		t.Fatal(err)
	}
	want := []string{"people.imported ", "signin.ok ", "signin.refused " + string(sess.Person), "signout "}
	if got := journal(b, college); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	lines, _, err := b.audit.List(t.Context(), store.Global, audit.Query{Action: audit.SignInRefused})
	if err != nil || len(lines) != 1 || lines[0].Address != here || strings.Contains(fmt.Sprint(lines[0]), "secret") {
		t.Errorf("journal of nobody: %v %v", lines, err)
	}
	reports, err := b.audit.Verify(t.Context())
	for _, r := range reports {
		if !r.Whole() {
			t.Errorf("%+v", r)
		}
	}
	if err != nil {
		t.Error(err)
	}
}
