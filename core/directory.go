package core

import (
	"context"

	"github.com/preau-ent/preau/core/host/services"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// directory shows identity to modules: names and relations, never logins,
// birth dates or addresses.
type directory struct {
	identity *identity.Service
	may      func(ids.SchoolID, []string, ids.Permission) bool // what a school lets roles do
}

var _ services.Directory = directory{}

// most is how many people one search or listing hands to a module.
const most = 5000

func (d directory) People(ctx context.Context, school ids.SchoolID, people []ids.PersonID) ([]*wire.Person, error) {
	members, err := d.identity.People(ctx, school, people...)
	return d.shown(ctx, school, members, err)
}

func (d directory) Members(ctx context.Context, school ids.SchoolID, group ids.GroupID, profiles []ids.Profile) ([]*wire.Person, error) {
	if group == "" {
		members, err := d.identity.SearchPeople(ctx, school, "", profiles, most)
		return d.shown(ctx, school, members, err)
	}
	members, err := d.identity.Members(ctx, school, group, profiles...)
	return d.shown(ctx, school, members, err)
}

func (d directory) Search(ctx context.Context, school ids.SchoolID, words string, profiles []ids.Profile, limit int) ([]*wire.Person, error) {
	members, err := d.identity.SearchPeople(ctx, school, words, profiles, min(limit, most))
	return d.shown(ctx, school, members, err)
}

func (d directory) Groups(ctx context.Context, school ids.SchoolID, groups []ids.GroupID) ([]*wire.Group, error) {
	var found []*identity.Group
	var err error
	if len(groups) == 0 {
		found, err = d.identity.Groups(ctx, school)
	} else {
		found, err = d.identity.GroupsByID(ctx, school, groups...)
	}
	out := make([]*wire.Group, 0, len(found))
	for _, g := range found {
		out = append(out, &wire.Group{Id: g.ID, Name: g.Name, Kind: g.Kind})
	}
	return out, err
}

// Holding reads the roles as a visit does; who left holds nothing.
func (d directory) Holding(ctx context.Context, school ids.SchoolID, people []ids.PersonID, p ids.Permission) (held []ids.PersonID, err error) {
	members, err := d.identity.People(ctx, school, people...)
	for _, m := range members {
		if !m.Left && d.may(school, m.AllRoles(), p) {
			held = append(held, m.Person())
		}
	}
	return held, err
}

// shown turns members into what a module sees, with the names of their groups.
func (d directory) shown(ctx context.Context, school ids.SchoolID, members []*identity.Member, err error) ([]*wire.Person, error) {
	if err != nil || len(members) == 0 {
		return nil, err
	}
	groups, err := d.Groups(ctx, school, nil)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*wire.Group, len(groups))
	for _, g := range groups {
		byID[g.Id] = g
	}
	out := make([]*wire.Person, 0, len(members))
	for _, m := range members {
		p := &wire.Person{
			Id: m.ID, Name: m.FirstName + " " + m.LastName, FirstName: m.FirstName, LastName: m.LastName,
			Profile: string(m.Profile), Guardians: plain(m.Guardians), Children: plain(m.Children),
		}
		for _, id := range m.Groups {
			if g, ok := byID[string(id)]; ok {
				p.Groups = append(p.Groups, g)
			}
		}
		out = append(out, p)
	}
	return out, nil
}

func plain[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
