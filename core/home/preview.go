package home

import (
	"context"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Arranging returns one of the caller's pages to be arranged, with all that
// stands on it: the banner too when it is silent.
func (s *Service) Arranging(ctx context.Context, c host.Caller, sheet string) (*Page, []Placed, error) {
	page, err := s.PageAt(ctx, c, sheet)
	if err != nil {
		return nil, nil, err
	}
	shown, err := s.show(ctx, c, s.planOf(c, page).slots)
	return page, shown, err
}

// Catalogue returns one of the caller's pages and, for each widget they may
// place, what it would show them; an example where it would show nothing.
func (s *Service) Catalogue(ctx context.Context, c host.Caller, sheet string) (*Page, []Placed, error) {
	page, err := s.PageAt(ctx, c, sheet)
	if err != nil {
		return nil, nil, err
	}
	slots := make([]slot, 0, len(page.Allowed))
	for _, o := range page.Allowed {
		slots = append(slots, s.slot(c, o, o.placed()))
	}
	shown, err := s.show(ctx, c, slots)
	for i := range shown {
		if shown[i].State == Empty && len(shown[i].Offer.Examples) > 0 {
			shown[i].Copy = s.sample(*shown[i].Offer)
		}
	}
	return page, shown, err
}

// Glimpse returns what one widget would show the caller, as [Service.Catalogue]
// does, waiting for it as long as a call may take. NotFound when the school does
// not offer it, Denied when they may not see it.
func (s *Service) Glimpse(ctx context.Context, c host.Caller, widget string) (*Placed, error) {
	o := find(s.offers(c.School()), widget)
	switch {
	case o.Widget == "":
		return nil, errors.New(errors.NotFound, "home.unknown")
	case !s.may(c, o):
		return nil, errors.New(errors.Denied, "")
	}
	at := s.slot(c, o, o.placed())
	return s.await(ctx, c, &at)
}

// Preview returns what a layout of the school's page shows to whoever has its
// profile. Nobody's data is asked for but the caller's own, and that only when
// the page is that of their own profile; else modules' widgets are examples,
// for which no module is called.
func (s *Service) Preview(ctx context.Context, c host.Caller, page *SchoolPage, layout Layout) ([]Placed, error) {
	own := ids.Profile(c.Viewer.GetProfile()) == page.Profile
	slots := make([]slot, 0, len(layout))
	for _, at := range layout {
		o := page.Offer(at.Widget)
		one := s.slot(c, o, at)
		if !own || one.settled != nil {
			one.settled = s.asProfile(ctx, c, o, page.Profile)
		}
		slots = append(slots, one)
	}
	shown, err := s.show(ctx, c, slots)
	for i := range shown {
		if shown[i].State == Late { // it would arrive on the caller's own page
			shown[i].Copy = s.sample(*shown[i].Offer)
		}
	}
	return shown, err
}

// Samples returns an example of each widget that may be placed on the page.
func (s *Service) Samples(ctx context.Context, c host.Caller, page *SchoolPage) []Placed {
	out := make([]Placed, 0, len(page.Allowed))
	for i := range page.Allowed {
		o := &page.Allowed[i]
		out = append(out, Placed{Placement: o.placed(), Offer: o, Copy: s.asProfile(ctx, c, *o, page.Profile)})
	}
	return out
}

// asProfile is the example of a widget. The shortcuts are those of the profile:
// names of modules, which are nobody's data.
func (s *Service) asProfile(ctx context.Context, c host.Caller, o Offer, profile ids.Profile) *Copy {
	if o.Widget != ShortcutsWidget {
		return s.sample(o)
	}
	anybody := host.Caller{Roles: []string{string(profile)},
		Viewer: &wire.Viewer{School: c.Viewer.GetSchool(), Profile: string(profile), Locale: c.Viewer.GetLocale(), TimeZone: c.Viewer.GetTimeZone()}}
	node, err := s.own(ctx, anybody, o.placed())
	if err != nil {
		return s.sample(o)
	}
	return &Copy{State: Sample, Node: node, At: s.cfg.Now()}
}

// sample is a widget with the examples of its manifest; without any it has no
// node.
func (s *Service) sample(o Offer) *Copy {
	out := s.without(Sample)
	if len(o.Examples) == 0 {
		return out
	}
	items := make([]*ui.Item, 0, len(o.Examples))
	for _, key := range o.Examples {
		items = append(items, &ui.Item{Title: ui.T(key)})
	}
	out.Node = ui.List(items...)
	return out
}
