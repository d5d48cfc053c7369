package identity

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// SetProfile corrects what a member is in the school: every session of theirs
// has the rights of the new profile from the next request on. Ties that it does
// not have go: a pupil's guardians, a parent's children and their classes, the
// roles of staff; and a pupil is nobody's guardian. What they are already is no
// change. Invalid names the field profil; Conflict "identity.lastadmin"
// when nobody could administer the school any more.
func (s *Service) SetProfile(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID, profile ids.Profile) error {
	if !profile.Valid() {
		return errors.Field("profil", "identity.import.profile")
	}
	m, err := s.Member(ctx, school, person)
	if err != nil || m.Profile == profile {
		return err
	}
	return s.change(ctx, by, school, person, audit.RolesChanged, func(tx store.Tx, m *Member) (map[string]string, error) {
		details := map[string]string{"before": string(m.Profile), "after": string(profile)}
		if m.Profile == ids.Parent || profile == ids.Eleve {
			if err := orphan(tx, m); err != nil {
				return nil, err
			}
		}
		if m.Profile = profile; profile != ids.Eleve {
			m.Guardians = nil
		}
		if profile == ids.Parent {
			m.Groups = nil
		}
		if !m.Staff() {
			m.Roles = nil
		}
		return details, nil
	})
}

// orphan ends that the member is anybody's guardian, of who left too.
func orphan(tx store.Tx, m *Member) error {
	var pupils []*Member
	for _, left := range []bool{false, true} {
		for c, err := range members.Range(tx, "guardian", store.Prefix(left, m.ID)) {
			if err != nil {
				return err
			}
			pupils = append(pupils, c)
		}
	}
	for _, c := range pupils {
		c.Guardians = slices.DeleteFunc(slices.Clone(c.Guardians), func(g ids.PersonID) bool { return g == m.Person() })
		if err := members.Put(tx, c); err != nil {
			return err
		}
	}
	return nil
}
