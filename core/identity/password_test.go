package identity

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

func TestFirstSignInChangesThePassword(t *testing.T) {
	b := newBench(t)
	tom := b.save(family()).First[1]
	token, sess := b.in(tom.Login, tom.Password)
	if !sess.MustChange {
		t.Fatal("a first password needs no change")
	}
	other, _ := b.in(tom.Login, tom.Password)
	for _, c := range []struct{ name, old, new, field, key string }{
		{"wrong", "xxxxxxxx", "vélo rouge", "ancien", "identity.password.wrong"},
		{"same", tom.Password, strings.ToUpper(tom.Password), "nouveau", "identity.password.same"},
		{"short", tom.Password, "vélo ro", "nouveau", "identity.password.short"},
		{"long", tom.Password, strings.Repeat("vélo ", 50), "nouveau", "identity.password.long"},
		{"login", tom.Password, "xTOM.NOELx", "nouveau", "identity.password.login"},
		{"name", tom.Password, "noel-tom1", "nouveau", "identity.password.login"},
		{"simple", tom.Password, "azerty123", "nouveau", "identity.password.simple"},
		{"monotonous", tom.Password, "aaaabbbb", "nouveau", "identity.password.simple"},
	} {
		_, _, err := b.ChangePassword(t.Context(), token, c.old, c.new, here)
		if errors.FieldsOf(err)[c.field] != c.key {
			t.Errorf("%s: %v, want %s", c.name, err, c.key)
		}
	}
	fresh, sess, err := b.ChangePassword(t.Context(), token, tom.Password, "vélo rouge", here)
	if err != nil || sess.MustChange || fresh == token {
		t.Fatalf("%v %v", sess, err)
	}
	for _, over := range []string{token, other} {
		_, err := b.SessionOf(t.Context(), over)
		wants(t, "session before the change", err, errors.SignIn, "")
	}
	_, _, err = b.SignIn(t.Context(), tom.Login, tom.Password, here)
	wants(t, "old password", err, errors.Invalid, "")
	if _, sess := b.in(tom.Login, "vélo rouge"); sess.MustChange {
		t.Error("must change again")
	}
	a, err := b.Account(t.Context(), tom.Person)
	if p, perr := parsePHC(a.Hash); err != nil || perr != nil || p.cost != b.hasher.strong {
		t.Errorf("a chosen password is hashed at %+v (%v %v)", p.cost, err, perr)
	}
}

func TestStaffNeedLongerPasswords(t *testing.T) {
	b := newBench(t)
	b.save(family())
	token, _ := b.in("ines.roux", "prof-password")
	_, _, err := b.ChangePassword(t.Context(), token, "prof-password", "vélo rouge", here)
	if errors.FieldsOf(err)["nouveau"] != "identity.password.short" {
		t.Errorf("10 characters: %v", err)
	}
	if _, _, err := b.ChangePassword(t.Context(), token, "prof-password", "vélo rouge et grand", here); err != nil {
		t.Error(err)
	}
}

func TestResetPassword(t *testing.T) {
	b := newBench(t)
	b.save(family())
	chef := audit.By{Person: b.person(college, "chef")}
	lea := b.person(college, "lea")
	token, _ := b.in("lea.noel", "lea-password")
	first, err := b.ResetPassword(t.Context(), chef, college, lea)
	if err != nil || first.Login != "lea.noel" || first.Groups[0] != "6e A" {
		t.Fatalf("%+v %v", first, err)
	}
	_, err = b.SessionOf(t.Context(), token)
	wants(t, "session before the reset", err, errors.SignIn, "")
	_, _, err = b.SignIn(t.Context(), "lea.noel", "lea-password", here)
	wants(t, "password before the reset", err, errors.Invalid, "")
	if _, sess := b.in("lea.noel", first.Password); !sess.MustChange {
		t.Error("needs no change")
	}
	_, err = b.ResetPassword(t.Context(), chef, lycee, lea)
	wants(t, "by another school", err, errors.NotFound, "identity.person.unknown")

	prof := b.person(college, "prof")
	b.save(Batch{School: lycee, People: []Entry{{Source: "prof", Person: prof, FirstName: "Inès", LastName: "Roux", Profile: ids.Parent}}})
	_, err = b.ResetPassword(t.Context(), audit.By{Person: "head of the lycée"}, lycee, prof)
	wants(t, "staff of another school", err, errors.Denied, "identity.password.elsewhere")
	if _, err := b.ResetPassword(t.Context(), audit.By{}, lycee, prof); err != nil {
		t.Errorf("by the operator: %v", err)
	}
	lines, _, _ := b.audit.List(t.Context(), college, audit.Query{Action: audit.PasswordReset})
	if len(lines) != 1 || lines[0].Actor != chef.Person || lines[0].Object != string(lea) {
		t.Errorf("journal %v", lines)
	}
}

