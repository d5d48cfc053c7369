package main

import (
	"strings"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// staff are the profiles that can be anything but a pupil or a guardian.
var staff = []ids.Profile{ids.Enseignant, ids.VieScol, ids.Direction, ids.Personnel}

// searchable answers what can be searched for: every sheet that is not in the
// bin, by its words, its subject, its class and the names of its files.
func searchable(r *sdk.SearchRequest) ([]*sdk.Document, string, error) {
	return sdk.Documents(r, homework, (*Homework).document)
}

func (h *Homework) document() *sdk.Document {
	if !h.Deleted.IsZero() {
		return nil
	}
	text, kind := []string{h.Subject, h.Instructions, h.AuthorName}, ui.T("devoirs.search.kind")
	for _, g := range h.Groups {
		text = append(text, g.Name)
	}
	if len(h.Groups) == 1 { // the same sheet for two classes is two homeworks
		kind = ui.T("devoirs.search.kind.for", "class", h.Groups[0].Name)
	}
	for _, f := range h.Files {
		text = append(text, f.Name)
	}
	return &sdk.Document{ID: h.ID, Kind: kind, Title: h.Title, Text: strings.Join(text, "\n"),
		Path: "/devoir/" + h.ID, Icon: ui.IconHomework, When: h.Due, Audience: h.finders()}
}

// finders is [RelationOf] as an audience: whoever it is anything to.
func (h *Homework) finders() []sdk.Audience {
	list := []sdk.Audience{{People: []ids.PersonID{h.Author}, Profiles: staff}}
	if !h.published() {
		return list
	}
	list = append(list, sdk.Audience{Permissions: []ids.Permission{"devoirs.overview"}, Profiles: staff})
	pupils := func(a sdk.Audience) {
		a.From, a.Profiles = h.VisibleFrom, []ids.Profile{ids.Eleve}
		list = append(list, a)
		a.Guardians, a.Profiles = true, []ids.Profile{ids.Parent}
		list = append(list, a)
	}
	if len(h.Groups) > 0 {
		groups := make([]ids.GroupID, len(h.Groups))
		for i, g := range h.Groups {
			groups[i] = g.ID
		}
		list = append(list, sdk.Audience{Groups: groups, Permissions: []ids.Permission{"devoirs.set"}, Profiles: staff})
		pupils(sdk.Audience{Groups: groups})
	}
	if len(h.Pupils) > 0 {
		pupils(sdk.Audience{People: h.Pupils})
	}
	return list
}

// put stores a homework and has it searched for as it now is.
func put(tx store.Tx, h *Homework) error {
	if err := homework.Put(tx, h); err != nil {
		return err
	}
	return sdk.Reindex(tx, h.ID)
}
