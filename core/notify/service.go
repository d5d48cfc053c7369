package notify

import (
	"context"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// most is how many notices a person keeps; older ones go.
const most = 500

// Service keeps notices. Make one with [New].
type Service struct {
	engine store.Engine
	bus    *events.Bus
	now    func() time.Time
}

// New returns a service on the core's store; bus may be nil.
func New(engine store.Engine, bus *events.Bus) *Service {
	return &Service{engine: engine, bus: bus, now: time.Now}
}

// Send leaves a notice with each person of r. The caller has checked that they
// are of the school.
func (s *Service) Send(ctx context.Context, school ids.SchoolID, module ids.ModuleID, r *wire.SendRequest) error {
	if r.GetText() == nil || len(r.People) == 0 {
		return errors.New(errors.Invalid, "notify.empty")
	}
	if r.Link != nil && r.Link.Module == "" {
		r.Link.Module = string(module)
	}
	raw, err := protojson.Marshal(&wire.SendRequest{Text: r.Text, Link: r.Link, About: r.About})
	if err != nil {
		return errors.Wrap(err, errors.Invalid, "notify.garbage")
	}
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return err
	}
	at := s.now()
	err = space.Update(ctx, func(tx store.Tx) error {
		for _, p := range r.People {
			if err := s.leave(tx, &kept{Person: ids.PersonID(p), Module: module, Key: r.Key, Content: raw, At: at}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || s.bus == nil {
		return err
	}
	people := make([]ids.PersonID, len(r.People))
	for i, p := range r.People {
		people[i] = ids.PersonID(p)
	}
	return s.bus.Publish(ctx, events.Event{Name: EventName, School: school, Source: module, People: people, At: at})
}

// leave puts one notice in a person's list: in place of the one about the same
// thing, and of the oldest when the list is full.
func (s *Service) leave(tx store.Tx, k *kept) error {
	if k.Key != "" {
		old, err := notices.Find(tx, "key", k.Person, k.Module, k.Key)
		switch {
		case err == nil:
			if err := notices.Delete(tx, old.ID); err != nil {
				return err
			}
		case errors.KindOf(err) != errors.NotFound:
			return err
		}
	}
	n, err := notices.Count(tx, "person", store.Prefix(k.Person))
	if err != nil {
		return err
	}
	for n -= most - 1; n > 0; n-- {
		for old, err := range notices.Range(tx, "person", store.Prefix(k.Person), store.Limit(1)) {
			if err != nil {
				return err
			}
			if err := notices.Delete(tx, old.ID); err != nil {
				return err
			}
		}
	}
	return notices.Insert(tx, k)
}

// Unread counts a person's unread notices.
func (s *Service) Unread(ctx context.Context, school ids.SchoolID, person ids.PersonID) (n int, err error) {
	return n, s.view(ctx, school, func(tx store.Tx) (err error) {
		n, err = notices.Count(tx, "unread", store.Prefix(person))
		return err
	})
}

// List returns a page of a person's notices, newest first, and the cursor of
// the next page (empty: none).
func (s *Service) List(ctx context.Context, school ids.SchoolID, person ids.PersonID, cursor string, limit int) (out []Notice, next string, err error) {
	err = s.view(ctx, school, func(tx store.Tx) error {
		var page []*kept
		page, next, err = notices.Page(tx, "person", cursor, limit, store.Prefix(person), store.Reverse())
		out = make([]Notice, 0, len(page))
		for _, k := range page {
			out = append(out, k.notice())
		}
		return err
	})
	return out, next, err
}

// MarkRead marks these notices of the person read; without ids, all of them.
func (s *Service) MarkRead(ctx context.Context, school ids.SchoolID, person ids.PersonID, which ...string) error {
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return err
	}
	return space.Update(ctx, func(tx store.Tx) error {
		if len(which) == 0 {
			for k, err := range notices.Range(tx, "unread", store.Prefix(person)) {
				if err != nil {
					return err
				}
				which = append(which, k.ID)
			}
		}
		for _, id := range which {
			_, err := notices.Modify(tx, id, func(k *kept) error {
				if k.Person != person {
					return errors.New(errors.NotFound, "notify.gone")
				}
				k.Read = true
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) view(ctx context.Context, school ids.SchoolID, fn func(store.Tx) error) error {
	space, err := s.engine.Open(ctx, school)
	if err != nil {
		return err
	}
	return space.View(ctx, fn)
}

// content reads what protojson wrote; what it cannot read shows as nothing.
func content(raw []byte) *wire.SendRequest {
	m := &wire.SendRequest{}
	if protojson.Unmarshal(raw, m) != nil {
		proto.Reset(m)
	}
	return m
}
