package main

import (
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// saveEntry takes the posted form of a new entry or of one to edit.
func saveEntry(r *sdk.Request) (*sdk.Answer, error) {
	f, err := openForm(r)
	if err != nil {
		return nil, err
	}
	next := f.was
	wrong, err := f.read(r, &next)
	if err != nil {
		return nil, err
	}
	if len(wrong) > 0 {
		return f.again(r, wrong), nil
	}
	if err := f.schedule(r, &next); err != nil {
		return nil, err
	}
	saved, err := f.save(r, &next)
	if errors.KindOf(err) == errors.Conflict {
		key, args := errors.Public(err)
		return f.again(r, sdk.Faults{"": ui.T(key, args...)}), nil
	}
	if err != nil {
		return nil, err
	}
	key, args := f.said(r, saved)
	return sdk.GoTo(saved.path()).Say(key, args...), nil
}

// schedule has families see what is new within the school's hours of publishing.
// What they have seen already changes at once: it is told of within those hours.
func (f *entryForm) schedule(r *sdk.Request, next *Entry) error {
	if _, own := next.Calendar.Person(); own || f.series != nil {
		return nil
	}
	from, held, err := r.Slots.Next(r.Now(), ids.Eleve, ids.Parent)
	if err == nil && held {
		next.VisibleFrom = from
	}
	return err
}

// save stores next in one transaction with the event.
func (f *entryForm) save(r *sdk.Request, next *Entry) (Occurrence, error) {
	people, err := touched(&r.Scope, next.Calendar)
	if err != nil {
		return Occurrence{}, err
	}
	var saved *Entry
	var lost []*Entry
	err = r.Store.Update(r.Context(), func(tx store.Tx) error {
		one := *next // the function may run again
		if f.series == nil {
			one.Author, one.AuthorName = r.Viewer.Person, r.Viewer.Name
			saved = &one
			one.ID = ids.New()
			if err := keep(tx, &one, r.Now()); err != nil {
				return err
			}
			return tx.Emit(eventChanged, Changed{one.Calendar, one.ID}, people...)
		}
		e, err := openMine(tx, &r.Scope, f.cfg, f.series.ID)
		if err != nil {
			return err
		}
		if e.state() != f.series.state() || r.FormValue("etat") != "" && r.FormValue("etat") != e.state() {
			return errors.New(errors.Conflict, "agenda.changed.meanwhile")
		}
		if lost = nil; scopeOf(r, f.one) == Whole && !one.repeats() {
			if lost, err = overridesOf(tx, e, time.Time{}); err != nil {
				return err
			}
		}
		if saved, err = change(tx, e, f.one.From, scopeOf(r, f.one), &one, r.Now()); err != nil {
			return err
		}
		return tx.Emit(eventChanged, Changed{e.Calendar, e.ID}, people...)
	})
	if err != nil {
		return Occurrence{}, err
	}
	o, _ := saved.at(next.Start.Unix())
	o.From, o.To = o.From.In(r.Viewer.TimeZone), o.To.In(r.Viewer.TimeZone)
	o.tell(r.Context(), &r.Scope, f.before(), f.known(r), next)
	untell(&r.Scope, lost...)
	return o, nil
}

// before is the entry as the staff knows it, nil when it is new.
func (f *entryForm) before() *Entry {
	if f.series == nil {
		return nil
	}
	return &f.was
}

// known is the entry as families know it, nil when it is new to them.
func (f *entryForm) known(r *sdk.Request) *Entry {
	if f.series == nil || r.Now().Before(f.series.VisibleFrom) {
		return nil
	}
	return &f.was
}

// said is what the next page says: that it is saved, when families will see it,
// and whether something else is at that time.
func (f *entryForm) said(r *sdk.Request, o Occurrence) (key string, args []any) {
	if r.Now().Before(o.VisibleFrom) {
		key := "agenda.saved.later"
		switch {
		case !o.VisibleFrom.Before(o.From) && o.To.After(r.Now()):
			key = "agenda.saved.toolate"
		case o.asks() && !o.answerable(r.Now()):
			key = "agenda.saved.unanswerable"
		}
		return key, []any{"at", ui.Time(o.VisibleFrom.In(r.Viewer.TimeZone), ui.DateTime)}
	}
	var same []Occurrence
	err := r.Store.View(r.Context(), func(tx store.Tx) (err error) {
		same, err = meanwhile(tx, mine(r.Viewer, r.Now()), o)
		return err
	})
	if err == nil && len(same) > 0 {
		return "agenda.saved.clash", nil
	}
	return "agenda.saved", nil
}

// cancelEntry marks an occurrence as cancelled, or not any more: it stays in
// the calendar, crossed out, so that nobody comes.
func cancelEntry(r *sdk.Request) (*sdk.Answer, error) {
	f, err := openForm(r)
	if err != nil {
		return nil, err
	}
	next := f.was
	next.Cancelled = r.FormValue("annulee") != ""
	if f.one.repeats() {
		next.Rule = ""
	}
	saved, err := f.save(r, &next)
	if err != nil {
		return nil, err
	}
	say := "agenda.cancelled.said"
	if !next.Cancelled {
		say = "agenda.uncancelled.said"
	}
	return sdk.GoTo(saved.path()).Say(say), nil
}
