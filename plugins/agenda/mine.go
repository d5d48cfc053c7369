package main

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// leftEvent is the core's: somebody is no longer of the school.
const leftEvent = "identity.left"

// kept is everything the module keeps of one person, as they are given it.
type kept struct {
	Person     ids.PersonID `json:"person"`
	School     ids.SchoolID `json:"school"`
	At         time.Time    `json:"at"`
	Entries    []*Entry     `json:"entries"`    // of their own calendar
	Readings   []*Glance    `json:"readings"`   // what they opened
	Signatures []*Signature `json:"signatures"` // what they answered
}

// giveMine hands people what the agenda keeps of them, as a file.
func giveMine(w http.ResponseWriter, hr *http.Request) {
	r := sdk.RequestOf(hr)
	mine := kept{Person: r.Viewer.Person, School: r.Viewer.School, At: r.Now(), Entries: []*Entry{}, Readings: []*Glance{}, Signatures: []*Signature{}}
	err := r.Store.View(r.Context(), func(tx store.Tx) error {
		for e, err := range entries.Range(tx, "calendar", store.Prefix(string(PersonalOf(r.Viewer.Person)))) {
			if err != nil {
				return err
			}
			mine.Entries = append(mine.Entries, e)
		}
		for g, err := range glances.Range(tx, "person", store.Prefix(string(r.Viewer.Person))) {
			if err != nil {
				return err
			}
			mine.Readings = append(mine.Readings, g)
		}
		for s, err := range signatures.Range(tx, "guardian", store.Prefix(string(r.Viewer.Person))) {
			if err != nil {
				return err
			}
			mine.Signatures = append(mine.Signatures, s)
		}
		return nil
	})
	raw, wrong := json.MarshalIndent(mine, "", "  ")
	if err := errors.Join(err, wrong); err != nil {
		r.Log.Error("export", "err", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="agenda.json"`)
	_, _ = w.Write(raw) // whoever asked may have gone
}

// forgetPerson erases what is only of use while somebody is of the school: what
// they opened, what they answered and what was answered about them.
func forgetPerson(ctx context.Context, e *sdk.Event) error {
	var gone struct {
		Person string `json:"person"`
	}
	if err := e.Into(&gone); err != nil || gone.Person == "" {
		return err
	}
	of := store.Prefix(gone.Person)
	return e.Store.Update(ctx, func(tx store.Tx) error {
		return errors.Join(drop(tx, glances, "person", unread(tx), of),
			drop(tx, signatures, "guardian", unsign(tx), of), drop(tx, signatures, "pupil", unsign(tx), of))
	})
}
