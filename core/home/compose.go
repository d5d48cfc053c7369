package home

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Composed is a home page with what its widgets show.
type Composed struct {
	Mode    Mode
	Sheet   string // the further page that this is; empty: the first
	Sheets  []Tab  // of an expert: the further pages
	Widgets []Placed
}

// Same reports whether two pages show the same copies in the same places: what
// was drawn of one may be shown for the other.
func (c *Composed) Same(o *Composed) bool {
	return c == o || c.Mode == o.Mode && c.Sheet == o.Sheet && slices.Equal(c.Sheets, o.Sheets) && slices.EqualFunc(c.Widgets, o.Widgets, func(a, b Placed) bool {
		return a.Copy == b.Copy && a.Instance == b.Instance && a.Title == b.Title && a.Size == b.Size && a.Pinned == b.Pinned && a.Locked == b.Locked
	})
}

// Compose returns the caller's first page. Fresh copies cost a look-up each; the
// rest is asked for in parallel, and what has not answered within Pace.Page is
// late. A banner without an announcement is left out.
func (s *Service) Compose(ctx context.Context, c host.Caller) (*Composed, error) {
	return s.ComposeAt(ctx, c, "")
}

// ComposeAt returns one of the caller's pages; sheet as for [Service.PageAt].
// The page may be shared with another request: read it, never change it.
func (s *Service) ComposeAt(ctx context.Context, c host.Caller, sheet string) (*Composed, error) {
	p, err := s.plan(ctx, c, sheet)
	if err != nil {
		return nil, err
	}
	if page := s.again(c, p); page != nil {
		return page, nil
	}
	all, err := s.show(ctx, c, p.slots)
	if err != nil {
		return nil, err
	}
	page := &Composed{Mode: p.mode, Sheet: p.sheet, Sheets: p.sheets, Widgets: slices.DeleteFunc(slices.Clone(all), silent)}
	p.last.Store(&together{page, all})
	return page, nil
}

