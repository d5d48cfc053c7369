package notify

import (
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
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
//
// What waits is moved afterwards, some at a time: a school may have a notice for
// each of its families. Where that ends early, what is still at an hour of before
// is looked at again when that hour comes.
func (s *Service) SetHours(ctx context.Context, school ids.SchoolID, h Hours) error {
	if err := h.Check(); err != nil {
		return err
	}
	zone := s.zone(ctx, school)
	next := func(at time.Time) time.Time { return h.Next(at.In(zone)) }
	err := s.update(ctx, school, func(tx store.Tx) error {
		if err := hours.Put(tx, &keptHours{hoursID, h}); err != nil {
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
	ctx = context.WithoutCancel(ctx) // they are kept: the rest follows, whoever waits for it
	if err := s.moveHeld(ctx, school, zone); err != nil {
		s.tools.Log.Error("what waits was not moved", "school", school, "err", err)
	}
	s.wake()
	s.pump(ctx, school)
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

// moveHeld gives what waits for a school's hours the hour it has by those of now.
func (s *Service) moveHeld(ctx context.Context, school ids.SchoolID, zone *time.Location) error {
	var held []string
	err := s.view(ctx, school, func(tx store.Tx) error {
		held = nil
		for k, err := range notices.Range(tx, "owes", store.Prefix(showing)) {
			if err != nil {
				return err
			}
			if !k.Ready.IsZero() {
				held = append(held, k.ID)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(held, portion) {
		if err := s.update(ctx, school, func(tx store.Tx) error { return moveSome(tx, some, s.now(), zone) }); err != nil {
			return err
		}
	}
	return nil
}

func moveSome(tx store.Tx, some []string, now time.Time, zone *time.Location) error {
	h, err := hoursIn(tx) // others may have changed them since
	if err != nil {
		return err
	}
	for _, id := range some {
		k, err := notices.Get(tx, id)
		if errors.KindOf(err) == errors.NotFound || err == nil && (!k.Held || k.Ready.IsZero()) {
			continue // shown, replaced or taken back meanwhile
		}
		if err != nil {
			return err
		}
		if err := k.wait(tx, h.Next(later(k.Ready, now).In(zone))); err != nil {
			return err
		}
	}
	return nil
}

// wait has a notice shown at an hour, and not before.
func (k *kept) wait(tx store.Tx, until time.Time) error {
	k.At, k.Owed = until, []debt{{Way: showing, Due: until}}
	return notices.Put(tx, k)
}

// chosen has what a person is still to be told go by the choice that they have just
// made, in all their schools. Their choice holds whether that can be done at once
// or not: what is told asks for it again.
func (s *Service) chosen(ctx context.Context, person ids.PersonID) {
	schools, err := s.schoolsOf(ctx, person)
	for _, school := range schools {
		err = errors.Join(err, s.moveOwed(ctx, school, person))
	}
	if err != nil {
		s.tools.Log.Warn("what is owed was not moved", "person", person, "err", err)
	}
	s.wake()
}

// moveOwed has what a person is still to be told in a school go by their choice.
func (s *Service) moveOwed(ctx context.Context, school ids.SchoolID, person ids.PersonID) error {
	p, err := s.prepare(ctx, school, []ids.PersonID{person})
	if err != nil || len(p.readers) == 0 {
		return err
	}
	return s.update(ctx, school, func(tx store.Tx) error {
		owing := map[string]*kept{}
		for _, w := range []manifest.Way{manifest.ByMail, manifest.ByPush, manifest.InDigest} {
			for k, err := range notices.Range(tx, "owes", store.Prefix(w, person)) {
				if err != nil {
					return err
				}
				owing[k.ID] = k
			}
		}
		for _, k := range owing {
			if err := p.rechoose(tx, k, p.readers[0]); err != nil {
				return err
			}
		}
		return nil
	})
}

// rechoose goes over what a notice owes: a way that is not wanted any more is
// owed no more, a mail may become a digest or the other way round, and all wait
// for the person's hours. What is on its way goes on.
func (p *placing) rechoose(tx store.Tx, k *kept, r Reader) error {
	choice, ways := p.choices[r.Person], p.ways(k)
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
	if k.Owed = owed; k.spent() {
		return notices.Delete(tx, k.ID)
	}
	return notices.Put(tx, k)
}

// ways are those by which the person wants to be told of a notice, none when they
// may no longer receive its kind. Of one that is not declared any more, its module
// being away, it is as it was left but for what they say themselves.
func (p *placing) ways(k *kept) []manifest.Way {
	kind := p.kind(k)
	if r, ok := p.reader(k.Person); ok && !r.receives(kind) {
		return nil
	}
	if !slices.ContainsFunc(p.kinds, func(one Kind) bool { return one.Key() == kind.Key() }) {
		for _, d := range k.Owed {
			kind.Default = append(kind.Default, d.Way)
		}
	}
	return p.choices[k.Person].WaysFor(kind)
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
