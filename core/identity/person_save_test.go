package identity

import (
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

func TestAddPersonByHand(t *testing.T) {
	b := newBench(t)
	b.save(family())
	head := audit.By{Person: b.person(college, "chef"), Address: here}
	all, _ := b.Groups(t.Context(), college)
	third := all[0]
	first, err := b.AddPerson(t.Context(), head, college, Details{FirstName: "  Zoé ", LastName: "Petit  Jean", Birth: "2012-01-31", Profile: ids.Eleve, Groups: []ids.GroupID{ids.GroupID(third.ID)}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := b.Member(t.Context(), college, first.Person)
	if err != nil || m.Name() != "Zoé Petit Jean" || m.Birth != "2012-01-31" || len(m.Groups) != 1 || first.Login != m.Login || first.Password == "" {
		t.Fatalf("%+v %+v %v", m, first, err)
	}
	if _, _, err := b.SignIn(t.Context(), first.Login, first.Password, here); err != nil {
		t.Errorf("first sign-in: %v", err)
	}
	parent, err := b.AddPerson(t.Context(), head, college, Details{FirstName: "Ada", LastName: "Petit", Email: "ada@example.org", Profile: ids.Parent, Children: []ids.PersonID{first.Person}})
	if err != nil {
		t.Fatal(err)
	}
	if ok, _ := b.GuardianOf(t.Context(), college, parent.Person, first.Person); !ok {
		t.Error("the parent is not the pupil's")
	}
	if lines := strings.Join(journal(b, college), "\n"); !strings.Contains(lines, "person.added "+string(parent.Person)) {
		t.Errorf("journal: %s", lines)
	}
	for what, c := range map[string]struct {
		d     Details
		field string
	}{
		"no first name":   {Details{LastName: "X", Profile: ids.Eleve}, "prenom"},
		"no last name":    {Details{FirstName: "X", Profile: ids.Eleve}, "nom"},
		"no profile":      {Details{FirstName: "X", LastName: "Y"}, "profil"},
		"no such day":     {Details{FirstName: "X", LastName: "Y", Birth: "2012-02-31", Profile: ids.Eleve}, "naissance"},
		"no address":      {Details{FirstName: "X", LastName: "Y", Email: "Ada <ada@example.org>", Profile: ids.Eleve}, "courriel"},
		"not their child": {Details{FirstName: "X", LastName: "Y", Profile: ids.Parent, Children: []ids.PersonID{parent.Person}}, "enfants"},
	} {
		if _, err := b.AddPerson(t.Context(), head, college, c.d); errors.FieldsOf(err)[c.field] == "" {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestCorrectPerson(t *testing.T) {
	b := newBench(t)
	b.save(family())
	head := audit.By{Person: b.person(college, "chef")}
	mother, lea, hugo := b.person(college, "mere"), b.person(college, "lea"), b.person(college, "hugo")
	_, sess := b.in("anne-sophie.noel", "mere-password")
	if len(sess.Viewer.Children) != 2 {
		t.Fatal("two children")
	}
	d := Details{FirstName: "Anne", LastName: "Noël-Roy", Email: "anne@example.org", Children: []ids.PersonID{lea, hugo}}
	if err := b.CorrectPerson(t.Context(), head, college, mother, d); err != nil {
		t.Fatal(err)
	}
	m, _ := b.Member(t.Context(), college, mother)
	if m.Name() != "Anne Noël-Roy" || m.Email != "anne@example.org" || m.Profile != ids.Parent || !slices.Contains(m.Children, hugo) || len(m.Children) != 2 {
		t.Errorf("%+v", m)
	}
	_, sess = b.in("anne-sophie.noel", "mere-password")
	if sess.Viewer.Name != "Anne Noël-Roy" || len(sess.Viewer.Children) != 2 {
		t.Errorf("the next session says %v", sess.Viewer)
	}
	found, _, err := b.ListPeople(t.Context(), college, PeopleQuery{Words: "roy"})
	if err != nil || len(found) != 1 {
		t.Errorf("found by the new name: %v %v", found, err)
	}
	wants(t, "in another school", b.CorrectPerson(t.Context(), head, lycee, mother, d), errors.NotFound, "identity.person.unknown")
}

func TestDeleteGroup(t *testing.T) {
	b := newBench(t)
	b.save(family())
	head := audit.By{Person: b.person(college, "chef")}
	lea := b.person(college, "lea")
	m, _ := b.Member(t.Context(), college, lea)
	gone := m.Groups[0]
	if err := b.Leave(t.Context(), head, college, b.person(college, "hugo")); err != nil {
		t.Fatal(err)
	}
	wants(t, "in another school", b.DeleteGroup(t.Context(), head, lycee, gone), errors.NotFound, "identity.group.unknown")
	if err := b.DeleteGroup(t.Context(), head, college, gone); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"lea", "hugo", "prof"} {
		if m, _ := b.Member(t.Context(), college, b.person(college, who)); slices.Contains(m.Groups, gone) {
			t.Errorf("%s still belongs to it", who)
		}
	}
	if m, _ := b.Member(t.Context(), college, b.person(college, "prof")); len(m.Groups) != 1 {
		t.Errorf("the teacher's other class: %v", m.Groups)
	}
	wants(t, "twice", b.DeleteGroup(t.Context(), head, college, gone), errors.NotFound, "identity.group.unknown")
	if lines := strings.Join(journal(b, college), "\n"); !strings.Contains(lines, "group.deleted "+string(gone)) {
		t.Errorf("journal: %s", lines)
	}
}
