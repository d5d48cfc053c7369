package notify

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Unread counts a person's unread notices in one school.
func (s *Service) Unread(ctx context.Context, school ids.SchoolID, person ids.PersonID) (n int, err error) {
	return n, s.view(ctx, school, func(tx store.Tx) (err error) {
		n, err = notices.Count(tx, "unread", store.Prefix(person))
		return err
	})
}

// UnreadOf counts a person's unread notices in several schools together.
func (s *Service) UnreadOf(ctx context.Context, person ids.PersonID, schools ...ids.SchoolID) (total int, err error) {
	for _, school := range schools {
		n, err := s.Unread(ctx, school, person)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// List returns a page of a person's notices in one school, newest first, and
// the cursor of the next page (empty: none).
func (s *Service) List(ctx context.Context, school ids.SchoolID, person ids.PersonID, cursor string, limit int) (out []Notice, next string, err error) {
	err = s.view(ctx, school, func(tx store.Tx) error {
		var page []*kept
		page, next, err = notices.Page(tx, "person", cursor, limit, store.Prefix(person), store.Reverse())
		out = make([]Notice, 0, len(page))
		for _, k := range page {
			out = append(out, s.notice(k, school))
		}
		return err
	})
	return out, next, err
}

// Feed returns up to limit notices of a person in all these schools, newest
// first: those before a time, all when it is zero.
func (s *Service) Feed(ctx context.Context, person ids.PersonID, schools []ids.SchoolID, before time.Time, limit int) (out []Notice, err error) {
	span := []store.RangeOption{store.Prefix(person), store.Reverse(), store.Limit(limit)}
	if !before.IsZero() {
		span = []store.RangeOption{store.From(person), store.To(person, before.Add(-1)), store.Reverse(), store.Limit(limit)}
	}
	for _, school := range schools {
		err := s.view(ctx, school, func(tx store.Tx) error {
			for k, err := range notices.Range(tx, "person", span...) {
				if err != nil {
					return err
				}
				out = append(out, s.notice(k, school))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b Notice) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
	return out[:min(limit, len(out))], nil
}

// Get returns one notice of a person; NotFound.
func (s *Service) Get(ctx context.Context, school ids.SchoolID, person ids.PersonID, id string) (n Notice, err error) {
	return n, s.view(ctx, school, func(tx store.Tx) error {
		k, err := notices.Get(tx, id)
		if errors.KindOf(err) == errors.NotFound || err == nil && (k.Person != person || k.Held) {
			return errors.New(errors.NotFound, "notify.gone")
		}
		if err == nil {
			n = s.notice(k, school)
		}
		return err
	})
}

// MarkRead marks these notices of the person read; without ids, all of them.
// What is read owes nothing any more.
func (s *Service) MarkRead(ctx context.Context, school ids.SchoolID, person ids.PersonID, which ...string) error {
	err := s.update(ctx, school, func(tx store.Tx) error {
		list := which
		if len(which) == 0 {
			list = nil
			for k, err := range notices.Range(tx, "unread", store.Prefix(person)) {
				if err != nil {
					return err
				}
				list = append(list, k.ID)
			}
		}
		for _, id := range list {
			k, err := notices.Modify(tx, id, func(k *kept) error {
				if k.Person != person || k.Held {
					return errors.New(errors.NotFound, "notify.gone")
				}
				k.Read, k.Again, k.Owed = true, 0, nil
				return nil
			})
			if err == nil && k.spent() {
				err = notices.Delete(tx, id)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.tell(ctx, EventRead, school, "", []ids.PersonID{person})
}