// TestNotTwoChangesAtOnce: of two changes that know the same old password, one
// is kept.
func TestNotTwoChangesAtOnce(t *testing.T) {
	b := newBench(t)
	b.save(family())
	a, _ := b.in("lea.noel", "lea-password")
	c, _ := b.in("lea.noel", "lea-password")
	var wg sync.WaitGroup
	failed := make([]error, 2)
	for i, token := range []string{a, c} {
		wg.Go(func() {
			_, _, failed[i] = b.ChangePassword(context.Background(), token, "lea-password", []string{"vélo rouge", "vélo jaune"}[i], here)
		})
	}
	wg.Wait()
	if (failed[0] == nil) == (failed[1] == nil) {
		t.Errorf("%v, %v: want exactly one refusal", failed[0], failed[1])
	}
}

func TestFirstPasswords(t *testing.T) {
	form := regexp.MustCompile(`^([bcdfghjkmnprtvwxz][aeu]){2}[bcdfghjkmnprtvwxz](-([bcdfghjkmnprtvwxz][aeu]){2}[bcdfghjkmnprtvwxz]){2}$`)
	seen := map[string]bool{}
	for range 2000 {
		p := firstPassword()
		if !form.MatchString(p) || seen[p] {
			t.Fatalf("%s: not of the form, or twice", p)
		}
		seen[p] = true
		if typed(strings.ToUpper(p)) != typed(strings.ReplaceAll(p, "-", " ")) || len(typed(p)) != 15 {
			t.Fatalf("%s: typed as %s", p, typed(p))
		}
	}
}

func TestHasher(t *testing.T) {
	h := newHasher(2)
	one, err := h.hash(t.Context(), "été", light)
	if err != nil {
		t.Fatal(err)
	}
	two, _ := h.hash(t.Context(), "été", light)
	if one == two {
		t.Error("two hashes have one salt")
	}
	for _, c := range []struct {
		stored, password string
		want             bool
	}{
		{one, "été", true},
		{one, "e\u0301te\u0301", true}, // as another keyboard writes it
		{one, "Été", false},
		{one, "", false},
		{"", "été", false},
		{"broken", "été", false},
		{nobody(strong).String(), "été", false},
		{nobody(light).String(), "", false},
	} {
		if got, err := h.check(t.Context(), c.stored, c.password); err != nil || got != c.want {
			t.Errorf("check(%.30s, %q) = %v %v", c.stored, c.password, got, err)
		}
	}
}

func TestHasherIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHasher(1)
		h.slots <- struct{}{} // someone is hashing for ever
		ctx, cancel := context.WithCancel(t.Context())
		errs := make(chan error, queue)
		for range queue {
			go func() { errs <- h.enter(ctx) }()
		}
		synctest.Wait()
		wants(t, "one more", h.enter(ctx), errors.Unavailable, "identity.signin.busy")
		cancel()
		for range queue {
			if err := <-errs; errors.KindOf(err) != errors.Cancelled {
				t.Fatal(err)
			}
		}
		if n := h.waiting.Load(); n != 0 {
			t.Errorf("%d still wait", n)
		}
	})
}

