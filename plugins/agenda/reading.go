package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// How long a page and a widget wait for what other modules offer: a widget has
// to be there with the rest of the home page.
const (
	pageWaits   = 1500 * time.Millisecond
	widgetWaits = 80 * time.Millisecond
)

// Reading is what a lens shows of a span of time.
type Reading struct {
	Own     []Occurrence
	Others  []*ui.Entry
	Missing []ids.ModuleID // which did not answer; "" when none did
	More    bool           // there was too much
}

// read gathers the module's own entries and those of the others.
func read(s *sdk.Scope, v view, l *Lens, from, to time.Time, wait time.Duration) (*Reading, error) {
	others := make(chan *Reading, 1)
	if l.Others {
		go func() { others <- ask(s, from, to) }()
	} else {
		others <- &Reading{}
	}
	own := &Reading{}
	err := v(func(tx store.Tx) (err error) {
		own.Own, own.More, err = gather(tx, l.Calendars, from, to, l.keep)
		return err
	})
	if err != nil {
		return nil, err
	}
	late := time.NewTimer(wait)
	defer late.Stop()
	select {
	case r := <-others:
		own.Others, own.Missing = r.Others, r.Missing
	case <-late.C:
		own.Missing = []ids.ModuleID{""}
	}
	return own, nil
}

// view runs a function on the school's store for one call.
type view func(func(store.Tx) error) error

// ask gathers what other modules offer, each entry leading to its own module.
func ask(s *sdk.Scope, from, to time.Time) *Reading {
	found, missing, err := s.Calendars.Entries(from, to)
	if err != nil {
		s.Log.Warn("calendars of other modules", "err", err)
		return &Reading{Missing: []ids.ModuleID{""}}
	}
	r := &Reading{Missing: missing}
	for module, list := range found {
		for _, e := range list {
			if !e.GetStart().IsValid() || !ui.HasIcon(e.GetIcon()) && e.GetIcon() != "" {
				continue
			}
			e.Id = string(module) + "." + e.Id
			if e.Link != nil && e.Link.Module == "" {
				e.Link.Module = string(module)
			}
			r.Others = append(r.Others, e)
		}
	}
	slices.SortStableFunc(r.Others, func(a, b *ui.Entry) int { return a.Start.AsTime().Compare(b.Start.AsTime()) })
	if len(r.Others) > maxShown {
		r.Others, r.More = r.Others[:maxShown], true
	}
	return r
}

// drawn returns everything as the core draws it, by time, with what overlaps
// marked.
func (r *Reading) drawn(v *sdk.Viewer, l *Lens) []*ui.Entry {
	clash := clashes(r.Own, l)
	var out []*ui.Entry
	for i, o := range r.Own {
		e := o.entry(v, l)
		if with := clash[i]; with != nil {
			e.Tone, e.Detail = ui.Warn, ui.T("agenda.clash", "title", with.Title)
		}
		out = append(out, e)
	}
	out = append(out, r.Others...)
	slices.SortStableFunc(out, func(a, b *ui.Entry) int { return a.Start.AsTime().Compare(b.Start.AsTime()) })
	return out
}
