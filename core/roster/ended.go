package roster

import (
	"slices"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// tell remarks on what people lose with the profile that they had: nothing of it
// stands in the files.
func (d *Draft) tell(saved *identity.Saved) {
	d.Report.Doubtful = slices.Clone(d.before)
	for _, e := range saved.Ended {
		person := &d.plan.roster.People[e.Entry]
		names := d.plan.state.names
		doubt := func(key, arg string, what []string) {
			if len(what) > 0 {
				d.Report.doubt(person, key, arg, what)
			}
		}
		key := "roster.doubtful.notparent"
		if person.Profile == ids.Eleve {
			key = "roster.doubtful.pupilguards"
		}
		doubt(key, "children", d.plan.state.called(e.Children))
		doubt("roster.doubtful.notpupil", "guardians", d.plan.state.called(e.Guardians))
		var groups []string
		for _, g := range e.Groups {
			if made := d.plan.state.groups[names[g]]; made != nil {
				groups = append(groups, made.Name)
			}
		}
		doubt("roster.doubtful.nogroup", "groups", groups)
		if len(e.Roles) > 0 {
			d.Report.doubt(person, "roster.doubtful.norole")
		}
	}
	d.Report.sort()
}

// called returns the names of members as lists show them, of who left too.
func (s *state) called(people []ids.PersonID) (names []string) {
	for _, id := range people {
		if i := slices.IndexFunc(s.members, func(m *identity.Member) bool { return m.Person() == id }); i >= 0 {
			names = append(names, tidy(s.members[i].LastName+" "+s.members[i].FirstName))
		}
	}
	return names
}
