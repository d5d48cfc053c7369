package identity

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// prepared is a session ready for requests, with what tells that it is not
// true any more.
type prepared struct {
	*Session
	idle    time.Duration
	seen    atomic.Int64 // Unix milliseconds of the last request
	written atomic.Int64 // the one of these that the store has
	epochs  []seenEpoch  // of every school of the person
}

type seenEpoch struct {
	counter *atomic.Uint64
	value   uint64
}

// current reports whether no school of the person changed since.
func (p *prepared) current() bool {
	for _, e := range p.epochs {
		if e.counter.Load() != e.value {
			return false
		}
	}
	return true
}

// expired reports whether the session ended by itself.
func (p *prepared) expired(now time.Time) bool {
	return !now.Before(p.Expires) || now.Sub(time.UnixMilli(p.seen.Load())) >= p.idle
}

// ended is the error for whoever has no session.
func ended() error { return errors.New(errors.SignIn, "identity.session.ended") }

// prepare builds what requests need of a stored session. SignIn when the
// person does not belong to its school any more.
func (s *Service) prepare(ctx context.Context, st *stored) (*prepared, error) {
	account, err := s.Account(ctx, st.Person)
	if err != nil {
		if errors.KindOf(err) == errors.NotFound {
			return nil, ended()
		}
		return nil, err
	}
	p := &prepared{Session: &Session{
		ID: st.ID, Person: st.Person, Login: account.Login, School: st.School, MustChange: account.MustChange, Appearance: account.Appearance,
	}}
	for _, id := range account.Schools {
		e := s.epoch(id)
		p.epochs = append(p.epochs, seenEpoch{e, e.Load()}) // before reading, so that no change is missed
	}
	list, staff, err := s.belongings(ctx, account)
	if err != nil {
		return nil, err
	}
	p.Schools = list
	if err := s.fillIn(ctx, p.Session, account, st.Child); err != nil {
		if errors.KindOf(err) == errors.NotFound {
			return nil, ended()
		}
		return nil, err
	}
	life := s.lifetime(staff)
	p.idle, p.Expires = life.Idle, st.Created.Add(life.Absolute)
	p.seen.Store(st.Seen.UnixMilli())
	p.written.Store(st.Seen.UnixMilli())
	return p, nil
}

// belongings returns the schools where the account has a living member, and
// whether the person is staff in one of them.
func (s *Service) belongings(ctx context.Context, a *Account) (list []Belonging, staff bool, err error) {
	for _, id := range a.Schools {
		school, err := s.School(ctx, id)
		if errors.KindOf(err) == errors.NotFound {
			continue
		}
		if err != nil {
			return nil, false, err
		}
		m, err := s.Member(ctx, id, a.Person())
		if errors.KindOf(err) == errors.NotFound || err == nil && m.Left {
			continue
		}
		if err != nil {
			return nil, false, err
		}
		list = append(list, Belonging{id, school.Name, m.Profile})
		staff = staff || m.Staff()
	}
	return list, staff, nil
}

// fillIn reads the member of the session's school; NotFound when there is
// none, or they left.
func (s *Service) fillIn(ctx context.Context, sess *Session, a *Account, child ids.PersonID) error {
	school, err := s.School(ctx, sess.School)
	if err != nil {
		return err
	}
	space, err := s.space(ctx, sess.School)
	if err != nil {
		return err
	}
	locale := a.Locale
	if locale == "" {
		locale = school.Locale
	}
	return space.View(ctx, func(tx store.Tx) error {
		m, err := readMember(tx, string(sess.Person))
		if err != nil {
			return err
		}
		if m.Left {
			return errors.New(errors.NotFound, "identity.person.unknown")
		}
		sess.Profile, sess.Roles = m.Profile, m.AllRoles()
		v := &wire.Viewer{
			Person: m.ID, Name: m.Name(), FirstName: m.FirstName,
			School: string(school.ID), SchoolName: school.Name, Profile: string(m.Profile),
			Locale: locale, TimeZone: school.TimeZone,
		}
		if v.Groups, err = wireGroups(tx, m.Groups); err != nil {
			return err
		}
		for _, id := range m.Children {
			c, err := members.Get(tx, string(id))
			if err != nil {
				return err
			}
			w := &wire.Child{Person: c.ID, Name: c.Name(), FirstName: c.FirstName}
			if w.Groups, err = wireGroups(tx, c.Groups); err != nil {
				return err
			}
			v.Children = append(v.Children, w)
			if id == child {
				sess.Child, v.Child = child, c.ID
			}
		}
		sess.Viewer = v
		return nil
	})
}

func wireGroups(tx store.Tx, list []ids.GroupID) ([]*wire.Group, error) {
	var out []*wire.Group
	for _, id := range list {
		g, err := groups.Get(tx, string(id))
		if errors.KindOf(err) == errors.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, &wire.Group{Id: g.ID, Name: g.Name, Kind: g.Kind})
	}
	return out, nil
}
