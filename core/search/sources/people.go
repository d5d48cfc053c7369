package sources

import (
	"context"
	"strings"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// The pages of a person and of a class.
const (
	PersonPath = "/annuaire/"
	ClassPath  = "/annuaire/classe/"
)

// staff are the profiles of who works in a school.
var staff = []string{string(ids.Enseignant), string(ids.VieScol), string(ids.Direction), string(ids.Personnel)}

// office are those among them who deal with every family.
var office = []string{string(ids.VieScol), string(ids.Direction), string(ids.Personnel)}

// people are found by those whom [Sees] lets see them.
func (s *Sources) people(ctx context.Context, school ids.SchoolID) (list []*wire.Document, err error) {
	members, err := s.identity.Members(ctx, school, "")
	if err != nil {
		return nil, err
	}
	names, err := s.groupNames(ctx, school)
	if err != nil {
		return nil, err
	}
	byID := make(map[ids.PersonID]*identity.Member, len(members))
	for _, m := range members {
		byID[m.Person()] = m
	}
	for _, m := range members {
		d := &wire.Document{Id: m.ID, Title: m.Name(), Kind: ui.T("profile." + string(m.Profile)), Path: PersonPath + m.ID, Icon: ui.IconPerson}
		var text []string
		for _, g := range m.Groups {
			text = append(text, names[g])
		}
		var children []ids.GroupID
		for _, c := range m.Children {
			if child := byID[c]; child != nil {
				text = append(text, child.Name())
				children = append(children, child.Groups...)
			}
		}
		d.Text, d.Audience = strings.Join(text, ", "), audienceOf(m, children)
		list = append(list, d)
	}
	return list, nil
}

// audienceOf is [Sees] as an audience; children are the groups of a guardian's
// children.
func audienceOf(m *identity.Member, children []ids.GroupID) []*wire.Audience {
	own := &wire.Audience{People: []string{m.ID}}
	switch {
	case m.Staff():
		return []*wire.Audience{{}}
	case m.Profile == ids.Eleve:
		list := []*wire.Audience{own, {Profiles: staff}, {People: []string{m.ID}, Guardians: true, Profiles: []string{string(ids.Parent)}}}
		if len(m.Groups) > 0 {
			list = append(list, &wire.Audience{Groups: plain(m.Groups), Profiles: []string{string(ids.Eleve)}})
		}
		return list
	}
	list := []*wire.Audience{own, {Profiles: office}}
	if len(children) > 0 {
		list = append(list, &wire.Audience{Groups: plain(children), Profiles: []string{string(ids.Enseignant)}})
	}
	return list
}

// classes are found by everybody who works in the school and by those who are
// in them, or whose children are.
func (s *Sources) classes(ctx context.Context, school ids.SchoolID) (list []*wire.Document, err error) {
	groups, err := s.identity.Groups(ctx, school)
	for _, g := range groups {
		list = append(list, &wire.Document{Id: g.ID, Title: g.Name, Kind: ui.T("search.kind." + g.Kind), Path: ClassPath + g.ID, Icon: ui.IconSchool,
			Audience: []*wire.Audience{{Profiles: staff}, {Groups: []string{g.ID}},
				{Groups: []string{g.ID}, Guardians: true, Profiles: []string{string(ids.Parent)}}}})
	}
	return list, err
}

func (s *Sources) groupNames(ctx context.Context, school ids.SchoolID) (map[ids.GroupID]string, error) {
	groups, err := s.identity.Groups(ctx, school)
	names := make(map[ids.GroupID]string, len(groups))
	for _, g := range groups {
		names[ids.GroupID(g.ID)] = g.Name
	}
	return names, err
}

func plain[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
