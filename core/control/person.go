package control

import (
	"context"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
)

// PeopleOf chooses people of a school for a list.
type PeopleOf struct {
	School  ids.SchoolID `json:"school"`
	Words   string       `json:"words,omitempty"` // beginnings of names or of the login
	Profile ids.Profile  `json:"profile,omitempty"`
	Group   string       `json:"group,omitempty"` // a class or group by name
	Left    bool         `json:"left,omitempty"`  // those who left instead
}

// PersonOf names one person of a school, by login or identifier.
type PersonOf struct {
	School ids.SchoolID `json:"school"`
	Person string       `json:"person"`
}

// RolesOf gives one person exactly these extra roles.
type RolesOf struct {
	PersonOf
	Roles []string `json:"roles"`
}

// PersonInfo is one person of a list.
type PersonInfo struct {
	ID        ids.PersonID   `json:"id"`
	Login     string         `json:"login"`
	FirstName string         `json:"first_name"`
	LastName  string         `json:"last_name"`
	Profile   ids.Profile    `json:"profile"`
	Roles     []string       `json:"roles,omitempty"`
	Groups    []string       `json:"groups"` // names
	Children  []ids.PersonID `json:"children,omitempty"`
	Guardians []ids.PersonID `json:"guardians,omitempty"`
	Left      bool           `json:"left,omitempty"`
}

// PersonList lists people of a school by last name.
var PersonList = define("person.list", func(ctx context.Context, c *core.Core, in PeopleOf, _ Tell) ([]PersonInfo, error) {
	school, err := schoolOf(ctx, c, in.School)
	if err != nil {
		return nil, err
	}
	groups, err := c.Identity.Groups(ctx, school.ID)
	if err != nil {
		return nil, err
	}
	names := map[ids.GroupID]string{}
	q := identity.PeopleQuery{Words: in.Words, Profile: in.Profile, Left: in.Left, Limit: 500}
	for _, g := range groups {
		names[ids.GroupID(g.ID)] = g.Name
		if in.Group != "" && g.Name == in.Group {
			q.Group = ids.GroupID(g.ID)
		}
	}
	if in.Group != "" && q.Group == "" {
		return nil, errors.New(errors.NotFound, "control.group", "group", in.Group)
	}
	list := []PersonInfo{}
	for {
		page, next, err := c.Identity.ListPeople(ctx, school.ID, q)
		if err != nil {
			return nil, err
		}
		for _, m := range page {
			list = append(list, infoOf(m, names))
		}
		if q.Cursor = next; next == "" {
			return list, nil
		}
	}
})

func infoOf(m *identity.Member, names map[ids.GroupID]string) PersonInfo {
	p := PersonInfo{
		ID: m.Person(), Login: m.Login, FirstName: m.FirstName, LastName: m.LastName,
		Profile: m.Profile, Roles: m.Roles, Groups: []string{}, Children: m.Children, Guardians: m.Guardians, Left: m.Left,
	}
	for _, g := range m.Groups {
		p.Groups = append(p.Groups, names[g])
	}
	return p
}

// PersonReset gives a person a new first password, seen this once only.
var PersonReset = define("person.reset", func(ctx context.Context, c *core.Core, in PersonOf, _ Tell) (*identity.FirstPassword, error) {
	m, school, err := personOf(ctx, c, in)
	if err != nil {
		return nil, err
	}
	return c.Identity.ResetPassword(ctx, audit.By{}, school, m.Person())
})

// PersonRoles gives a person exactly these extra roles.
var PersonRoles = define("person.roles", func(ctx context.Context, c *core.Core, in RolesOf, _ Tell) (None, error) {
	m, school, err := personOf(ctx, c, in.PersonOf)
	if err != nil {
		return None{}, err
	}
	return None{}, c.Identity.SetRoles(ctx, audit.By{}, school, m.Person(), in.Roles)
})

// PersonLeave ends a membership; PersonReturn takes it up again.
var (
	PersonLeave = define("person.leave", func(ctx context.Context, c *core.Core, in PersonOf, _ Tell) (None, error) {
		m, school, err := personOf(ctx, c, in)
		if err != nil {
			return None{}, err
		}
		return None{}, c.Identity.Leave(ctx, audit.By{}, school, m.Person())
	})
	PersonReturn = define("person.return", func(ctx context.Context, c *core.Core, in PersonOf, _ Tell) (None, error) {
		m, school, err := personOf(ctx, c, in)
		if err != nil {
			return None{}, err
		}
		return None{}, c.Identity.Return(ctx, audit.By{}, school, m.Person())
	})
)

// personOf finds a member, also one who left, by login or identifier.
func personOf(ctx context.Context, c *core.Core, in PersonOf) (*identity.Member, ids.SchoolID, error) {
	school, err := schoolOf(ctx, c, in.School)
	if err != nil {
		return nil, "", err
	}
	person, err := c.Identity.PersonByLogin(ctx, in.Person)
	if errors.KindOf(err) == errors.NotFound {
		person, err = ids.PersonID(in.Person), nil
	}
	if err != nil {
		return nil, "", err
	}
	m, err := c.Identity.Member(ctx, school.ID, person)
	if errors.KindOf(err) == errors.NotFound {
		err = errors.Wrap(err, errors.NotFound, "control.person", "person", in.Person, "school", string(school.ID))
	}
	return m, school.ID, err
}
