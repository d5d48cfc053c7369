package identity

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// GroupKept is how long a deleted class or group can come back.
const GroupKept = 30 * 24 * time.Hour

// DeletedGroup is a class or group that can come back with those who were in it.
type DeletedGroup struct {
	ID      string         `json:"id"` // of the group
	Group   Group          `json:"group"`
	Members []ids.PersonID `json:"members"` // who left the school among them
	By      ids.PersonID   `json:"by"`
	At      time.Time      `json:"at"`
}

// bin keeps a group that is being deleted.
func (s *Service) bin(tx store.Tx, g *Group, of []*Member, by ids.PersonID) error {
	d := &DeletedGroup{ID: g.ID, Group: *g, By: by, At: s.now()}
	for _, m := range of {
		d.Members = append(d.Members, m.Person())
	}
	return binned.Put(tx, d)
}

// DeletedGroups lists what can come back, the latest first.
func (s *Service) DeletedGroups(ctx context.Context, school ids.SchoolID) (list []*DeletedGroup, err error) {
	space, err := s.space(ctx, school)
	if err != nil {
		return nil, err
	}
	err = space.View(ctx, func(tx store.Tx) error {
		list = nil
		for d, err := range binned.Range(tx, "at", store.From(s.now().Add(-GroupKept)), store.Reverse()) {
			if err != nil {
				return err
			}
			list = append(list, d)
		}
		return nil
	})
	return list, err
}

// RestoreGroup brings a deleted class or group back, with those of its members
// whom the school still knows and who may be in one. NotFound when it was not
// deleted lately; Conflict "identity.group.exists" when there is another of its
// name by now.
func (s *Service) RestoreGroup(ctx context.Context, by audit.By, school ids.SchoolID, id ids.GroupID) error {
	space, err := s.space(ctx, school)
	if err != nil {
		return err
	}
	err = space.Update(ctx, func(tx store.Tx) error {
		d, err := binned.Get(tx, string(id))
		if err != nil {
			return groupError(err)
		}
		if s.now().Sub(d.At) > GroupKept {
			return errors.New(errors.NotFound, "identity.group.unknown")
		}
		switch _, err := groups.Find(tx, "name", d.Group.Kind, Fold(d.Group.Name)); errors.KindOf(err) {
		case errors.NotFound:
		case errors.OK:
			return errors.New(errors.Conflict, "identity.group.exists")
		default:
			return err
		}
		if err := groups.Insert(tx, &d.Group); errors.KindOf(err) == errors.Conflict { // an import made it anew
			return errors.Wrap(err, errors.Conflict, "identity.group.exists")
		} else if err != nil {
			return err
		}
		n, err := rejoin(tx, d)
		if err != nil {
			return err
		}
		if err := binned.Delete(tx, d.ID); err != nil {
			return err
		}
		return s.audit.RecordIn(tx, audit.Entry{Actor: by.Person, Address: by.Address, School: school, Action: audit.GroupSaved,
			Object: d.ID, Details: map[string]string{"name": d.Group.Name, "kind": d.Group.Kind, "members": strconv.Itoa(n), "restored": "true"}})
	})
	s.touch(school)
	return err
}

// rejoin puts the members back into the group and counts them.
func rejoin(tx store.Tx, d *DeletedGroup) (n int, err error) {
	id := ids.GroupID(d.ID)
	for _, person := range d.Members {
		m, err := members.Get(tx, string(person))
		if errors.KindOf(err) == errors.NotFound || err == nil && m.Profile == ids.Parent {
			continue
		}
		if err != nil {
			return n, err
		}
		if !slices.Contains(m.Groups, id) {
			m.Groups = append(slices.Clone(m.Groups), id)
			if err := members.Put(tx, m); err != nil {
				return n, err
			}
		}
		n++
	}
	return n, nil
}
