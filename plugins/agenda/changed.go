package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
)

// eventChanged happens when a calendar is not what it was.
const eventChanged = "agenda.changed"

// Changed is its payload. Without a calendar, all have changed.
type Changed struct {
	Calendar Calendar `json:"calendar,omitempty"`
	Entry    string   `json:"entry,omitempty"`
}

// touched returns the people whose calendars a change of this one concerns;
// nil is the whole school.
func touched(s *sdk.Scope, c Calendar) ([]ids.PersonID, error) {
	if p, ok := c.Person(); ok {
		return []ids.PersonID{p}, nil
	}
	g, ok := c.Group()
	if !ok {
		return nil, nil
	}
	members, err := s.Directory.Members(g)
	if err != nil {
		return nil, err
	}
	people := []ids.PersonID{}
	seen := map[ids.PersonID]bool{}
	for _, m := range members {
		for _, p := range append([]ids.PersonID{m.ID}, m.Guardians...) {
			if !seen[p] {
				seen[p] = true
				people = append(people, p)
			}
		}
	}
	if s.Viewer != nil && !seen[s.Viewer.Person] {
		people = append(people, s.Viewer.Person)
	}
	return people, nil
}
