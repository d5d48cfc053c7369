package home

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Page is what stands on one of a person's pages, without what the widgets
// show. It is changed by [Service.Arrange].
type Page struct {
	Desk
	Mode   Mode
	Sheet  string // the further page that this is; empty: the first
	Sheets []Tab  // the further pages, in order
	School Layout // what "back to the school's layout" gives on the first page

	mine *person
	done bool // what is kept was replaced as a whole: undone, or brought back
}

// Title returns the name of the further page that this is, "" on the first.
func (p *Page) Title() string {
	for _, t := range p.Sheets {
		if t.ID == p.Sheet {
			return t.Name
		}
	}
	return ""
}

// person is what is kept of one person, in the space of the school.
type person struct {
	ID   string `json:"id"` // the person
	Mode Mode   `json:"mode"`
	arrangement
	History history[arrangement] `json:"history,omitzero"`
}

// layer is the school's part for one profile.
type layer struct {
	ID      string        `json:"id"` // the profile
	Diff    Diff          `json:"diff"`
	History history[Diff] `json:"history,omitzero"`
}

var (
	people = store.NewCollection[person]("home.people")
	layers = store.NewCollection[layer]("home.layers")
)

// Page returns the caller's first page.
func (s *Service) Page(ctx context.Context, c host.Caller) (*Page, error) {
	return s.PageAt(ctx, c, "")
}

// PageAt returns one of the caller's pages; sheet names a further one.
// NotFound when there is none of this address. A guided page has no further
// ones: it is the first, whatever the address says.
func (s *Service) PageAt(ctx context.Context, c host.Caller, sheet string) (*Page, error) {
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
		page, err = s.assemble(tx, c, mine, sheet)
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

// assemble puts the layers of a page together.
func (s *Service) assemble(tx store.Tx, c host.Caller, mine *person, sheet string) (*Page, error) {
	offers := s.offers(c.School())
	school, err := s.school(tx, c, offers)
	if err != nil {
		return nil, err
	}
	page := &Page{Mode: mine.Mode, School: school, mine: mine,
		Desk: Desk{below: school, diff: mine.Diff, offers: offers, Undo: len(mine.History.Past) > 0, Redo: len(mine.History.Future) > 0}}
	for _, o := range offers {
		if s.may(c, o) {
			page.Allowed = append(page.Allowed, o)
		}
	}
	if mine.Mode == GuidedMode {
		page.drawUp()
		page.Layout = Guided(school, offers, ids.Profile(c.Viewer.GetProfile()))
		return page, nil
	}
	for _, one := range mine.Sheets {
		page.Sheets = append(page.Sheets, Tab{one.ID, one.Name})
	}
	if sheet != "" {
		i := mine.sheet(sheet)
		if i < 0 {
			return nil, errors.New(errors.NotFound, "home.sheet.gone")
		}
		page.Sheet, page.below, page.diff = sheet, everywhere(school), mine.Sheets[i].Diff
	}
	page.drawUp()
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