// show brings what the slots show.
func (s *Service) show(ctx context.Context, c host.Caller, slots []slot) ([]Placed, error) {
	out := make([]Placed, len(slots))
	waiting := make([]*flight, len(slots))
	var deadline <-chan time.Time
	now := s.cfg.Now()
	for i := range slots {
		at := &slots[i]
		out[i] = Placed{Placement: at.placement, Offer: &at.offer}
		out[i].Copy, waiting[i] = s.begin(c, at, now)
		if waiting[i] != nil && deadline == nil {
			timer := time.NewTimer(s.cfg.Pace.Page)
			defer timer.Stop()
			deadline = timer.C
		}
	}
	over := false
	for i, fl := range waiting {
		if fl == nil {
			continue
		}
		if !over {
			select {
			case <-fl.done:
			case <-deadline:
				over = true
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		out[i].Copy = s.landed(fl)
	}
	return out, nil
}

// silent reports whether a widget has nothing to say: the banner when there is
// no announcement, which is most days.
func silent(w Placed) bool { return w.Widget == BannerWidget && w.State == Empty }

// Widget returns one widget of the caller's page, waiting for it as long as a
// call may take: how a late one arrives. NotFound when it is not on the page.
func (s *Service) Widget(ctx context.Context, c host.Caller, instance string) (*Placed, error) {
	at, err := s.placed(ctx, c, instance)
	if err != nil {
		return nil, err
	}
	return s.await(ctx, c, at)
}

// placed finds an instance on the caller's pages, the first one first.
func (s *Service) placed(ctx context.Context, c host.Caller, instance string) (*slot, error) {
	plans, err := s.everyPlan(ctx, c)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		for i := range p.slots {
			if p.slots[i].placement.Instance == instance {
				return &p.slots[i], nil
			}
		}
	}
	return nil, errors.New(errors.NotFound, "home.gone")
}

// await brings what one slot shows, however long its call may take.
func (s *Service) await(ctx context.Context, c host.Caller, at *slot) (*Placed, error) {
	out := &Placed{Placement: at.placement, Offer: &at.offer}
	var fl *flight
	if out.Copy, fl = s.begin(c, at, s.cfg.Now()); fl != nil {
		select {
		case <-fl.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		out.Copy = s.landed(fl)
	}
	return out, nil
}

// begin returns the fresh copy of a slot, or the call that will bring one.
func (s *Service) begin(c host.Caller, at *slot, now time.Time) (*Copy, *flight) {
	if at.settled != nil {
		return at.settled, nil
	}
	if copy, ok := s.copies.GetIfPresent(at.key); ok && s.fresh(c, at, copy, now) {
		return copy, nil
	}
	usable := func(mark uint64) bool { return !s.marks.stale(at.placement.Widget, c.Viewer, mark) }
	mark := s.marks.now()
	fl := s.flights.join(at.key, at.placement.Module(), mark, usable, func(ctx context.Context) *Copy {
		return s.fetch(ctx, c, at, mark)
	})
	if fl == nil {
		return s.without(Late), nil
	}
	return nil, fl
}

// landed returns the copy a flight brought, or the late one.
func (s *Service) landed(fl *flight) *Copy {
	select {
	case <-fl.done:
		return fl.copy
	default:
		return s.without(Late)
	}
}

// fetch asks for a widget, draws it and keeps the copy. It never fails: what
// goes wrong is a copy that says so.
func (s *Service) fetch(ctx context.Context, c host.Caller, at *slot, mark uint64) *Copy {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Pace.Widget)
	defer cancel()
	now := s.cfg.Now()
	copy := &Copy{At: now, mark: mark, until: now.Add(at.offer.refresh())}
	node, err := s.ask(ctx, c, at)
	if err == nil {
		err = ui.Validate(node)
	}
	if err == nil {
		copy.State, copy.Node = stateOf(node), node
		if node.GetPartial() { // what is missing may be there in a moment
			copy.until = now.Add(s.cfg.Pace.Broken)
		}
		copy.HTML, err = s.draw(c, at, copy)
	}
	if err != nil {
		copy = s.broken(c, at, copy, err)
	}
	s.copies.Set(at.key, copy)
	return copy
}

// ask calls the core's own widgets directly and the modules through the host.
func (s *Service) ask(ctx context.Context, c host.Caller, at *slot) (*wire.Node, error) {
	if at.placement.Module() == "core" {
		return s.own(ctx, c, at.placement)
	}
	return s.cfg.Modules.Widget(ctx, host.WidgetCall{Caller: c, Module: at.placement.Module(), Widget: at.placement.ID(),
		Size: string(at.placement.Size), Settings: at.placement.Settings})
}

// broken is the copy that says a widget failed, with the time of the last one
// that did not.
func (s *Service) broken(c host.Caller, at *slot, failed *Copy, err error) *Copy {
	s.cfg.Log.Warn("home: widget", "widget", at.placement.Widget, "school", c.School(), "error", err)
	copy := &Copy{State: stateOfError(err), At: failed.At, mark: failed.mark, until: s.cfg.Now().Add(s.cfg.Pace.Broken)}
	copy.Halt, copy.Aside = host.IsHalted(err), host.IsAside(err)
	if last, ok := s.copies.GetIfPresent(at.key); ok {
		copy.Good = last.Good
		if last.State != Error {
			copy.Good = last.At
		}
	}
	return copy
}

// without is the copy of a widget that shows nothing of its own: locked, late.
func (s *Service) without(state State) *Copy { return &Copy{State: state, At: s.cfg.Now()} }

// draw draws the body of a widget; a tree that makes the renderer panic is
// garbage, not the end of the page.
func (s *Service) draw(c host.Caller, at *slot, copy *Copy) (html []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.Internal(fmt.Errorf("drawing %s: %v", at.placement.Widget, r))
		}
	}()
	return s.cfg.Draw(c, at.placement.Module(), copy.Node)
}
