package identity

import (
	"reflect"
	"slices"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// tied is the family of all tests, whose teacher runs the school and is a pupil's
// guardian too; who is also in a group that the school made by hand.
func tied(b *bench, who string) (made ids.GroupID) {
	b.t.Helper()
	batch := family()
	p := &batch.People[slices.IndexFunc(batch.People, func(e Entry) bool { return e.Source == "prof" })]
	p.Children, p.Roles = []string{"tom"}, []string{administrateur}
	b.save(batch)
	made, err := b.SaveGroup(b.t.Context(), audit.By{}, college, Group{Name: "Chorale", Kind: Groupe})
	if err == nil {
		m, wrong := b.Member(b.t.Context(), college, b.person(college, who))
		if err = wrong; err == nil {
			err = b.SetGroups(b.t.Context(), audit.By{}, college, m.Person(), append(m.Groups, made))
		}
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return made
}

// alone is a batch of one entry of the family, made something else.
func alone(who string, to ids.Profile) Batch {
	batch := family()
	i := slices.IndexFunc(batch.People, func(e Entry) bool { return e.Source == who })
	batch.People = batch.People[i : i+1]
	e := &batch.People[0]
	e.Profile, e.Children = to, nil
	return batch
}

// TestImportEndsTies: an import that makes somebody something else leaves of what
// they were only what the new profile has, as a correction by hand does, and says
// what goes, before and after it is done.
func TestImportEndsTies(t *testing.T) {
	for name, x := range map[string]struct {
		who      string
		to       ids.Profile
		children []string // left
		guards   []string // left
		made     bool     // still in the group made by hand
		roles    int      // left
		lost     []string // children
		freed    []string // guardians
	}{
		"a teacher becomes a pupil":  {who: "prof", to: ids.Eleve, made: true, lost: []string{"tom"}},
		"a teacher becomes a parent": {who: "prof", to: ids.Parent, children: []string{"tom"}},
		"a teacher becomes staff":    {who: "prof", to: ids.Personnel, children: []string{"tom"}, made: true, roles: 1},
		"a teacher stays one":        {who: "prof", to: ids.Enseignant, children: []string{"tom"}, made: true, roles: 1},
		"a parent becomes a pupil":   {who: "mere", to: ids.Eleve, made: true, lost: []string{"lea", "tom"}},
		"a parent becomes a teacher": {who: "mere", to: ids.Enseignant, made: true, lost: []string{"lea", "tom"}},
		"a parent stays one":         {who: "mere", to: ids.Parent, made: true, children: []string{"lea", "tom"}},
		"a pupil becomes a parent":   {who: "lea", to: ids.Parent, freed: []string{"mere"}},
		"a pupil becomes a teacher":  {who: "lea", to: ids.Enseignant, made: true, freed: []string{"mere"}},
		"a pupil stays one":          {who: "lea", to: ids.Eleve, made: true, guards: []string{"mere"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			made, who := tied(b, x.who), b.person(college, x.who)
			before, err := b.Member(t.Context(), college, who)
			if err != nil {
				t.Fatal(err)
			}
			batch := alone(x.who, x.to)
			dry := batch
			dry.DryRun = true
			planned, saved := b.save(dry), b.save(batch)
			if !reflect.DeepEqual(planned.Ended, saved.Ended) || !slices.Equal(planned.Outcomes, saved.Outcomes) {
				t.Errorf("planned %+v, did %+v", planned, saved)
			}
			lost := Ended{}
			if len(saved.Ended) == 1 {
				lost = saved.Ended[0]
			}
			b.are(lost.Children, x.lost)
			b.are(lost.Guardians, x.freed)
			if slices.Contains(lost.Groups, made) == x.made || len(lost.Roles) != len(before.Roles)-x.roles || len(saved.Ended) > 1 {
				t.Errorf("said %+v", saved.Ended)
			}
			m, err := b.Member(t.Context(), college, who)
			if err != nil || m.Profile != x.to || slices.Contains(m.Groups, made) != x.made || len(m.Roles) != x.roles {
				t.Errorf("%+v %v", m, err)
			}
			b.are(m.Guardians, x.guards)
			for _, child := range []string{"lea", "tom", "hugo"} {
				ok, err := b.GuardianOf(t.Context(), college, who, b.person(college, child))
				if err != nil || ok != slices.Contains(x.children, child) {
					t.Errorf("guardian of %s: %v %v", child, ok, err)
				}
			}
			if again := b.save(batch); len(again.Ended) > 0 || again.Outcomes[0] != Unchanged {
				t.Errorf("once more: %+v", again)
			}
		})
	}
}

// TestImportEndsTiesOrNothing: what is refused for one entry takes nothing from
// another.
func TestImportEndsTiesOrNothing(t *testing.T) {
	b := newBench(t)
	tied(b, "prof")
	batch := alone("prof", ids.Eleve)
	batch.People = append(batch.People, Entry{Source: "zoe", FirstName: "Zoé", LastName: "Noël", Profile: ids.Eleve, Groups: []string{"none"}})
	_, err := b.SaveMembers(t.Context(), batch)
	wants(t, "a group there is not", err, errors.Invalid, "identity.import.group")
	if ok, err := b.GuardianOf(t.Context(), college, b.person(college, "prof"), b.person(college, "tom")); !ok || err != nil {
		t.Errorf("the tie went: %v", err)
	}
	batch = alone("hugo", ids.Eleve)
	batch.People[0].Children = []string{"lea"}
	_, err = b.SaveMembers(t.Context(), batch)
	wants(t, "a pupil with a child", err, errors.Invalid, "identity.import.pupil")
}

// TestImportWithTheWholeFamily: a teacher becomes a pupil in the same files that
// list the child.
func TestImportWithTheWholeFamily(t *testing.T) {
	b := newBench(t)
	tied(b, "prof")
	batch := family()
	batch.People[5].Profile, batch.People[5].Groups = ids.Eleve, []string{"6A"}
	if got := count(b.save(batch)); got != "0 created, 1 changed, 6 unchanged, 0 left, 0 groups, 0 passwords" {
		t.Error(got)
	}
	tom, err := b.Member(t.Context(), college, b.person(college, "tom"))
	if err != nil {
		t.Fatal(err)
	}
	b.are(tom.Guardians, []string{"mere"})
}

// TestImportMendsTies: a pupil whom an import of before left somebody's guardian is
// so no longer after the next one.
func TestImportMendsTies(t *testing.T) {
	b := newBench(t)
	b.save(family())
	hugo, lea := b.person(college, "hugo"), b.person(college, "lea")
	b.within(func(tx store.Tx) error {
		_, err := members.Modify(tx, string(lea), func(m *Member) error { m.Guardians = append(m.Guardians, hugo); return nil })
		return err
	})
	saved := b.save(family())
	if len(saved.Ended) != 1 || saved.Outcomes[3] != Changed || !slices.Equal(saved.Ended[0].Children, []ids.PersonID{lea}) {
		t.Errorf("%+v", saved)
	}
	if ok, err := b.GuardianOf(t.Context(), college, hugo, lea); ok || err != nil {
		t.Errorf("still: %v", err)
	}
	if saved = b.save(family()); len(saved.Ended) > 0 {
		t.Errorf("once more: %+v", saved.Ended)
	}
}

// TestImportLeavesSomebodyToRun: the last person who can administer the school is not
// made somebody who cannot, and that is known before.
func TestImportLeavesSomebodyToRun(t *testing.T) {
	b := newBench(t)
	b.save(family())
	batch := alone("chef", ids.Parent)
	for _, batch.DryRun = range []bool{true, false} {
		_, err := b.SaveMembers(t.Context(), batch)
		wants(t, "the last head", err, errors.Conflict, "identity.lastadmin")
	}
	if m, err := b.Member(t.Context(), college, b.person(college, "chef")); err != nil || m.Profile != ids.Direction {
		t.Errorf("%+v %v", m, err)
	}
	batch.People = append(batch.People, alone("prof", ids.Direction).People...)
	batch.DryRun = true
	b.save(batch)
	batch.DryRun = false
	b.save(batch)
	if m, err := b.Member(t.Context(), college, b.person(college, "chef")); err != nil || m.Profile != ids.Parent {
		t.Errorf("with another head: %+v %v", m, err)
	}
}
