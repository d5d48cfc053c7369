package home

import (
	"context"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// SchoolPage returns what the school shows to a profile. Invalid for a profile
// that there is not.
func (s *Service) SchoolPage(ctx context.Context, school ids.SchoolID, profile ids.Profile) (*SchoolPage, error) {
	space, err := s.profileSpace(ctx, school, profile)
	if err != nil {
		return nil, err
	}
	var page *SchoolPage
	err = space.View(ctx, func(tx store.Tx) (err error) {
		page, err = s.schoolPage(tx, school, profile)
		return err
	})
	return page, err
}

// ChangeSchool changes what the school shows to a profile and notes it in the
// journal, in one transaction. Pages follow within a second; what people have
// rearranged stays theirs.
func (s *Service) ChangeSchool(ctx context.Context, by audit.By, school ids.SchoolID, profile ids.Profile, edit func(*SchoolPage) error) error {
	space, err := s.profileSpace(ctx, school, profile)
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		page, err := s.schoolPage(tx, school, profile)
		if err != nil {
			return err
		}
		before := page.diff
		if err := edit(page); err != nil || page.diff.same(before) {
			return err
		}
		if !page.done {
			page.kept.History.note(before)
		}
		page.kept.Diff = page.diff
		if err := layers.Put(tx, page.kept); err != nil || s.cfg.Audit == nil {
			return err
		}
		return s.cfg.Audit.RecordIn(tx, audit.Entry{Actor: by.Person, Address: by.Address, School: school, Action: audit.HomeChanged,
			Object: page.touched, Details: map[string]string{"role": string(profile), "change": page.change}})
	})
	s.plans.InvalidateAll()
	return err
}

func (s *Service) profileSpace(ctx context.Context, school ids.SchoolID, profile ids.Profile) (store.Space, error) {
	if !profile.Valid() {
		return nil, errors.New(errors.Invalid, "home.announcement.profile")
	}
	return s.cfg.Engine.Open(ctx, school)
}

// schoolPage is the page of somebody who has the profile and no other role.
func (s *Service) schoolPage(tx store.Tx, school ids.SchoolID, profile ids.Profile) (*SchoolPage, error) {
	page := &SchoolPage{Profile: profile, kept: &layer{ID: string(profile)}}
	page.offers = s.offers(school)
	for _, o := range page.offers {
		if s.cfg.Rights.May(school, []string{string(profile)}, o.Permission) {
			page.Allowed = append(page.Allowed, o)
		}
	}
	page.below = Default(page.Allowed, profile)
	switch l, err := layers.Get(tx, string(profile)); {
	case err == nil:
		page.kept, page.diff = l, l.Diff
	case errors.KindOf(err) != errors.NotFound:
		return nil, err
	}
	page.Undo, page.Redo = len(page.kept.History.Past) > 0, len(page.kept.History.Future) > 0
	page.drawUp()
	return page, nil
}
