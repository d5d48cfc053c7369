package home

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// change runs edit on what is kept of the caller and stores it. When the
// arrangement is another one now, what it was is remembered for [Service.Undo].
func (s *Service) change(ctx context.Context, c host.Caller, edit func(p *person, page *Page) error) error {
	space, err := s.cfg.Engine.Open(ctx, c.School())
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		mine, err := s.mine(tx, c)
		if err != nil {
			return err
		}
		page, err := s.assemble(tx, c, mine)
		if err != nil {
			return err
		}
		before := mine.Diff.clone()
		if err := edit(mine, page); err != nil {
			return err
		}
		if !mine.Diff.same(before) {
			mine.Before = &earlier{Diff: before}
		}
		return people.Put(tx, mine)
	})
	s.forget(c)
	return err
}

// forget drops the caller's plans, so that the next page shows the change.
func (s *Service) forget(c host.Caller) {
	for k := range s.plans.Keys() {
		if k.school == c.Viewer.GetSchool() && k.person == c.Viewer.GetPerson() {
			s.plans.Invalidate(k)
		}
	}
}

// Move puts an instance at a place of the caller's page, counted from 0.
func (s *Service) Move(ctx context.Context, c host.Caller, instance string, to int) error {
	return s.change(ctx, c, func(p *person, page *Page) (err error) {
		p.Diff, err = p.move(page, instance, to)
		return err
	})
}

// move puts an instance where another one of those shown stands; between them
// may be some whose module is switched off.
func (p *person) move(page *Page, instance string, to int) (Diff, error) {
	all := p.Diff.Apply(page.School)
	shown := known(slices.Clone(all), page.Offers)
	if len(shown) == 0 {
		return p.Diff, errors.New(errors.NotFound, "home.gone")
	}
	to = min(max(to, 0), len(shown)-1)
	return p.Diff.Move(page.School, instance, all.Index(shown[to].Instance))
}

// Step moves an instance by a number of places (−1: one earlier).
func (s *Service) Step(ctx context.Context, c host.Caller, instance string, by int) error {
	return s.change(ctx, c, func(p *person, page *Page) (err error) {
		shown := known(p.Diff.Apply(page.School), page.Offers)
		p.Diff, err = p.move(page, instance, shown.Index(instance)+by)
		return err
	})
}

// Resize gives an instance one of the sizes its widget knows.
func (s *Service) Resize(ctx context.Context, c host.Caller, instance string, size Size) error {
	return s.change(ctx, c, func(p *person, page *Page) (err error) {
		all := p.Diff.Apply(page.School)
		if i := all.Index(instance); i >= 0 && !slices.Contains(page.offer(all[i].Widget).Sizes, size) {
			return errors.New(errors.Invalid, "home.size")
		}
		p.Diff, err = p.Diff.Resize(page.School, instance, size)
		return err
	})
}

// Hide takes an instance off the caller's page.
func (s *Service) Hide(ctx context.Context, c host.Caller, instance string) error {
	return s.change(ctx, c, func(p *person, page *Page) (err error) {
		p.Diff, err = p.Diff.Hide(page.School, instance)
		return err
	})
}

// Add puts a widget on the caller's page; a second one of the same kind gets an
// instance of its own. NotFound when the school does not offer it, Denied when
// the caller may not see it.
func (s *Service) Add(ctx context.Context, c host.Caller, widget string, settings map[string]string) error {
	return s.change(ctx, c, func(p *person, page *Page) (err error) {
		o := page.offer(widget)
		switch {
		case o.Widget == "":
			return errors.New(errors.NotFound, "home.unknown")
		case !s.may(c, o):
			return errors.New(errors.Denied, "")
		}
		at := o.placed()
		at.Settings = settings
		if p.Diff.Apply(page.School).Index(at.Instance) >= 0 {
			at.Instance += "~" + ids.New()
		}
		p.Diff, err = p.Diff.Add(page.School, at)
		return err
	})
}

// Reset gives the caller the school's layout back.
func (s *Service) Reset(ctx context.Context, c host.Caller) error {
	return s.change(ctx, c, func(p *person, _ *Page) error {
		p.Diff = Diff{}
		return nil
	})
}

// SetMode chooses between the guided and the expert page.
func (s *Service) SetMode(ctx context.Context, c host.Caller, m Mode) error {
	return s.change(ctx, c, func(p *person, _ *Page) error {
		if !m.Valid() {
			return errors.New(errors.Invalid, "home.mode")
		}
		p.Mode = m
		return nil
	})
}

// Undo takes the last change of the arrangement back; undone again it comes
// back. Conflict when there is none.
func (s *Service) Undo(ctx context.Context, c host.Caller) error {
	return s.change(ctx, c, func(p *person, page *Page) error {
		if !page.Undo {
			return errors.New(errors.Conflict, "home.noundo")
		}
		p.Diff = page.before.Diff
		return nil
	})
}

func (p *Page) offer(widget string) Offer { return find(p.Offers, widget) }
