package roster

import (
	"context"
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// Directory is what an import asks of core/identity.
type Directory interface {
	ListPeople(ctx context.Context, school ids.SchoolID, q identity.PeopleQuery) ([]*identity.Member, string, error)
	Groups(ctx context.Context, school ids.SchoolID) ([]*identity.Group, error)
	SaveMembers(ctx context.Context, b identity.Batch) (*identity.Saved, error)
}

var _ Directory = (*identity.Service)(nil)

// state is the school as it is, arranged for look-ups.
type state struct {
	members  []*identity.Member // those who left too
	bySource map[string]*identity.Member
	byName   map[string][]*identity.Member // by nameKey
	groups   map[string]*identity.Group    // by groupSource of kind and name
	names    map[ids.GroupID]string        // groupSource by id
	children map[ids.PersonID][]*identity.Member
}

func load(ctx context.Context, dir Directory, school ids.SchoolID) (*state, error) {
	s := &state{
		bySource: map[string]*identity.Member{},
		byName:   map[string][]*identity.Member{}, groups: map[string]*identity.Group{}, names: map[ids.GroupID]string{},
		children: map[ids.PersonID][]*identity.Member{},
	}
	groups, err := dir.Groups(ctx, school)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		key := groupSource(g.Kind, g.Name)
		s.groups[key] = g
		s.names[ids.GroupID(g.ID)] = key
	}
	for _, left := range []bool{false, true} {
		q := identity.PeopleQuery{Left: left, Limit: 500}
		for {
			page, next, err := dir.ListPeople(ctx, school, q)
			if err != nil {
				return nil, err
			}
			for _, m := range page {
				s.add(m)
			}
			if next == "" {
				break
			}
			q.Cursor = next
		}
	}
	return s, nil
}

func (s *state) add(m *identity.Member) {
	s.members = append(s.members, m)
	if m.Source != "" {
		s.bySource[m.Source] = m
	}
	for _, guardian := range m.Guardians {
		s.children[guardian] = append(s.children[guardian], m)
	}
	key := nameKey(m.LastName, m.FirstName)
	s.byName[key] = append(s.byName[key], m)
}

// inClasses reports whether m is in exactly these classes.
func (s *state) inClasses(m *identity.Member, classes []string) bool {
	var has, wants []string
	for _, g := range m.Groups {
		if key := s.names[g]; strings.HasPrefix(key, identity.Classe+":") {
			has = append(has, key)
		}
	}
	for _, c := range classes {
		wants = append(wants, groupSource(identity.Classe, c))
	}
	slices.Sort(has)
	slices.Sort(wants)
	return slices.Equal(has, wants)
}

// nameKey is what two spellings of one name have in common.
func nameKey(last, first string) string { return Fold(last) + " " + Fold(first) }

// groupSource is the key of a class or group: its kind and name, whatever the
// file it comes from, so that ONDE and CSV speak of one class.
func groupSource(kind, name string) string { return kind + ":" + strings.ToLower(tidy(name)) }
