package main

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"strconv"
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
	Bin        []*Removal   `json:"bin"`        // what they deleted and can bring back
	Readings   []*Glance    `json:"readings"`   // what they opened
	Signatures []*Signature `json:"signatures"` // what they answered
}

// giveMine hands people what the agenda keeps of them, as a file; the school's
// journal says that it did.
func giveMine(w http.ResponseWriter, hr *http.Request) {
	r := sdk.RequestOf(hr)
	var mine *kept
	err := r.Store.View(r.Context(), func(tx store.Tx) (err error) {
		mine, err = keptOf(tx, r)
		return err
	})
	var raw []byte
	if err == nil {
		raw, err = json.MarshalIndent(mine, "", "  ")
	}
	if err == nil {
		err = r.Audit.Record("agenda.exported", string(mine.Person), map[string]string{"entries": strconv.Itoa(len(mine.Entries)),
			"bin": strconv.Itoa(len(mine.Bin)), "readings": strconv.Itoa(len(mine.Readings)), "signatures": strconv.Itoa(len(mine.Signatures))})
	}
	if err != nil {
		sdk.Refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="agenda.json"`)
	_, _ = w.Write(raw) // whoever asked may have gone
}

// keptOf gathers what there is of the viewer.
func keptOf(tx store.Tx, r *sdk.Request) (*kept, error) {
	me := string(r.Viewer.Person)
	mine := &kept{Person: r.Viewer.Person, School: r.Viewer.School, At: r.Now()}
	var wrong [4]error
	mine.Entries, wrong[0] = collect(entries.Range(tx, "calendar", store.Prefix(string(PersonalOf(r.Viewer.Person)))))
	mine.Bin, wrong[1] = collect(removals.Range(tx, "by", store.Prefix(me)))
	mine.Readings, wrong[2] = collect(glances.Range(tx, "person", store.Prefix(me)))
	mine.Signatures, wrong[3] = collect(signatures.Range(tx, "guardian", store.Prefix(me)))
	return mine, errors.Join(wrong[:]...)
}

// collect gathers a range; of nothing it is an empty list.
func collect[T any](items iter.Seq2[*T, error]) ([]*T, error) {
	list := []*T{}
	for item, err := range items {
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, nil
}

// forgetPerson erases what is only of use while somebody is of the school: their
// own calendar, what they deleted, what they opened, what they answered and what
// was answered about them.
func forgetPerson(ctx context.Context, e *sdk.Event) error {
	var gone struct {
		Person ids.PersonID `json:"person"`
	}
	if err := e.Into(&gone); err != nil || gone.Person == "" {
		return err
	}
	of := store.Prefix(string(gone.Person))
	return e.Store.Update(ctx, func(tx store.Tx) error {
		return errors.Join(drop(tx, entries, "calendar", unwrite(tx), store.Prefix(string(PersonalOf(gone.Person)))),
			drop(tx, removals, "by", unbin(tx), of), drop(tx, glances, "person", unread(tx), of),
			drop(tx, signatures, "guardian", unsign(tx), of), drop(tx, signatures, "pupil", unsign(tx), of))
	})
}
