package plugintest

import (
	"context"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// directory answers from the school of the handle.
type directory struct {
	wire.UnimplementedDirectoryServer
	core *core
}

// People implements wire.DirectoryServer.
func (d directory) People(ctx context.Context, in *wire.PeopleRequest) (*wire.PeopleResponse, error) {
	who, err := d.core.who(ctx, manifest.ReadDirectory)
	if err != nil {
		return nil, err
	}
	return &wire.PeopleResponse{People: who.school.choose(func(p *wire.Person) bool {
		if len(in.GetIds()) > 0 && !slices.Contains(in.GetIds(), p.Id) {
			return false
		}
		if in.GetGroup() != "" && !inGroup(p, in.GetGroup()) {
			return false
		}
		if held := ids.Permission(in.GetPermission()); held != "" && !slices.Contains(who.school.granted(d.core.manifest, ids.Profile(p.Profile)), held) {
			return false
		}
		return hasProfile(p, in.GetProfiles())
	})}, nil
}

// Search implements wire.DirectoryServer.
func (d directory) Search(ctx context.Context, in *wire.SearchPeopleRequest) (*wire.PeopleResponse, error) {
	who, err := d.core.who(ctx, manifest.ReadDirectory)
	if err != nil {
		return nil, err
	}
	found := who.school.choose(func(p *wire.Person) bool {
		for _, w := range strings.Fields(slug(in.GetWords())) {
			if !strings.Contains(slug(p.Name), w) {
				return false
			}
		}
		return hasProfile(p, in.GetProfiles())
	})
	if n := int(in.GetLimit()); n > 0 && len(found) > n {
		found = found[:n]
	}
	return &wire.PeopleResponse{People: found}, nil
}

// Groups implements wire.DirectoryServer.
func (d directory) Groups(ctx context.Context, in *wire.GroupsRequest) (*wire.GroupsResponse, error) {
	who, err := d.core.who(ctx, manifest.ReadDirectory)
	if err != nil {
		return nil, err
	}
	s := who.school
	s.mu.Lock()
	defer s.mu.Unlock()
	if in.GetMine() {
		if who.person == "" {
			return &wire.GroupsResponse{}, nil
		}
		return &wire.GroupsResponse{Groups: slices.Clone(s.find(ids.PersonID(who.person)).Groups)}, nil
	}
	var out []*wire.Group
	for _, g := range s.groups {
		if len(in.GetIds()) == 0 || slices.Contains(in.GetIds(), g.Id) {
			out = append(out, g)
		}
	}
	return &wire.GroupsResponse{Groups: out}, nil
}

func inGroup(p *wire.Person, id string) bool {
	return slices.ContainsFunc(p.Groups, func(g *wire.Group) bool { return g.Id == id })
}

func hasProfile(p *wire.Person, profiles []string) bool {
	return len(profiles) == 0 || slices.Contains(profiles, p.Profile)
}
