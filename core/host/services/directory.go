package services

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

const maxFound = 200 // people one search returns

type directory struct {
	wire.UnimplementedDirectoryServer
	*desk
}

func (d *directory) People(ctx context.Context, in *wire.PeopleRequest) (*wire.PeopleResponse, error) {
	c, err := d.call(ctx, manifest.ReadDirectory)
	if err != nil {
		return nil, err
	}
	var people []*wire.Person
	if len(in.Ids) > 0 {
		people, err = d.core.Directory.People(ctx, c.School, named[ids.PersonID](in.Ids))
	} else {
		people, err = d.core.Directory.Members(ctx, c.School, ids.GroupID(in.Group), named[ids.Profile](in.Profiles))
	}
	if err == nil && in.Permission != "" {
		people, err = d.holding(ctx, c.School, people, ids.Permission(in.Permission))
	}
	return &wire.PeopleResponse{People: people}, err
}

// holding keeps those to whom the school gives a permission of the module's own.
func (d *directory) holding(ctx context.Context, school ids.SchoolID, people []*wire.Person, p ids.Permission) ([]*wire.Person, error) {
	if !slices.ContainsFunc(d.manifest.Permissions, func(own manifest.Permission) bool { return own.ID == p }) {
		return nil, errors.New(errors.Denied, "")
	}
	asked := make([]ids.PersonID, len(people))
	for i, one := range people {
		asked[i] = ids.PersonID(one.Id)
	}
	held, err := d.core.Directory.Holding(ctx, school, asked, p)
	return slices.DeleteFunc(people, func(one *wire.Person) bool { return !slices.Contains(held, ids.PersonID(one.Id)) }), err
}

func (d *directory) Groups(ctx context.Context, in *wire.GroupsRequest) (*wire.GroupsResponse, error) {
	c, err := d.call(ctx, manifest.ReadDirectory)
	if err != nil {
		return nil, err
	}
	if in.Mine {
		return &wire.GroupsResponse{Groups: c.Viewer.GetGroups()}, nil
	}
	groups, err := d.core.Directory.Groups(ctx, c.School, named[ids.GroupID](in.Ids))
	return &wire.GroupsResponse{Groups: groups}, err
}

func (d *directory) Search(ctx context.Context, in *wire.SearchPeopleRequest) (*wire.PeopleResponse, error) {
	c, err := d.call(ctx, manifest.ReadDirectory)
	if err != nil {
		return nil, err
	}
	limit := int(in.Limit)
	if limit <= 0 || limit > maxFound {
		limit = maxFound
	}
	people, err := d.core.Directory.Search(ctx, c.School, in.Words, named[ids.Profile](in.Profiles), limit)
	return &wire.PeopleResponse{People: people}, err
}

func named[T ~string](in []string) []T {
	out := make([]T, len(in))
	for i, s := range in {
		out[i] = T(s)
	}
	return out
}
