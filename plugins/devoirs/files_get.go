package main

import (
	"slices"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// getSheetFile gives a file of a homework to whoever may read the homework.
func getSheetFile(r *sdk.Request) (*sdk.Answer, error) {
	var file File
	err := view(r, func(tx store.Tx) error {
		h, _, err := openSheet(tx, &r.Scope, r.PathValue("id"))
		if err != nil {
			return err
		}
		f, ok := h.file(r.PathValue("fichier"))
		if !ok {
			return gone()
		}
		file = f
		return nil
	})
	if err != nil {
		return nil, err
	}
	return sdk.GiveFile(file.ID), nil
}

// getCopyFile gives a file that was handed in: to its pupil, to the pupil's
// parents and to the teacher who set the homework.
func getCopyFile(r *sdk.Request) (*sdk.Answer, error) {
	var file File
	err := view(r, func(tx store.Tx) error {
		h, relation, err := openSheet(tx, &r.Scope, r.PathValue("id"))
		if err != nil {
			return err
		}
		pupil := ids.PersonID(r.PathValue("eleve"))
		if !readsCopy(r.Viewer, h, relation, pupil, r) {
			return gone()
		}
		c, err := findCopy(tx, h, pupil)
		if err != nil {
			return err
		}
		if c == nil {
			return gone()
		}
		f, ok := c.file(r.PathValue("fichier"), relation == Pupil)
		if !ok {
			return gone()
		}
		file = f
		return nil
	})
	if err != nil {
		return nil, err
	}
	return sdk.GiveFile(file.ID), nil
}

// readsCopy reports whether the viewer may read what this pupil handed in.
func readsCopy(v *sdk.Viewer, h *Homework, relation Relation, pupil ids.PersonID, r *sdk.Request) bool {
	switch relation {
	case Author:
		return h.Deleted.IsZero()
	case Pupil:
		return pupil == v.Person
	case Guardian:
		return slices.ContainsFunc(childrenOf(v, h, r.Now()), func(c sdk.Child) bool { return c.ID == pupil })
	}
	return false
}
