package home

import (
	"context"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
)

// Arrange changes one of the caller's pages and keeps it; sheet as for
// [Service.PageAt]. When the arrangement is another one afterwards, what it was
// is remembered for [Page.TakeBack].
func (s *Service) Arrange(ctx context.Context, c host.Caller, sheet string, edit func(*Page) error) error {
	return s.change(ctx, c, func(tx store.Tx, mine *person) error {
		page, err := s.assemble(tx, c, mine, sheet)
		if err != nil {
			return err
		}
		before := mine.arrangement.clone()
		if err := edit(page); err != nil {
			return err
		}
		if page.done {
			return nil
		}
		if i := mine.sheet(page.Sheet); i >= 0 {
			mine.Sheets[i].Diff = page.diff
		} else if page.Sheet == "" {
			mine.Diff = page.diff
		}
		if !mine.arrangement.same(before) {
			mine.History.note(before)
		}
		return nil
	})
}

// change runs edit on what is kept of the caller and stores it.
func (s *Service) change(ctx context.Context, c host.Caller, edit func(store.Tx, *person) error) error {
	space, err := s.cfg.Engine.Open(ctx, c.School())
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		mine, err := s.mine(tx, c)
		if err == nil {
			err = edit(tx, mine)
		}
		if err != nil {
			return err
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

// SetMode chooses between the guided and the expert page. Invalid.
func (s *Service) SetMode(ctx context.Context, c host.Caller, m Mode) error {
	return s.change(ctx, c, func(_ store.Tx, mine *person) error {
		if !m.Valid() {
			return errors.New(errors.Invalid, "home.mode")
		}
		mine.Mode = m
		return nil
	})
}

// TakeBack undoes the last change of the caller's pages, whichever it touched.
// Conflict when there is none.
func (p *Page) TakeBack() error {
	return p.turn(p.mine.History.undo, "home.noundo")
}

// BringBack does again what was undone last. Conflict when there is nothing.
func (p *Page) BringBack() error {
	return p.turn(p.mine.History.redo, "home.noredo")
}

func (p *Page) turn(to func(arrangement) (arrangement, bool), nothing string) error {
	next, ok := to(p.mine.arrangement)
	if !ok {
		return errors.New(errors.Conflict, nothing)
	}
	p.mine.arrangement, p.done = next, true
	return nil
}

// MoveToSheet takes an instance of the shown page to another one of the
// person's, where it stands last; "" is the first. NotFound when there is no
// such page, Denied when the instance is held.
func (p *Page) MoveToSheet(instance, sheet string) error {
	i, to := p.Layout.Index(instance), p.mine.sheet(sheet)
	if i < 0 || to < 0 && sheet != "" || sheet == p.Sheet {
		return errors.New(errors.NotFound, "home.sheet.gone")
	}
	at := p.Layout[i]
	if err := p.Hide(instance); err != nil {
		return err
	}
	other := Desk{below: p.School, diff: p.mine.Diff, offers: p.offers, Allowed: p.Allowed}
	if to >= 0 {
		other.below, other.diff = everywhere(p.School), p.mine.Sheets[to].Diff
	}
	other.drawUp()
	added, err := other.Add(at.Widget, Tuning{Title: at.Title, Settings: at.Settings})
	if err == nil {
		err = other.Resize(added, p.Offer(at.Widget).Size(at.Size))
	}
	if err != nil {
		return err
	}
	if to >= 0 {
		p.mine.Sheets[to].Diff = other.diff
	} else {
		p.mine.Diff = other.diff
	}
	return nil
}
