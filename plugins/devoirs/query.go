package main

import (
	"iter"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// all collects what a range yields.
func all[T any](seq iter.Seq2[*T, error]) (items []*T, err error) {
	for item, err := range seq {
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

// gone is the answer to whoever may not know whether something exists.
func gone() error { return errors.New(errors.NotFound, "devoirs.gone") }

// openSheet finds a homework and what it is to the viewer: NotFound when it is
// nothing to them.
func openSheet(tx store.Tx, s *sdk.Scope, id string) (*Homework, Relation, error) {
	h, err := homework.Get(tx, id)
	if errors.KindOf(err) == errors.NotFound {
		return nil, Stranger, gone()
	}
	if err != nil {
		return nil, Stranger, err
	}
	relation := RelationOf(s.Viewer, h, s.Now())
	if relation == Stranger {
		return nil, Stranger, gone()
	}
	return h, relation, nil
}

// openMine finds a homework the viewer set and did not delete, else NotFound.
func openMine(tx store.Tx, s *sdk.Scope, id string) (*Homework, error) {
	h, relation, err := openSheet(tx, s, id)
	if err != nil {
		return nil, err
	}
	if relation != Author || !h.Deleted.IsZero() {
		return nil, gone()
	}
	return h, nil
}

// openForMe finds a homework that is for the viewer, a pupil, else NotFound.
func openForMe(tx store.Tx, s *sdk.Scope, id string) (*Homework, error) {
	h, relation, err := openSheet(tx, s, id)
	if err == nil && relation != Pupil {
		err = gone()
	}
	return h, err
}

// copyOf returns a pupil's copy, a new one that is not stored yet when there is
// none.
func copyOf(tx store.Tx, h *Homework, pupil ids.PersonID, group ids.GroupID) (*Copy, error) {
	c, err := copies.Get(tx, copyID(h.ID, pupil))
	if errors.KindOf(err) == errors.NotFound {
		return &Copy{ID: copyID(h.ID, pupil), Homework: h.ID, Pupil: pupil, Group: group, Teacher: h.Author}, nil
	}
	return c, err
}

// findCopy returns a pupil's copy, nil when there is none.
func findCopy(tx store.Tx, h *Homework, pupil ids.PersonID) (*Copy, error) {
	c, err := copies.Get(tx, copyID(h.ID, pupil))
	if errors.KindOf(err) == errors.NotFound {
		return nil, nil
	}
	return c, err
}

// copiesOf returns the copies of a homework by pupil.
func copiesOf(tx store.Tx, h *Homework) (map[ids.PersonID]*Copy, error) {
	out := map[ids.PersonID]*Copy{}
	for c, err := range copies.Range(tx, "homework", store.Prefix(h.ID)) {
		if err != nil {
			return nil, err
		}
		out[c.Pupil] = c
	}
	return out, nil
}

// view reads the school's store for one request.
func view(r *sdk.Request, fn func(tx store.Tx) error) error { return r.Store.View(r.Context(), fn) }

// update writes it.
func update(r *sdk.Request, fn func(tx store.Tx) error) error { return r.Store.Update(r.Context(), fn) }
