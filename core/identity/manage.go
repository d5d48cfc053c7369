package identity

import (
	"context"
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// change runs fn on one member in a transaction of the school, with its line
// in the journal, and makes every session see it.
func (s *Service) change(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID,
	action audit.Action, fn func(tx store.Tx, m *Member) (details map[string]string, err error)) error {
	space, err := s.space(ctx, school)
	if err != nil {
		return err
	}
	emits := false
	err = space.Update(ctx, func(tx store.Tx) error {
		m, err := members.Get(tx, string(person))
		if err != nil {
			return personError(err)
		}
		ran, left := m.runs(), m.Left
		details, err := fn(tx, m)
		if err != nil {
			return err
		}
		if err := members.Put(tx, m); err != nil {
			return err
		}
		if ran && !m.runs() {
			if err := stillRun(tx, 0); err != nil {
				return err
			}
		}
		if emits = m.Left && !left; emits {
			if err := emitLeft(tx, m); err != nil {
				return err
			}
		}
		return s.audit.RecordIn(tx, audit.Entry{Actor: by.Person, Address: by.Address, School: school,
			Action: action, Object: m.ID, Details: details})
	})
	s.touch(school)
	if err == nil && emits {
		err = s.emitted(ctx, school)
	}
	return err
}

// emitLeft tells modules that a member left.
func emitLeft(tx store.Tx, m *Member) error {
	return tx.Emit(Left, map[string]string{"person": m.ID}, m.Person())
}

// stillRun refuses that the last person who can administer the school goes; more is
// what is not written yet, as [Member.running] counts it.
func stillRun(tx store.Tx, more int) error {
	heads, err := members.Count(tx, "profile", store.Prefix(false, ids.Direction))
	if err != nil || heads+more > 0 {
		return err
	}
	admins, err := members.Count(tx, "role", store.Prefix(false, administrateur))
	if err != nil || heads+admins+more > 0 {
		return err
	}
	return errors.New(errors.Conflict, "identity.lastadmin")
}

// SetRoles gives a member exactly these extra roles. Conflict
// "identity.lastadmin" when nobody could administer the school any more.
func (s *Service) SetRoles(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID, roles []string) error {
	roles = slices.Compact(slices.Sorted(slices.Values(roles)))
	for _, r := range roles {
		if !slices.Contains(extraRoles, r) {
			return errors.New(errors.Invalid, "identity.role.unknown")
		}
	}
	return s.change(ctx, by, school, person, audit.RolesChanged, func(_ store.Tx, m *Member) (map[string]string, error) {
		if len(roles) > 0 && !m.Staff() {
			return nil, errors.New(errors.Invalid, "identity.role.staff")
		}
		details := map[string]string{"before": strings.Join(m.Roles, " "), "after": strings.Join(roles, " ")}
		m.Roles = roles
		return details, nil
	})
}

// SetGroups puts a member into exactly these groups.
func (s *Service) SetGroups(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID, list []ids.GroupID) error {
	return s.change(ctx, by, school, person, audit.PersonChanged, func(tx store.Tx, m *Member) (map[string]string, error) {
		m.Groups = nil
		var names []string
		for _, id := range list {
			g, err := groups.Get(tx, string(id))
			if err != nil {
				return nil, groupError(err)
			}
			if !slices.Contains(m.Groups, id) {
				m.Groups, names = append(m.Groups, id), append(names, g.Name)
			}
		}
		return map[string]string{"groups": strings.Join(names, ", ")}, nil
	})
}

// Leave ends a membership: the person keeps their account for other schools.
// Conflict "identity.lastadmin" when nobody could administer the school.
func (s *Service) Leave(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID) error {
	return s.change(ctx, by, school, person, audit.PersonLeft, func(_ store.Tx, m *Member) (map[string]string, error) {
		m.Left = true
		return nil, nil
	})
}

// Return makes a member who left belong again.
func (s *Service) Return(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID) error {
	return s.change(ctx, by, school, person, audit.PersonReturned, func(_ store.Tx, m *Member) (map[string]string, error) {
		m.Left = false
		return nil, nil
	})
}

// SaveGroup creates (ID empty) or changes a group and returns its ID. Conflict
// when another group of the same kind has the name.
func (s *Service) SaveGroup(ctx context.Context, by audit.By, school ids.SchoolID, g Group) (ids.GroupID, error) {
	g.Name = strings.TrimSpace(g.Name)
	switch {
	case g.Name == "" || len(g.Name) > 100:
		return "", errors.Field("nom", "identity.group.name")
	case g.Kind != Classe && g.Kind != Groupe:
		return "", errors.Field("genre", "identity.group.kind")
	}
	space, err := s.space(ctx, school)
	if err != nil {
		return "", err
	}
	wanted := g
	err = space.Update(ctx, func(tx store.Tx) error {
		g = wanted
		if g.ID != "" {
			old, err := groups.Get(tx, g.ID)
			if err != nil {
				return groupError(err)
			}
			g.Source = old.Source
		}
		other, err := groups.Find(tx, "name", g.Kind, Fold(g.Name))
		if err == nil && other.ID != g.ID {
			return errors.New(errors.Conflict, "identity.group.exists")
		}
		if err != nil && errors.KindOf(err) != errors.NotFound {
			return err
		}
		if err := groups.Put(tx, &g); err != nil {
			return err
		}
		return s.audit.RecordIn(tx, audit.Entry{Actor: by.Person, Address: by.Address, School: school,
			Action: audit.GroupSaved, Object: g.ID, Details: map[string]string{"name": g.Name}})
	})
	s.touch(school)
	return ids.GroupID(g.ID), err
}

func groupError(err error) error {
	if errors.KindOf(err) == errors.NotFound {
		return errors.Wrap(err, errors.NotFound, "identity.group.unknown")
	}
	return err
}
