package main

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// Answers of a guardian, as the buttons send them; none takes an answer back.
const (
	sayYes  = "oui"
	sayNo   = "non"
	sayNone = ""
)

// sign takes a guardian's answer about one of their children.
func sign(r *sdk.Request) (*sdk.Answer, error) {
	answer, pupil := r.FormValue("reponse"), ids.PersonID(r.FormValue("eleve"))
	if !slices.Contains([]string{sayYes, sayNo, sayNone}, answer) {
		return nil, errors.Field("reponse", "error.field.choice")
	}
	var e *Entry
	err := r.Store.Update(r.Context(), func(tx store.Tx) (err error) {
		if e, err = openEntry(tx, &r.Scope, r.PathValue("id")); err != nil {
			return err
		}
		if !guards(r.Viewer, e, pupil) {
			return gone()
		}
		if !e.answerable(r.Now()) {
			return errors.New(errors.Conflict, "agenda.sign.closed")
		}
		if err := e.note(tx, r, pupil, answer); err != nil {
			return err
		}
		return tx.Emit(eventChanged, Changed{e.Calendar, e.ID}, r.Viewer.Person, e.Author)
	})
	if errors.KindOf(err) == errors.Conflict {
		return sdk.GoTo("/entree/" + e.ID).Say("agenda.sign.closed"), nil
	}
	if err != nil {
		return nil, err
	}
	said := map[string]string{sayYes: "agenda.sign.said.yes", sayNo: "agenda.sign.said.no", sayNone: "agenda.sign.said.none"}[answer]
	return sdk.GoTo("/entree/"+e.ID).Say(said, "until", ui.Time(e.answerBy(), ui.DateTime)), nil
}

// signs reports whether the viewer is one of those whom the school has sign.
func signs(v *sdk.Viewer) bool { return v.Profile == ids.Parent && v.May("agenda.sign") }

// guards reports whether a pupil is the viewer's child and in the class that is
// asked.
func guards(v *sdk.Viewer, e *Entry, pupil ids.PersonID) bool {
	g, group := e.Calendar.Group()
	return e.Sign != nil && group && signs(v) &&
		slices.ContainsFunc(v.Children, func(c sdk.Child) bool { return c.ID == pupil && c.In(g) })
}

// open are the guardians who have not answered, for the entry as it is now, about
// each of their pupils.
func (c *circle) open(ctx context.Context, s *sdk.Scope, e *Entry) (people []ids.PersonID, err error) {
	var given map[ids.PersonID][]*Signature
	err = s.Store.View(ctx, func(tx store.Tx) (err error) {
		given, err = signaturesOf(tx, e)
		return err
	})
	for _, p := range c.pupils {
		for _, g := range p.Guardians {
			if !by(g, given[p.ID]).holds(e) {
				people = append(people, g)
			}
		}
	}
	slices.Sort(people)
	return slices.Compact(people), err
}

// note stores the viewer's answer, or takes it back.
func (e *Entry) note(tx store.Tx, r *sdk.Request, pupil ids.PersonID, answer string) error {
	id := signatureID(e, pupil, r.Viewer.Person)
	if answer == sayNone {
		err := signatures.Delete(tx, id)
		if errors.KindOf(err) == errors.NotFound {
			err = nil // pressed twice
		}
		return err
	}
	return signatures.Put(tx, &Signature{ID: id, Entry: e.ID, Pupil: pupil, Guardian: r.Viewer.Person, Name: r.Viewer.Name,
		Agrees: answer == sayYes, Terms: e.terms(), At: r.Now(), Ends: e.Last})
}
