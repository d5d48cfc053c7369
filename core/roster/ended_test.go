package roster

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// TestWhatGoesIsSaid: what somebody loses with the profile that they had is in the
// report, before the import and after it, with names.
func TestWhatGoesIsSaid(t *testing.T) {
	const head = csvHead + "e1;eleve;Roudaut;Titouan;02/03/2014;6e A;;;\n"
	for name, x := range map[string]struct {
		line string
		want []string
	}{
		"a teacher becomes a pupil": {"t1;eleve;Le Goff;Anne;01/02/2010;6e A;;;", []string{
			"profile", "pupilguards children [Roudaut Titouan]", "norole"}},
		"a teacher becomes a parent": {"t1;parent;Le Goff;Anne;;;;e1;", []string{"profile", "nogroup groups [Chorale]", "norole"}},
		"a parent becomes a teacher": {"r1;enseignant;Roudaut;Lenaïg;;;;;", []string{"profile", "notparent children [Bihan Yann Roudaut Titouan]"}},
		"a pupil becomes staff":      {"e2;personnel;Bihan;Yann;;;;;", []string{"profile", "notpupil guardians [Roudaut Lenaïg]"}},
		"nothing goes":               {"t1;enseignant;Le Goff;Anne;;;;;", nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir := newSchool(t)
			made := func(e identity.Entry) identity.Entry { e.Password = "une petite phrase de douze"; return e }
			saved, err := dir.SaveMembers(t.Context(), identity.Batch{School: uai, People: []identity.Entry{
				made(identity.Entry{Source: "csv:e1", FirstName: "Titouan", LastName: "Roudaut", Birth: "2014-03-02", Profile: ids.Eleve}),
				made(identity.Entry{Source: "csv:e2", FirstName: "Yann", LastName: "Bihan", Birth: "2013-03-02", Profile: ids.Eleve}),
				made(identity.Entry{Source: "csv:t1", FirstName: "Anne", LastName: "Le Goff", Profile: ids.Enseignant, Children: []string{"csv:e1"}, Roles: []string{"administrateur"}}),
				made(identity.Entry{Source: "csv:r1", FirstName: "Lenaïg", LastName: "Roudaut", Profile: ids.Parent, Children: []string{"csv:e1", "csv:e2"}}),
				made(identity.Entry{Source: "csv:d1", FirstName: "Ada", LastName: "Jaouen", Profile: ids.Direction}),
			}})
			if err != nil {
				t.Fatal(err)
			}
			group, err := dir.SaveGroup(t.Context(), audit.By{}, uai, identity.Group{Name: "Chorale", Kind: identity.Groupe})
			if err == nil {
				err = dir.SetGroups(t.Context(), audit.By{}, uai, saved.People[2], []ids.GroupID{group})
			}
			if err != nil {
				t.Fatal(err)
			}
			r, err := ReadCSV([]File{{"p.csv", []byte(head + x.line + "\n")}})
			if err != nil {
				t.Fatal(err)
			}
			d, err := Plan(context.Background(), dir, uai, r)
			if err != nil {
				t.Fatal(err)
			}
			said(t, "planned", d.Report, x.want)
			if _, err := d.Apply(context.Background(), dir, audit.By{}, nil); err != nil {
				t.Fatal(err)
			}
			said(t, "done", d.Report, x.want)
		})
	}
}

// said compares the doubtful remarks, each with its one argument besides names.
func said(t *testing.T, when string, r *Report, want []string) {
	t.Helper()
	var got []string
	for _, one := range r.Doubtful {
		s := one.Key[len("roster.doubtful."):]
		for _, name := range []string{"children", "guardians", "groups"} {
			if v, ok := one.Args[name]; ok {
				s += fmt.Sprintf(" %s %s", name, v)
			}
		}
		got = append(got, s)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", when, got, want)
	}
}