func TestEveryCheckCostsTheSame(t *testing.T) {
	h := newHasher(1)
	for _, stored := range []phc{nobody(strong), nobody(light)} {
		s, l := h.pair(stored.String())
		if s.cost != strong || l.cost != light {
			t.Errorf("%v is checked at %v and %v", stored.cost, s.cost, l.cost)
		}
	}
	if s, l := h.pair(""); s.cost != strong || l.cost != light {
		t.Error("nobody's password is checked at another cost")
	}
	if strong.memory < 19*1024 || strong.passes < 2 {
		t.Errorf("%+v is below OWASP's recommendation", strong)
	}
}

func FuzzParsePHC(f *testing.F) {
	f.Add(nobody(strong).String())
	f.Add(nobody(light).String())
	f.Add("$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=+64,t=1,p=1 $AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePHC(s)
		if err != nil {
			return
		}
		if p.String() != s {
			t.Errorf("%q reads as %q", s, p)
		}
		if p.memory > 256*1024 || p.passes > 16 {
			t.Errorf("%q costs too much", s)
		}
	})
}

func TestPHCRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := phc{cost{rapid.Uint32Range(128, 262144).Draw(rt, "m"), rapid.Uint32Range(1, 16).Draw(rt, "t"), rapid.Uint8Range(1, 16).Draw(rt, "p")},
			rapid.SliceOfN(rapid.Byte(), 8, 64).Draw(rt, "salt"), rapid.SliceOfN(rapid.Byte(), 16, 64).Draw(rt, "hash")}
		back, err := parsePHC(p.String())
		if err != nil || back.String() != p.String() {
			rt.Fatalf("%v: %v %v", p, back, err)
		}
	})
}

func TestLogins(t *testing.T) {
	for _, c := range []struct{ first, last, want string }{
		{"Léa", "Noël", "lea.noel"},
		{"Jean-Pierre", "De La Fontaine", "jean-pierre.de-la-fontaine"},
		{"Anne Marie Louise", "D'Œuf", "anne.doeuf"},
		{"Zoé,Marie", "  Éé  ", "zoe.ee"},
		{"", "Ménard", "menard"},
		{"李", "王", "personne"},
		{"Łukasz", "Gößmann", "lukasz.gossmann"},
		{strings.Repeat("ab", 90), "x", strings.Repeat("ab", 14) + ".x"},
	} {
		got := loginBase(c.first, c.last)
		if got != c.want || checkLogin(got) != nil {
			t.Errorf("%s %s: %s (%v), want %s", c.first, c.last, got, checkLogin(got), c.want)
		}
	}
}

func TestNamesakesAreNumbered(t *testing.T) {
	b := newBench(t)
	batch := Batch{School: college}
	for i := range 30 {
		batch.People = append(batch.People, Entry{Source: string(rune('a' + i)), FirstName: "Jean", LastName: "Martin", Profile: ids.Eleve})
	}
	batch.People[3].Login = "jean.martin5" // someone chose what another would get
	got := b.save(batch).First
	if got[0].Login != "jean.martin" || got[1].Login != "jean.martin2" || got[2].Login != "jean.martin3" ||
		got[3].Login != "jean.martin5" || got[4].Login != "jean.martin4" || got[5].Login != "jean.martin6" || got[29].Login != "jean.martin30" {
		t.Errorf("%+v", got)
	}
}

// TestEveryErrorHasItsWords looks for the keys in the source.
func TestEveryErrorHasItsWords(t *testing.T) {
	key := regexp.MustCompile(`"(identity\.[a-z]+\.[a-z]+|identity\.lastadmin)"`)
	var catalogues []map[string]any
	for _, language := range []string{"fr", "en"} {
		text, err := fs.ReadFile(Locales, "locales/"+language+".json")
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]any{}
		if err := json.Unmarshal(text, &words); err != nil {
			t.Fatal(err)
		}
		catalogues = append(catalogues, words)
	}
	files, _ := filepath.Glob("*.go")
	found := 0
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(src), -1) {
			if found++; catalogues[0][m[1]] == nil || catalogues[1][m[1]] == nil {
				t.Errorf("%s: no words for %s", f, m[1])
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d keys found: the test looks wrong", found)
	}
	for k := range catalogues[0] {
		if catalogues[1][k] == nil {
			t.Errorf("%s is only French", k)
		}
	}
}
