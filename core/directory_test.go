package core

import (
	"slices"
	"testing"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// TestWhoHoldsAPermission: the directory asks access with the roles of each of those
// asked about, in their school; who is not of it holds nothing.
func TestWhoHoldsAPermission(t *testing.T) {
	const school = ids.SchoolID("0750655E")
	c, people := peopled(t, Config{}, school,
		identity.Entry{Source: "a", FirstName: "Inès", LastName: "Roux", Profile: ids.Enseignant},
		identity.Entry{Source: "b", FirstName: "Luc", LastName: "Petit", Profile: ids.Parent})
	d := directory{c.Identity, func(s ids.SchoolID, roles []string, p ids.Permission) bool {
		return s == school && p == "agenda.sign" && slices.Contains(roles, string(ids.Parent))
	}}
	asked := append(slices.Clone(people), "stranger")
	if held, err := d.Holding(t.Context(), school, asked, "agenda.sign"); err != nil || len(held) != 1 || held[0] != people[1] {
		t.Errorf("%v %v", held, err)
	}
	if held, err := d.Holding(t.Context(), school, asked, "agenda.read"); err != nil || len(held) != 0 {
		t.Errorf("%v %v", held, err)
	}
}

// peopled opens a core with one school and these people, until the test ends.
func peopled(t *testing.T, cfg Config, school ids.SchoolID, people ...identity.Entry) (*Core, []ids.PersonID) {
	t.Helper()
	cfg.Data, cfg.Modules = t.TempDir(), []string{t.TempDir()}
	c, err := New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := c.Identity.AddSchool(t.Context(), audit.By{}, identity.School{ID: school, Name: "Collège"}); err != nil {
		t.Fatal(err)
	}
	saved, err := c.Identity.SaveMembers(t.Context(), identity.Batch{School: school, People: people})
	if err != nil {
		t.Fatal(err)
	}
	return c, saved.People
}
