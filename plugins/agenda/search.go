package main

import (
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// searchable answers what can be searched for: events. A lesson is found in its
// timetable: there are too many of them with the same name.
func searchable(r *sdk.SearchRequest) ([]*sdk.Document, string, error) {
	now := r.Now()
	return sdk.Documents(r, entries, func(e *Entry) *sdk.Document { return e.document(now) })
}

func (e *Entry) document(now time.Time) *sdk.Document {
	if e.Lesson || e.Cancelled {
		return nil
	}
	return &sdk.Document{ID: e.ID, Kind: ui.T("agenda.search.kind"), Title: e.Title, Path: "/entree/" + e.ID, Icon: ui.IconCalendar,
		Text: strings.Join([]string{e.Text, e.Place, e.Name, e.Led}, "\n"), When: e.next(now), Audience: e.finders()}
}

// reindex has an entry searched for as it now is, or no longer.
func reindex(tx store.Tx, e *Entry) error {
	if e.Lesson {
		return nil
	}
	return sdk.Reindex(tx, e.ID)
}

// next is the occurrence that comes first by now, else the last.
func (e *Entry) next(now time.Time) time.Time {
	at := e.Start
	for _, s := range e.Starts {
		if at = time.Unix(s, 0); !at.Before(now) {
			break
		}
	}
	return at
}

// finders is [reads] as an audience.
func (e *Entry) finders() []sdk.Audience {
	if p, ok := e.Calendar.Person(); ok {
		return []sdk.Audience{{People: []ids.PersonID{p}}}
	}
	var all []sdk.Audience
	g, ok := e.Calendar.Group()
	switch {
	case ok:
		groups := []ids.GroupID{g}
		all = []sdk.Audience{{Groups: groups}, {Groups: groups, Guardians: true}, {Permissions: []ids.Permission{"agenda.school"}}}
	case e.Calendar == Everyone:
		all = []sdk.Audience{{}}
	}
	if e.VisibleFrom.IsZero() {
		return all
	}
	return e.held(all)
}

// held is [Entry.shownTo] as an audience: families find it later than others.
func (e *Entry) held(all []sdk.Audience) (out []sdk.Audience) {
	families := []ids.Profile{ids.Eleve, ids.Parent}
	for _, a := range all {
		later, others := a, a
		later.Profiles, later.From = families, e.VisibleFrom
		others.Profiles = slices.DeleteFunc(ids.Profiles(), func(p ids.Profile) bool { return slices.Contains(families, p) })
		out = append(out, later, others)
	}
	return out
}
