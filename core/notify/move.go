package notify

import (
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store"
)

// Follow has moved called in the transaction that changes a school's hours, with
// the first moment of publishing from one on. Before the service is used.
func (s *Service) Follow(moved func(tx store.Tx, next func(time.Time) time.Time) error) {
	s.followers = append(s.followers, moved)
}

// SetHours changes when a school publishes to families, and with it when what
// waits is shown; [EventHours] follows. Invalid names the field.
func (s *Service) SetHours(ctx context.Context, school ids.SchoolID, h Hours) error {
	if err := h.Check(); err != nil {
		return err
	}
	zone, now := s.zone(ctx, school), s.now()
	next := func(at time.Time) time.Time { return h.Next(at.In(zone)) }
	err := s.update(ctx, school, func(tx store.Tx) error {
		if err := hours.Put(tx, &keptHours{hoursID, h}); err != nil {
			return err
		}
		if err := moveHeld(tx, now, next); err != nil {
			return err
		}
		for _, moved := range s.followers {
			if err := moved(tx, next); err != nil {
				return err
			}
		}
		return tx.Emit(EventHours, nil)
	})
	if err != nil {
		return err
	}
	s.wake()
	s.pump(context.WithoutCancel(ctx), school) // they are kept: who waits for it does not matter
	return nil
}

// pump publishes what was emitted in a school's transaction. What cannot be now is
// when the next is, or when the core starts.
func (s *Service) pump(ctx context.Context, school ids.SchoolID) {
	if s.bus == nil {
		return
	}
	if err := s.bus.Pump(ctx, school); err != nil {
		s.tools.Log.Error("not published yet", "school", school, "err", err)
	}
}

// moveHeld gives what waits for the school's hours its new hour.
func moveHeld(tx store.Tx, now time.Time, next func(time.Time) time.Time) error {
	var held []*kept
	for k, err := range notices.Range(tx, "owes", store.Prefix(showing)) {
		if err != nil {
			return err
		}
		if !k.Ready.IsZero() {
			held = append(held, k)
		}
	}
	for _, k := range held {
		k.At = next(later(k.Ready, now))
		k.Owed = []debt{{Way: showing, Due: k.At}}
		if err := notices.Put(tx, k); err != nil {
			return err
		}
	}
	return nil
}

// moveOwed has what a person is still to be told go by their choice, in all
// their schools.
func (s *Service) moveOwed(ctx context.Context, person ids.PersonID) error {
	schools, err := s.schoolsOf(ctx, person)
	if err != nil {
		return err
	}
	for _, school := range schools {
		p, err := s.prepare(ctx, school, []ids.PersonID{person})
		if err != nil {
			return err
		}
		if len(p.readers) == 0 {
			continue
		}
		if err := s.update(ctx, school, func(tx store.Tx) error { return p.moveOwed(tx, p.readers[0]) }); err != nil {
			return err
		}
	}
	s.wake()
	return nil
}

func (p *placing) moveOwed(tx store.Tx, r Reader) error {
	owing := map[string]*kept{}
	for _, w := range []manifest.Way{manifest.ByMail, manifest.ByPush, manifest.InDigest} {
		for k, err := range notices.Range(tx, "owes", store.Prefix(w, r.Person)) {
			if err != nil {
				return err
			}
			owing[k.ID] = k
		}
	}
	for _, k := range owing {
		p.rechoose(k, r)
		var err error
		if k.spent() {
			err = notices.Delete(tx, k.ID)
		} else {
			err = notices.Put(tx, k)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// rechoose goes over what a notice owes: a way that is not wanted any more is
// owed no more, a mail may become a digest or the other way round, and all wait
// for the person's hours. What is on its way goes on.
func (p *placing) rechoose(k *kept, r Reader) {
	choice := p.choices[r.Person]
	ways := choice.WaysFor(p.kind(k))
	var owed []debt
	for _, d := range k.Owed {
		way := d.Way
		if letters := []manifest.Way{manifest.ByMail, manifest.InDigest}; slices.Contains(letters, way) {
			way = first(letters, ways)
		} else {
			way = first([]manifest.Way{way}, ways)
		}
		if way == "" {
			continue
		}
		if d.Batch == "" {
			d.Way, d.Due = way, choice.due(way, later(d.Ready, p.now).In(r.Zone), k.Urgent)
		}
		owed = append(owed, d)
	}
	k.Owed = owed
}

// first returns the first of these ways that is among others, "" for none.
func first(these, others []manifest.Way) manifest.Way {
	for _, w := range these {
		if slices.Contains(others, w) {
			return w
		}
	}
	return ""
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
