package identity

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

const (
	college = ids.SchoolID("0750655E")
	lycee   = ids.SchoolID("0380089W")
	here    = "192.0.2.1"
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) move(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

type bench struct {
	*Service
	*clock
	t      testing.TB
	engine store.Engine
}

// newBench is a collège and a lycée with nobody in them.
func newBench(t testing.TB) *bench {
	t.Helper()
	engine, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := &clock{at: time.Date(2026, 11, 23, 7, 55, 0, 0, time.UTC)}
	s, err := New(Config{Engine: engine, Audit: audit.New(engine, c.now), Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(); engine.Close() })
	s.hasher.strong = cost{memory: 2 * light.memory, passes: 2, threads: 1} // tests sign in a thousand times
	b := &bench{s, c, t, engine}
	for _, school := range []School{{ID: college, Name: "Collège des Tilleuls", Kind: College}, {ID: lycee, Name: "Lycée du Parc", Kind: Lycee}} {
		if _, err := s.AddSchool(t.Context(), audit.By{}, school); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// family is a class with two siblings, their mother, another pupil with his
// father, a teacher and a head.
func family() Batch {
	return Batch{
		School: college,
		Groups: []Group{{Source: "6A", Name: "6e A", Kind: Classe}, {Source: "3B", Name: "3e B", Kind: Classe}},
		People: []Entry{
			{Source: "lea", FirstName: "Léa", LastName: "Noël", Profile: ids.Eleve, Birth: "2014-05-02", Groups: []string{"6A"}, Password: "lea-password", Keep: true},
			{Source: "tom", FirstName: "Tom", LastName: "Noël", Profile: ids.Eleve, Birth: "2011-02-03", Groups: []string{"3B"}},
			{Source: "mere", FirstName: "Anne-Sophie", LastName: "Noël", Profile: ids.Parent, Children: []string{"lea", "tom"}, Password: "mere-password", Keep: true},
			{Source: "hugo", FirstName: "Hugo", LastName: "D'Œuf", Profile: ids.Eleve, Groups: []string{"6A"}},
			{Source: "pere", FirstName: "Paul", LastName: "D'Œuf", Profile: ids.Parent, Children: []string{"hugo"}},
			{Source: "prof", FirstName: "Inès", LastName: "Roux", Profile: ids.Enseignant, Groups: []string{"6A", "3B"}, Password: "prof-password", Keep: true},
			{Source: "chef", FirstName: "Marc", LastName: "Blanc", Profile: ids.Direction, Password: "chef-password", Keep: true},
		},
	}
}

func (b *bench) save(batch Batch) *Saved {
	b.t.Helper()
	saved, err := b.SaveMembers(b.t.Context(), batch)
	if err != nil {
		b.t.Fatalf("SaveMembers: %v", err)
	}
	return saved
}

func (b *bench) person(school ids.SchoolID, source string) ids.PersonID {
	b.t.Helper()
	m, err := b.MemberBySource(b.t.Context(), school, source)
	if err != nil {
		b.t.Fatalf("%s: %v", source, err)
	}
	return m.Person()
}

func (b *bench) in(login, password string) (string, *Session) {
	b.t.Helper()
	token, sess, err := b.SignIn(b.t.Context(), login, password, here)
	if err != nil {
		b.t.Fatalf("SignIn(%s): %v", login, err)
	}
	return token, sess
}

// wants checks kind and public key of an error.
func wants(t testing.TB, what string, err error, kind errors.Kind, key string) {
	t.Helper()
	got, _ := errors.Public(err)
	if errors.KindOf(err) != kind || key != "" && got != key {
		t.Errorf("%s: %v, want %v %s", what, err, kind, key)
	}
}

func names(list []*Member) (out []string) {
	for _, m := range list {
		out = append(out, m.FirstName)
	}
	return out
}

func journal(b *bench, school ids.SchoolID) (out []string) {
	lines, _, err := b.audit.List(context.Background(), school, audit.Query{Limit: 500})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, e := range slices.Backward(lines) {
		out = append(out, fmt.Sprintf("%s %s", e.Action, e.Object))
	}
	return out
}
