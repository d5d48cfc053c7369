package main

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
)

// Relation is what a homework is to a viewer; it decides what they see of it.
type Relation uint8

// The relations, from nothing to everything.
//
//   - A Stranger does not learn that the homework exists.
//   - A Pupil it is for sees the sheet and their own copy, once it is shown.
//   - A Guardian sees the sheet and the copies of their own children it is for.
//   - An Overseer (school life, head) reads every published sheet and how many
//     handed in, never a copy, a mark or a correction.
//   - A Colleague teaches a group it is for: they read the published sheet, to
//     balance the work of a class, and nothing of the pupils' side.
//   - The Author sees and does everything. Only they correct.
const (
	Stranger Relation = iota
	Pupil
	Guardian
	Overseer
	Colleague
	Author
)

// RelationOf answers what h is to the viewer at that moment.
func RelationOf(v *sdk.Viewer, h *Homework, now time.Time) Relation {
	switch {
	case v.Profile == ids.Eleve:
		if h.Shown(now) && h.reaches(v.Person, groupIDs(v.Groups)) {
			return Pupil
		}
		return Stranger
	case v.Profile == ids.Parent:
		if len(childrenOf(v, h, now)) > 0 {
			return Guardian
		}
		return Stranger
	case h.Author == v.Person:
		return Author
	case !h.published():
		return Stranger
	case v.May("devoirs.overview"):
		return Overseer
	}
	if _, teaches := h.groupOf(groupIDs(v.Groups)); teaches && v.May("devoirs.set") {
		return Colleague
	}
	return Stranger
}

// childrenOf returns the viewer's children to whom h is shown: the chosen one
// alone when it is among them, else all.
func childrenOf(v *sdk.Viewer, h *Homework, now time.Time) (children []sdk.Child) {
	if !h.Shown(now) {
		return nil
	}
	for _, c := range v.Children {
		if h.reaches(c.ID, groupIDs(c.Groups)) {
			children = append(children, c)
		}
	}
	for _, c := range children {
		if c.ID == v.Child {
			return []sdk.Child{c}
		}
	}
	return children
}

// reaches reports whether h is for the pupil, by name or through a group.
func (h *Homework) reaches(pupil ids.PersonID, groups []ids.GroupID) bool {
	_, group := h.groupOf(groups)
	return group || slices.Contains(h.Pupils, pupil)
}

func groupIDs(groups []sdk.Group) []ids.GroupID {
	out := make([]ids.GroupID, len(groups))
	for i, g := range groups {
		out[i] = g.ID
	}
	return out
}
