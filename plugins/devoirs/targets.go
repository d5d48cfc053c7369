package main

import (
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// Prefixes of the picker's values: a whole group, or one pupil.
const (
	wholeGroup = "g:"
	onePupil   = "p:"
)

// offer is whom a teacher may set homework for: their own groups and the pupils
// in them, and nobody else of the school.
type offer struct {
	groups  []sdk.Group
	members map[ids.GroupID][]sdk.Person
}

// offered asks the directory for the viewer's groups and pupils.
func offered(s *sdk.Scope) (*offer, error) {
	o := &offer{groups: s.Viewer.Groups, members: map[ids.GroupID][]sdk.Person{}}
	for _, g := range o.groups {
		pupils, err := s.Directory.Members(g.ID, ids.Eleve)
		if err != nil {
			return nil, err
		}
		o.members[g.ID] = pupils
	}
	return o, nil
}

// options lists what the picker shows: each group, then its pupils. Whoever is
// in several groups is there once.
func (o *offer) options() (options []*ui.Option) {
	seen := map[ids.PersonID]bool{}
	for _, g := range o.groups {
		options = append(options, &ui.Option{
			Value: wholeGroup + string(g.ID), Group: ui.S(g.Name),
			Label:  ui.T("devoirs.target.group", "name", g.Name),
			Detail: ui.T("devoirs.target.size", "n", len(o.members[g.ID])),
		})
		for _, p := range o.members[g.ID] {
			if !seen[p.ID] {
				seen[p.ID] = true
				options = append(options, &ui.Option{Value: onePupil + string(p.ID), Group: ui.S(g.Name), Label: ui.S(p.Name)})
			}
		}
	}
	return options
}

// choose writes the picked values into h. It reports false when one of them is
// neither offered nor already in h: a form made by hand.
func (o *offer) choose(h *Homework, picked []string) bool {
	var groups []Group
	var pupils []ids.PersonID
	for _, value := range picked {
		if id, ok := strings.CutPrefix(value, wholeGroup); ok {
			g, ok := o.group(h, ids.GroupID(id))
			if !ok {
				return false
			}
			if !slices.ContainsFunc(groups, func(x Group) bool { return x.ID == g.ID }) {
				groups = append(groups, g)
			}
			continue
		}
		id, ok := strings.CutPrefix(value, onePupil)
		p := ids.PersonID(id)
		if !ok || !o.hasPupil(p) && !slices.Contains(h.Pupils, p) {
			return false
		}
		if !slices.Contains(pupils, p) {
			pupils = append(pupils, p)
		}
	}
	h.Groups, h.Pupils = groups, pupils
	return true
}

func (o *offer) group(h *Homework, id ids.GroupID) (Group, bool) {
	for _, g := range o.groups {
		if g.ID == id {
			return Group{ID: id, Name: g.Name, Size: len(o.members[id])}, true
		}
	}
	for _, g := range h.Groups { // set before the teacher left the group
		if g.ID == id {
			return g, true
		}
	}
	return Group{}, false
}

func (o *offer) hasPupil(id ids.PersonID) bool {
	for _, members := range o.members {
		if slices.ContainsFunc(members, func(p sdk.Person) bool { return p.ID == id }) {
			return true
		}
	}
	return false
}

// picked returns h's targets as values of the picker.
func (h *Homework) picked() (values []string) {
	for _, g := range h.Groups {
		values = append(values, wholeGroup+string(g.ID))
	}
	for _, p := range h.Pupils {
		values = append(values, onePupil+string(p))
	}
	return values
}

// targetWords names whom h is for: its groups, and how many pupils by name.
func (h *Homework) targetWords() *ui.Words {
	names := make([]string, len(h.Groups))
	for i, g := range h.Groups {
		names[i] = g.Name
	}
	groups := strings.Join(names, ", ")
	switch {
	case len(h.Pupils) == 0:
		return ui.S(groups)
	case groups == "":
		return ui.T("devoirs.target.pupils", "n", len(h.Pupils))
	}
	return ui.T("devoirs.target.both", "groups", groups, "n", len(h.Pupils))
}
