package home

import (
	"context"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// SetSchool changes the school's layer for a profile: edit gets the core's
// default page and all offers, and returns the whole new layer. Pages follow
// within a second; what people have rearranged stays.
func (s *Service) SetSchool(ctx context.Context, school ids.SchoolID, profile ids.Profile, edit func(below Layout, offers []Offer) (Diff, error)) error {
	if !profile.Valid() {
		return errors.New(errors.Invalid, "home.announcement.profile")
	}
	space, err := s.cfg.Engine.Open(ctx, school)
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		offers := s.offers(school)
		d, err := edit(Default(offers, profile), offers)
		if err != nil {
			return err
		}
		return layers.Put(tx, &layer{ID: string(profile), Diff: d})
	})
	s.plans.InvalidateAll()
	return err
}

// SchoolLayer returns the school's layer for a profile, empty when there is
// none.
func (s *Service) SchoolLayer(ctx context.Context, school ids.SchoolID, profile ids.Profile) (d Diff, err error) {
	space, err := s.cfg.Engine.Open(ctx, school)
	if err != nil {
		return d, err
	}
	err = space.View(ctx, func(tx store.Tx) error {
		l, err := layers.Get(tx, string(profile))
		if errors.KindOf(err) == errors.NotFound {
			return nil
		}
		if err == nil {
			d = l.Diff
		}
		return err
	})
	return d, err
}
