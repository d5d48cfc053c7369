package notify

import (
	"context"
	"slices"
	"time"

	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store"
)

const (
	lease = 5 * time.Minute // within which a claimed letter is sent, or somebody else tries
	tries = 8
)

// pauses are waited between two tries; the last one from then on.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour}

// batch is what a person is told at once by one way.
type batch struct {
	id      string // the same when it is sent again
	person  ids.PersonID
	way     manifest.Way
	notices []Notice
	tries   int // this one included
}

// run tells one person by one way what is due.
func (s *Service) run(ctx context.Context, e errand, found []ids.SchoolID) error {
	schools, err := s.schoolsOf(ctx, e.person)
	if err != nil {
		return err
	}
	for _, school := range found { // one that the person left meanwhile, maybe
		if !slices.Contains(schools, school) {
			schools = append(schools, school)
		}
	}
	for {
		b, err := s.claim(ctx, e, schools)
		if err != nil || b == nil {
			return err
		}
		err = s.send(ctx, b)
		if ctx.Err() != nil {
			return nil // the claim runs out by itself
		}
		if err = s.settle(ctx, b, err); err != nil {
			return err
		}
	}
}

// schoolsOf are where a person may have notices.
func (s *Service) schoolsOf(ctx context.Context, person ids.PersonID) ([]ids.SchoolID, error) {
	if s.tools.People == nil {
		return nil, nil
	}
	return s.tools.People.Schools(ctx, person)
}

// claim takes what is due to a person from all their schools, so that nobody
// else sends it for a while. What a crash left claimed goes alone, as the same
// batch. Whoever has chosen otherwise since a notice was left is not told by that
// way any more.
func (s *Service) claim(ctx context.Context, e errand, schools []ids.SchoolID) (*batch, error) {
	now := s.now()
	id, some, err := s.dueIn(ctx, e, schools, now)
	if err != nil {
		return nil, err
	}
	b := &batch{id: id, person: e.person, way: e.way}
	again := b.id != ""
	if !again {
		b.id = ids.New()
	}
	for _, school := range some {
		p, err := s.prepare(ctx, school, []ids.PersonID{e.person})
		if err != nil {
			return nil, err
		}
		err = s.update(ctx, school, func(tx store.Tx) error {
			b.notices = keepOthers(b.notices, school)
			var failed error
			for _, k := range dueTo(tx, e, now, &failed) {
				if len(p.readers) > 0 && !slices.Contains(p.ways(k), e.way) {
					if err := p.rechoose(tx, k, p.readers[0]); err != nil {
						return err
					}
				}
				d := k.debt(e.way)
				if d == nil || again && d.Batch != b.id {
					continue
				}
				d.Due, d.Batch, d.Tries = now.Add(lease), b.id, d.Tries+1
				b.tries = max(b.tries, d.Tries)
				if err := notices.Put(tx, k); err != nil {
					return err
				}
				b.notices = append(b.notices, s.notice(k, school))
			}
			return failed
		})
		if err != nil {
			return nil, err
		}
	}
	if len(b.notices) == 0 {
		return nil, nil //nolint:nilnil // nothing is left to send
	}
	return b, nil
}

// keepOthers forgets what a transaction that runs again had read.
func keepOthers(list []Notice, school ids.SchoolID) []Notice {
	out := list[:0:0]
	for _, n := range list {
		if n.School != school {
			out = append(out, n)
		}
	}
	return out
}

// dueTo reads what is due to a person by a way, oldest first.
func dueTo(tx store.Tx, e errand, now time.Time, failed *error) (list []*kept) {
	for k, err := range notices.Range(tx, "owes", store.From(e.way, e.person), store.To(e.way, e.person, now)) {
		if err != nil {
			*failed = err
			return nil
		}
		list = append(list, k)
	}
	return list
}

// dueIn lists in which schools something is due to a person by a way, and names a
// batch of it that was claimed and neither sent nor given up.
func (s *Service) dueIn(ctx context.Context, e errand, schools []ids.SchoolID, now time.Time) (id string, some []ids.SchoolID, err error) {
	for _, school := range schools {
		var list []*kept
		err := s.view(ctx, school, func(tx store.Tx) (err error) {
			list = dueTo(tx, e, now, &err)
			return err
		})
		if err != nil {
			return "", nil, err
		}
		if len(list) > 0 {
			some = append(some, school)
		}
		for _, k := range list {
			if d := k.debt(e.way); d.Batch != "" && id == "" {
				id = d.Batch
			}
		}
	}
	return id, some, nil
}

// settle notes how a batch went.
func (s *Service) settle(ctx context.Context, b *batch, failed error) error {
	again := errors.KindOf(failed) == errors.Unavailable && b.tries < tries
	now := s.now()
	byS := map[ids.SchoolID][]string{}
	for _, n := range b.notices {
		byS[n.School] = append(byS[n.School], n.ID)
	}
	if failed != nil && errors.KindOf(failed) != errors.NotFound {
		s.tools.Log.Warn("not told", "person", b.person, "way", b.way, "tries", b.tries, "again", again, "err", failed)
	}
	for school, list := range byS {
		err := s.update(ctx, school, func(tx store.Tx) error {
			for _, id := range list {
				if err := settleOne(tx, id, b, failed, again, now); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func settleOne(tx store.Tx, id string, b *batch, failed error, again bool, now time.Time) error {
	k, err := notices.Get(tx, id)
	if errors.KindOf(err) == errors.NotFound {
		return nil // replaced or taken back meanwhile
	}
	if err != nil {
		return err
	}
	d := k.debt(b.way)
	if d == nil || d.Batch != b.id {
		return nil
	}
	if again {
		d.Due = now.Add(pauses[min(b.tries, len(pauses))-1])
		return notices.Put(tx, k)
	}
	k.paid(b.way)
	if failed == nil {
		if k.Told == nil {
			k.Told = map[manifest.Way]time.Time{}
		}
		k.Told[b.way] = now
	}
	if k.spent() {
		return notices.Delete(tx, k.ID)
	}
	return notices.Put(tx, k)
}

// send tells a person: mail and digest by a letter, push to their browsers.
func (s *Service) send(ctx context.Context, b *batch) error {
	if b.way == manifest.ByPush {
		return s.push(ctx, b)
	}
	l, err := s.letter(ctx, b)
	if err != nil {
		return err
	}
	if l == nil || s.tools.Mail == nil {
		return errors.New(errors.NotFound, "notify.gone")
	}
	return s.tools.Mail.Send(ctx, l)
}

var _ Mailer = (*mail.Sender)(nil)
