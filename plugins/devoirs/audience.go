package main

import (
	"cmp"
	"slices"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
)

// audience is everybody a homework is for, with their groups and guardians.
type audience struct {
	pupils []sdk.Person // by name, each once
	groups map[ids.PersonID]ids.GroupID
}

// audienceOf asks the directory who is in h's groups today, and who is named.
func audienceOf(s *sdk.Scope, h *Homework) (*audience, error) {
	a := &audience{groups: map[ids.PersonID]ids.GroupID{}}
	seen := map[ids.PersonID]bool{}
	add := func(people []sdk.Person, group ids.GroupID) {
		for _, p := range people {
			if p.Profile == ids.Eleve && !seen[p.ID] {
				seen[p.ID] = true
				a.groups[p.ID] = group
				a.pupils = append(a.pupils, p)
			}
		}
	}
	for i, g := range h.Groups {
		people, err := s.Directory.Members(g.ID, ids.Eleve)
		if err != nil {
			return nil, err
		}
		h.Groups[i].Size = len(people)
		add(people, g.ID)
	}
	named, err := s.Directory.People(h.Pupils...)
	if err != nil {
		return nil, err
	}
	add(named, "")
	slices.SortFunc(a.pupils, byName)
	return a, nil
}

// byName orders people as a class list does.
func byName(a, b sdk.Person) int {
	return cmp.Or(cmp.Compare(a.LastName, b.LastName), cmp.Compare(a.FirstName, b.FirstName), cmp.Compare(a.ID, b.ID))
}

// ids returns the pupils.
func (a *audience) ids() []ids.PersonID {
	out := make([]ids.PersonID, len(a.pupils))
	for i, p := range a.pupils {
		out[i] = p.ID
	}
	return out
}

// touched returns everybody whose pages a change of the homework changes: the
// pupils, their guardians and the teacher who set it.
func (a *audience) touched(h *Homework) []ids.PersonID {
	out := append(a.ids(), h.Author)
	for _, p := range a.pupils {
		out = append(out, p.Guardians...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// pupil returns the one of them with this id.
func (a *audience) pupil(id ids.PersonID) (sdk.Person, bool) {
	i := slices.IndexFunc(a.pupils, func(p sdk.Person) bool { return p.ID == id })
	if i < 0 {
		return sdk.Person{}, false
	}
	return a.pupils[i], true
}
