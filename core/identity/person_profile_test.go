package identity

import (
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// TestSetProfileEndsTies: of what somebody was only what their new profile has
// stays; what they are already is no change and no line in the journal.
func TestSetProfileEndsTies(t *testing.T) {
	batch := family()
	for i := range batch.People { // a teacher whose son is a pupil, and who runs the school too
		if p := &batch.People[i]; p.Source == "prof" {
			p.Children, p.Roles = []string{"tom"}, []string{administrateur}
		}
	}
	for name, x := range map[string]struct {
		who      string
		to       ids.Profile
		children []string // sources
		guards   []string // of who
		classes  int
		roles    int
		noted    int
	}{
		"a teacher becomes staff":      {"prof", ids.Personnel, []string{"tom"}, nil, 2, 1, 1},
		"a teacher becomes a parent":   {"prof", ids.Parent, []string{"tom"}, nil, 0, 0, 1},
		"a teacher becomes a pupil":    {"prof", ids.Eleve, nil, nil, 2, 0, 1},
		"a teacher stays one":          {"prof", ids.Enseignant, []string{"tom"}, nil, 2, 1, 0},
		"a parent becomes a pupil":     {"mere", ids.Eleve, nil, nil, 0, 0, 1},
		"a parent becomes a teacher":   {"mere", ids.Enseignant, nil, nil, 0, 0, 1},
		"a parent stays one":           {"mere", ids.Parent, []string{"tom", "lea"}, nil, 0, 0, 0},
		"a pupil becomes a parent":     {"lea", ids.Parent, nil, nil, 0, 0, 1},
		"a pupil becomes a teacher":    {"lea", ids.Enseignant, nil, nil, 1, 0, 1},
		"a pupil stays one":            {"lea", ids.Eleve, nil, []string{"mere"}, 1, 0, 0},
		"the head leaves it to others": {"chef", ids.Enseignant, nil, nil, 0, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.save(batch)
			who, lines := b.person(college, x.who), len(journal(b, college))
			if err := b.SetProfile(t.Context(), audit.By{Person: b.person(college, "chef")}, college, who, x.to); err != nil {
				t.Fatal(err)
			}
			m, err := b.Member(t.Context(), college, who)
			if err != nil || m.Profile != x.to || len(m.Groups) != x.classes || len(m.Roles) != x.roles {
				t.Errorf("%+v %v", m, err)
			}
			b.are(m.Guardians, x.guards)
			for _, child := range []string{"lea", "tom", "hugo"} {
				ok, err := b.GuardianOf(t.Context(), college, who, b.person(college, child))
				if err != nil || ok != slices.Contains(x.children, child) {
					t.Errorf("guardian of %s: %v %v", child, ok, err)
				}
			}
			if m.Profile != ids.Eleve {
				b.are(m.Children, x.children)
			}
			if noted := journal(b, college)[lines:]; len(noted) != x.noted || x.noted > 0 && !strings.HasSuffix(noted[0], string(who)) {
				t.Errorf("journal: %v", noted)
			}
		})
	}
}

// are compares people with those of these sources, in any order.
func (b *bench) are(got []ids.PersonID, sources []string) {
	b.t.Helper()
	var want []ids.PersonID
	for _, s := range sources {
		want = append(want, b.person(college, s))
	}
	got = slices.Sorted(slices.Values(got))
	if slices.Sort(want); !slices.Equal(got, want) {
		b.t.Errorf("%v, want %v", got, sources)
	}
}

func TestSetProfileRefuses(t *testing.T) {
	b := newBench(t)
	b.save(family())
	by, teacher, head := audit.By{}, b.person(college, "prof"), b.person(college, "chef")
	if err := b.SetProfile(t.Context(), by, college, teacher, "roi"); errors.FieldsOf(err)["profil"] == "" {
		t.Errorf("no such profile: %v", err)
	}
	wants(t, "in another school", b.SetProfile(t.Context(), by, lycee, teacher, ids.Parent), errors.NotFound, "identity.person.unknown")
	wants(t, "the last head", b.SetProfile(t.Context(), by, college, head, ids.Enseignant), errors.Conflict, "identity.lastadmin")
	if m, err := b.Member(t.Context(), college, head); err != nil || m.Profile != ids.Direction {
		t.Errorf("%+v %v", m, err)
	}
}
