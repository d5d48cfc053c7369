package identity

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// view runs fn on the space of a known school.
func (s *Service) view(ctx context.Context, school ids.SchoolID, fn func(store.Tx) error) error {
	space, err := s.space(ctx, school)
	if err != nil {
		return err
	}
	return space.View(ctx, fn)
}

// Member returns one member, also one who left; NotFound when unknown.
func (s *Service) Member(ctx context.Context, school ids.SchoolID, person ids.PersonID) (m *Member, err error) {
	err = s.view(ctx, school, func(tx store.Tx) error {
		m, err = readMember(tx, string(person))
		return err
	})
	return m, err
}

// MemberBySource returns the member that an import knows by this key, also one
// who left; NotFound when unknown.
func (s *Service) MemberBySource(ctx context.Context, school ids.SchoolID, source string) (m *Member, err error) {
	err = s.view(ctx, school, func(tx store.Tx) error {
		if m, err = members.Find(tx, "source", source); err != nil {
			return personError(err)
		}
		return m.relate(tx)
	})
	return m, err
}

// People returns the living members among these, in their order; unknown
// people are left out.
func (s *Service) People(ctx context.Context, school ids.SchoolID, people ...ids.PersonID) (list []*Member, err error) {
	err = s.view(ctx, school, func(tx store.Tx) error {
		list = nil
		for _, id := range people {
			m, err := readMember(tx, string(id))
			if errors.KindOf(err) == errors.NotFound || err == nil && m.Left {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, m)
		}
		return nil
	})
	return list, err
}

// Members returns the living members of a group by name, of these profiles
// (none given: all). An empty group means the whole school.
func (s *Service) Members(ctx context.Context, school ids.SchoolID, group ids.GroupID, profiles ...ids.Profile) (list []*Member, err error) {
	err = s.view(ctx, school, func(tx store.Tx) error {
		list = nil
		collect := func(index string, parts ...any) error {
			for m, err := range members.Range(tx, index, store.Prefix(parts...)) {
				if err != nil {
					return err
				}
				if len(profiles) > 0 && !slices.Contains(profiles, m.Profile) {
					continue
				}
				if err := m.relate(tx); err != nil {
					return err
				}
				list = append(list, m)
			}
			return nil
		}
		switch {
		case group != "":
			return collect("group", false, group)
		case len(profiles) == 0:
			return collect("name", false)
		}
		for _, p := range ids.Profiles() {
			if slices.Contains(profiles, p) {
				if err := collect("profile", false, p); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return list, err
}

// CountPeople returns how many living members the school has by profile.
func (s *Service) CountPeople(ctx context.Context, school ids.SchoolID) (map[ids.Profile]int, error) {
	counts := map[ids.Profile]int{}
	err := s.view(ctx, school, func(tx store.Tx) error {
		for _, p := range ids.Profiles() {
			n, err := members.Count(tx, "profile", store.Prefix(false, p))
			if err != nil {
				return err
			}
			counts[p] = n
		}
		return nil
	})
	return counts, err
}

// CountMembers returns how many living members a group has.
func (s *Service) CountMembers(ctx context.Context, school ids.SchoolID, group ids.GroupID) (n int, err error) {
	err = s.view(ctx, school, func(tx store.Tx) error {
		n, err = members.Count(tx, "group", store.Prefix(false, group))
		return err
	})
	return n, err
}

// Groups lists all classes and groups of the school, classes first, by name.
func (s *Service) Groups(ctx context.Context, school ids.SchoolID) (list []*Group, err error) {
	err = s.view(ctx, school, func(tx store.Tx) error {
		list = nil
		for g, err := range groups.Range(tx, "name") {
			if err != nil {
				return err
			}
			list = append(list, g)
		}
		return nil
	})
	return list, err
}

// GroupsByID returns these groups in their order; unknown ones are left out.
func (s *Service) GroupsByID(ctx context.Context, school ids.SchoolID, wanted ...ids.GroupID) (list []*Group, err error) {
	err = s.view(ctx, school, func(tx store.Tx) error {
		list, err = groupsByID(tx, wanted)
		return err
	})
	return list, err
}

func groupsByID(tx store.Tx, wanted []ids.GroupID) (list []*Group, err error) {
	for _, id := range wanted {
		g, err := groups.Get(tx, string(id))
		if errors.KindOf(err) == errors.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, g)
	}
	return list, nil
}

// GuardianOf reports whether guardian is one of child's in this school, both
// living members.
func (s *Service) GuardianOf(ctx context.Context, school ids.SchoolID, guardian, child ids.PersonID) (ok bool, err error) {
	err = s.view(ctx, school, func(tx store.Tx) error {
		m, err := readMember(tx, string(child))
		if errors.KindOf(err) == errors.NotFound {
			ok = false
			return nil
		}
		if err != nil {
			return err
		}
		ok = !m.Left && slices.Contains(m.Guardians, guardian)
		return nil
	})
	return ok, err
}
