package plugintest

import (
	"context"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// link is a personal link with whom it stands for.
type link struct {
	*wire.PersonalLink
	secret string
	owner  caller
}

type links struct {
	wire.UnimplementedPersonalLinksServer
	core *core
}

// Create implements wire.PersonalLinksServer.
func (l links) Create(ctx context.Context, in *wire.CreateLinkRequest) (*wire.PersonalLink, error) {
	who, err := l.core.who(ctx, manifest.PersonalLinks)
	if err != nil {
		return nil, err
	}
	path, _, _ := strings.Cut(in.GetPath(), "?")
	if r, ok := l.core.manifest.Match("GET", path); !ok || !r.Link || who.person == "" {
		return nil, errors.New(errors.Denied, "")
	}
	one := &link{secret: ids.New(), owner: who, PersonalLink: &wire.PersonalLink{
		Id: ids.New(), Path: in.GetPath(), Label: in.GetLabel(), Created: timestamppb.New(l.core.now()),
	}}
	l.core.mu.Lock()
	defer l.core.mu.Unlock()
	l.core.links = append(l.core.links, one)
	return &wire.PersonalLink{
		Id: one.Id, Path: one.Path, Label: one.Label, Created: one.Created, Address: "/lien/" + one.secret,
	}, nil
}

// List implements wire.PersonalLinksServer.
func (l links) List(ctx context.Context, in *wire.ListLinksRequest) (*wire.ListLinksResponse, error) {
	who, err := l.core.who(ctx, manifest.PersonalLinks)
	if err != nil {
		return nil, err
	}
	l.core.mu.Lock()
	defer l.core.mu.Unlock()
	out := &wire.ListLinksResponse{}
	for _, one := range l.core.links {
		if one.owner == who && one.Path == in.GetPath() {
			out.Links = append(out.Links, one.PersonalLink)
		}
	}
	return out, nil
}

// Revoke implements wire.PersonalLinksServer.
func (l links) Revoke(ctx context.Context, in *wire.RevokeLinkRequest) (*wire.RevokeLinkResponse, error) {
	who, err := l.core.who(ctx, manifest.PersonalLinks)
	if err != nil {
		return nil, err
	}
	l.core.mu.Lock()
	defer l.core.mu.Unlock()
	before := len(l.core.links)
	l.core.links = slices.DeleteFunc(l.core.links, func(one *link) bool { return one.owner == who && one.Id == in.GetId() })
	if len(l.core.links) == before {
		return nil, errors.New(errors.NotFound, "")
	}
	return &wire.RevokeLinkResponse{}, nil
}

// Follow asks for a personal link's address, as a calendar program would:
// without signing in.
func (h *Harness) Follow(address string) *Answer {
	h.t.Helper()
	h.core.mu.Lock()
	var found *link
	for _, one := range h.core.links {
		if "/lien/"+one.secret == address {
			found = one
		}
	}
	h.core.mu.Unlock()
	if found == nil {
		return refused(errors.New(errors.NotFound, ""))
	}
	return h.As(found.owner.person).Do("GET", found.Path, nil)
}
