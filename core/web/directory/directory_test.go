package directory

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/core/search/sources"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/wire"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/maypok86/otter/v2.(*cache[...]).periodicCleanUp"))
}

const school, other = ids.SchoolID("0750655E"), ids.SchoolID("0690001A")

// town is two schools of everybody: a pupil, a guardian and a teacher of each
// class, a pupil of both, somebody of each office, and a guardian with a child
// in each class.
type town struct {
	*Directory
	people  *identity.Service
	sources *sources.Sources
	all     []ids.PersonID
}

func newTown(t *testing.T) *town {
	engine, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	journal := audit.New(engine, time.Now)
	people, err := identity.New(identity.Config{Engine: engine, Audit: journal})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		people.Close()
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	rights, err := access.New(engine, journal)
	if err != nil {
		t.Fatal(err)
	}
	words, err := locale.New(Locales, search.Locales)
	if err != nil {
		t.Fatal(err)
	}
	d := &town{Directory: New(people, rights), people: people, sources: sources.New(nil, people, rights, words, nil)}
	for _, uai := range []ids.SchoolID{school, other} {
		if _, err := people.AddSchool(t.Context(), audit.By{}, identity.School{ID: uai, Name: "École " + string(uai)}); err != nil {
			t.Fatal(err)
		}
		b := identity.Batch{School: uai, Groups: []identity.Group{{Source: "A", Name: "6e A", Kind: identity.Classe}, {Source: "B", Name: "6e B", Kind: identity.Classe}}}
		add := func(p ids.Profile, source string, groups, children []string) {
			b.People = append(b.People, identity.Entry{Source: source, FirstName: source, LastName: fmt.Sprint(uai), Profile: p, Groups: groups, Children: children})
		}
		for _, g := range []string{"A", "B"} {
			add(ids.Eleve, "pupil-"+g, []string{g}, nil)
			add(ids.Parent, "parent-"+g, nil, []string{"pupil-" + g})
			add(ids.Enseignant, "teacher-"+g, []string{g}, nil)
		}
		add(ids.Eleve, "pupil-both", []string{"A", "B"}, nil)
		add(ids.Eleve, "pupil-none", nil, nil)
		add(ids.Parent, "parent-two", nil, []string{"pupil-A", "pupil-B"})
		add(ids.Parent, "parent-none", []string{"A"}, nil)
		for _, p := range []ids.Profile{ids.VieScol, ids.Direction, ids.Personnel} {
			add(p, string(p), nil, nil)
		}
		saved, err := people.SaveMembers(t.Context(), b)
		if err != nil {
			t.Fatal(err)
		}
		d.all = append(d.all, saved.People...)
	}
	return d
}

// viewer returns a person of the first school as a session has them.
func (d *town) viewer(t interface{ Fatal(...any) }, m *identity.Member) *wire.Viewer {
	v := &wire.Viewer{Person: m.ID, School: string(school), Profile: string(m.Profile)}
	for _, g := range m.Groups {
		v.Groups = append(v.Groups, &wire.Group{Id: string(g)})
	}
	children, err := d.people.People(context.Background(), school, m.Children...)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range children {
		one := &wire.Child{Person: c.ID}
		for _, g := range c.Groups {
			one.Groups = append(one.Groups, &wire.Group{Id: string(g)})
		}
		v.Children = append(v.Children, one)
	}
	return v
}

// Whoever finds a person or a class can open the page, and the other way round,
// of the same school only.
func TestFoundIsOpened(t *testing.T) {
	d := newTown(t)
	members, err := d.people.Members(t.Context(), school, "")
	if err != nil {
		t.Fatal(err)
	}
	count := map[bool]int{}
	for source, handle := range map[string]visit.Handler{search.People: d.showPerson, search.Classes: d.showClass} {
		docs := map[ids.SchoolID][]*wire.Document{}
		for _, uai := range []ids.SchoolID{school, other} {
			if docs[uai], _, err = d.sources.Documents(t.Context(), uai, source, nil, "", 100); err != nil || len(docs[uai]) == 0 {
				t.Fatal(len(docs[uai]), err)
			}
		}
		rapid.Check(t, func(r *rapid.T) {
			m := rapid.SampledFrom(members).Draw(r, "viewer")
			doc := rapid.SampledFrom(slices.Concat(docs[school], docs[other])).Draw(r, "document")
			v := d.viewer(r, m)
			finds := slices.Contains(docs[school], doc) && doc.Admits(v, time.Now())
			_, err := handle(&visit.Visit{Context: t.Context(), Session: &identity.Session{School: school, Person: m.Person(), Profile: m.Profile, Roles: m.AllRoles(), Viewer: v},
				Params: map[string]string{"id": doc.Id}})
			if err != nil && errors.KindOf(err) != errors.NotFound {
				r.Fatal(err)
			}
			if opens := err == nil; finds != opens {
				r.Fatalf("%s finds %s: %v, opens the page: %v", m.FirstName, doc.Title, finds, opens)
			}
			count[finds]++
		})
	}
	if count[true] == 0 || count[false] == 0 {
		t.Errorf("the test tells nothing: %v", count)
	}
}

// Some of the rule in names, so that it does not only agree with itself.
func TestWhoSeesWhom(t *testing.T) {
	d := newTown(t)
	members, err := d.people.Members(t.Context(), school, "")
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*identity.Member{}
	for _, m := range members {
		byName[m.FirstName] = m
	}
	for _, c := range []struct {
		who, whom string
		want      bool
	}{
		{"pupil-A", "pupil-both", true}, {"pupil-A", "pupil-B", false}, {"pupil-A", "parent-A", false}, {"pupil-A", "teacher-B", true},
		{"pupil-none", "pupil-A", false}, {"pupil-none", "pupil-none", true},
		{"parent-A", "pupil-A", true}, {"parent-A", "pupil-both", false}, {"parent-A", "parent-two", false}, {"parent-A", "direction", true},
		{"parent-none", "pupil-A", false}, {"parent-two", "pupil-B", true},
		{"teacher-A", "pupil-B", true}, {"teacher-A", "parent-A", true}, {"teacher-A", "parent-B", false}, {"teacher-A", "parent-two", true},
		{"viescolaire", "parent-B", true}, {"personnel", "parent-none", true},
	} {
		m := byName[c.whom]
		_, groups, err := d.children(t.Context(), school, m)
		if err != nil {
			t.Fatal(err)
		}
		if got := sees(d.viewer(t, byName[c.who]), m, groups); got != c.want {
			t.Errorf("%s sees %s: %v", c.who, c.whom, got)
		}
	}
	gone := *byName["pupil-A"]
	gone.Left = true
	if sees(d.viewer(t, byName["direction"]), &gone, nil) {
		t.Error("somebody who left is seen")
	}
}
