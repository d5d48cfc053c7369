package services

import (
	"context"
	"net/http"
	"unicode/utf8"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

const maxLabel = 200 // letters

type linkServer struct {
	wire.UnimplementedPersonalLinksServer
	*desk
}

// Create makes a link to a route that the manifest marks with link.
func (s *linkServer) Create(ctx context.Context, in *wire.CreateLinkRequest) (*wire.PersonalLink, error) {
	c, err := s.viewed(ctx, manifest.PersonalLinks)
	if err != nil {
		return nil, err
	}
	if r, ok := s.manifest.Match(http.MethodGet, in.Path); !ok || !r.Link {
		return nil, errors.New(errors.Denied, "host.link.route", "path", in.Path)
	}
	if utf8.RuneCountInString(in.Label) > maxLabel {
		return nil, errors.Field("label", "host.link.label")
	}
	l := &StoredLink{Person: person(c), Module: c.Module, Path: in.Path, Label: in.Label}
	secret, err := s.core.Links.create(ctx, c.School, l)
	if err != nil {
		return nil, err
	}
	out := linkOf(l)
	out.Address = c.Viewer.GetSite() + Prefix + secret
	return out, nil
}

func (s *linkServer) List(ctx context.Context, in *wire.ListLinksRequest) (*wire.ListLinksResponse, error) {
	c, err := s.viewed(ctx, manifest.PersonalLinks)
	if err != nil {
		return nil, err
	}
	found, err := s.core.Links.list(ctx, c.School, person(c), c.Module, in.Path)
	out := &wire.ListLinksResponse{}
	for _, l := range found {
		out.Links = append(out.Links, linkOf(l))
	}
	return out, err
}

func (s *linkServer) Revoke(ctx context.Context, in *wire.RevokeLinkRequest) (*wire.RevokeLinkResponse, error) {
	c, err := s.viewed(ctx, manifest.PersonalLinks)
	if err != nil {
		return nil, err
	}
	return &wire.RevokeLinkResponse{}, s.core.Links.revoke(ctx, c.School, person(c), c.Module, in.Id)
}
