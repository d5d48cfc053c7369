package home

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// Receipt is that somebody said to have read an announcement.
type Receipt struct {
	ID           string       `json:"id"` // announcement and person
	Announcement string       `json:"announcement"`
	Person       ids.PersonID `json:"person"`
	At           time.Time    `json:"at"`
}

var receipts = store.NewCollection("home.receipts",
	store.Index("announcement", func(r *Receipt) store.Key { return store.K(r.Announcement, r.At) }))

func receiptID(announcement, person string) string { return announcement + "." + person }

// Acknowledge notes that the caller has read an announcement that is shown to
// them and asks for it; once is enough. NotFound for any other.
func (s *Service) Acknowledge(ctx context.Context, c host.Caller, id string) error {
	shown, err := s.shown(ctx, c.Viewer, false)
	if err != nil {
		return err
	}
	asked := false
	for _, a := range shown {
		asked = asked || a.ID == id && a.Receipt
	}
	if !asked {
		return errors.New(errors.NotFound, "home.announcement.gone")
	}
	space, err := s.cfg.Engine.Open(ctx, c.School())
	if err != nil {
		return err
	}
	person := c.Viewer.GetPerson()
	err = space.Update(ctx, func(tx store.Tx) error {
		_, err := receipts.Get(tx, receiptID(id, person))
		if errors.KindOf(err) != errors.NotFound {
			return err
		}
		return receipts.Put(tx, &Receipt{ID: receiptID(id, person), Announcement: id, Person: ids.PersonID(person), At: s.cfg.Now()})
	})
	s.marks.set(markKey{school: c.School(), widget: BannerWidget, person: ids.PersonID(person)})
	return err
}

// Receipts lists who has read an announcement, the first reader first.
func (s *Service) Receipts(ctx context.Context, school ids.SchoolID, id string) (list []*Receipt, err error) {
	space, err := s.cfg.Engine.Open(ctx, school)
	if err != nil {
		return nil, err
	}
	err = space.View(ctx, func(tx store.Tx) (err error) {
		list, err = receiptsOf(tx, id)
		return err
	})
	return list, err
}

func receiptsOf(tx store.Tx, id string) (list []*Receipt, err error) {
	for r, err := range receipts.Range(tx, "announcement", store.Prefix(id)) {
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// readBy tells which of the announcements the viewer has read.
func (s *Service) readBy(ctx context.Context, v *wire.Viewer, all []*Announcement) (read map[string]bool, err error) {
	space, err := s.cfg.Engine.Open(ctx, ids.SchoolID(v.GetSchool()))
	if err != nil {
		return nil, err
	}
	err = space.View(ctx, func(tx store.Tx) error {
		read = map[string]bool{}
		for _, a := range all {
			if !a.Receipt {
				continue
			}
			_, err := receipts.Get(tx, receiptID(a.ID, v.GetPerson()))
			if err != nil && errors.KindOf(err) != errors.NotFound {
				return err
			}
			read[a.ID] = err == nil
		}
		return nil
	})
	return read, err
}

// forgetOther forgets who has read an announcement when its words change from
// what they were (nil: there were none).
func forgetOther(tx store.Tx, was, a *Announcement) error {
	if was == nil || was.Text == a.Text && was.Title == a.Title {
		return nil
	}
	return forgetReceipts(tx, a.ID)
}

func forgetReceipts(tx store.Tx, id string) error {
	list, err := receiptsOf(tx, id)
	for _, r := range list {
		if err == nil {
			err = receipts.Delete(tx, r.ID)
		}
	}
	return err
}
