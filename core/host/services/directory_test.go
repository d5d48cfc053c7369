package services

import (
	"testing"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// TestWhoHolds: a module learns to whom a school gives a permission of its own, and
// of no other module's.
func TestWhoHolds(t *testing.T) {
	d := open(t)
	ask := func(permission string) ([]string, error) {
		out, err := wire.NewDirectoryClient(d.rich).People(d.as(t, "rich", true), &wire.PeopleRequest{Ids: []string{camille, "poor", "stranger"}, Permission: permission})
		var people []string
		for _, p := range out.GetPeople() {
			people = append(people, p.Id)
		}
		return people, errors.FromStatus(err)
	}
	for permission, want := range map[string]int{"": 2, "rich.sign": 1} {
		if people, err := ask(permission); err != nil || len(people) != want || people[0] != camille {
			t.Errorf("%q: %v %v", permission, people, err)
		}
	}
	for _, other := range []string{"core.admin", "held.sign"} {
		if people, err := ask(other); errors.KindOf(err) != errors.Denied || len(people) > 0 {
			t.Errorf("%s: %v %v", other, people, err)
		}
	}
}
