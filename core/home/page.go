package home

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Page is what stands on a person's page, without what the widgets show.
type Page struct {
	Mode    Mode
	Layout  Layout
	School  Layout  // what "back to the school's layout" gives
	Offers  []Offer // of this school
	Changed bool    // the person has changed the school's layout
	Undo    bool    // there is a last change to undo

	before *earlier
}

// person is what is kept of one person, in the space of the school.
type person struct {
	ID     string   `json:"id"` // the person
	Mode   Mode     `json:"mode"`
	Diff   Diff     `json:"diff"`
	Before *earlier `json:"before,omitempty"`
}

// earlier is a person's layer before the last change of it.
type earlier struct {
	Diff Diff `json:"diff"`
}

// layer is the school's part for one profile.
type layer struct {
	ID   string `json:"id"` // the profile
	Diff Diff   `json:"diff"`
}

var (
	people = store.NewCollection[person]("home.people")
	layers = store.NewCollection[layer]("home.layers")
)

// Page returns the caller's page.
func (s *Service) Page(ctx context.Context, c host.Caller) (*Page, error) {
	space, err := s.cfg.Engine.Open(ctx, c.School())
	if err != nil {
		return nil, err
	}
	var page *Page
	err = space.View(ctx, func(tx store.Tx) error {
		mine, err := s.mine(tx, c)
		if err != nil {
			return err
		}
		page, err = s.assemble(tx, c, mine)
		return err
	})
	return page, err
}

// mine returns what is kept of the caller, the beginning when nothing is.
func (s *Service) mine(tx store.Tx, c host.Caller) (*person, error) {
	p, err := people.Get(tx, c.Viewer.GetPerson())
	if errors.KindOf(err) == errors.NotFound {
		return &person{ID: c.Viewer.GetPerson(), Mode: GuidedMode}, nil
	}
	return p, err
}

// assemble puts the three layers together.
func (s *Service) assemble(tx store.Tx, c host.Caller, mine *person) (*Page, error) {
	offers := s.offers(c.School())
	below, err := s.school(tx, c, offers)
	if err != nil {
		return nil, err
	}
	page := &Page{Mode: mine.Mode, School: below, Offers: offers, Changed: !mine.Diff.Empty(), Undo: mine.Before != nil, before: mine.Before}
	if mine.Mode == ExpertMode {
		page.Layout = known(mine.Diff.Apply(below), offers)
	} else {
		page.Layout = Guided(below, offers, ids.Profile(c.Viewer.GetProfile()))
	}
	return page, nil
}

// school returns the layout below the person's: the core's default with what
// this caller may see, changed by the school's layer for the profile.
func (s *Service) school(tx store.Tx, c host.Caller, offers []Offer) (Layout, error) {
	profile := ids.Profile(c.Viewer.GetProfile())
	allowed := slices.DeleteFunc(slices.Clone(offers), func(o Offer) bool { return !s.may(c, o) })
	below := Default(allowed, profile)
	l, err := layers.Get(tx, string(profile))
	if errors.KindOf(err) == errors.NotFound {
		return below, nil
	}
	if err != nil {
		return nil, err
	}
	return known(l.Diff.Apply(below), offers), nil
}

// known leaves out the widgets of modules that are switched off; what was said
// about them is kept for when they come back.
func known(l Layout, offers []Offer) Layout {
	return slices.DeleteFunc(l, func(p Placement) bool {
		return !slices.ContainsFunc(offers, func(o Offer) bool { return o.Widget == p.Widget })
	})
}
