package identity

import (
	"context"
	"slices"
	"strconv"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// DeleteGroup takes a class or group away: nobody belongs to it any more. People
// stay, and so does what modules keep about it. [Service.RestoreGroup] brings it
// back for [GroupKept]. NotFound when unknown.
func (s *Service) DeleteGroup(ctx context.Context, by audit.By, school ids.SchoolID, id ids.GroupID) error {
	space, err := s.space(ctx, school)
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		g, err := groups.Get(tx, string(id))
		if err != nil {
			return groupError(err)
		}
		var of []*Member
		for _, left := range []bool{false, true} { // who left must not come back into it
			for m, err := range members.Range(tx, "group", store.Prefix(left, id)) {
				if err != nil {
					return err
				}
				of = append(of, m)
			}
		}
		for _, m := range of {
			m.Groups = slices.DeleteFunc(slices.Clone(m.Groups), func(other ids.GroupID) bool { return other == id })
			if err := members.Put(tx, m); err != nil {
				return err
			}
		}
		if err := groups.Delete(tx, string(id)); err != nil {
			return err
		}
		if err := s.bin(tx, g, of, by.Person); err != nil {
			return err
		}
		return s.audit.RecordIn(tx, audit.Entry{Actor: by.Person, Address: by.Address, School: school, Action: audit.GroupDeleted,
			Object: string(id), Details: map[string]string{"name": g.Name, "kind": g.Kind, "members": strconv.Itoa(len(of))}})
	})
	s.touch(school)
	return err
}
