package notify

import (
	"context"
	"slices"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/wire"
)

// Send leaves a notice with each person of r who is of the school and may
// receive its kind: at once, or at the hour that r or the school's hours say.
// Who may not when it goes out gets what r says instead, or nothing.
// The caller has checked that urgent is allowed.
func (s *Service) Send(ctx context.Context, school ids.SchoolID, module ids.ModuleID, r *wire.SendRequest) error {
	if r.GetText() == nil || len(r.People) == 0 {
		return errors.New(errors.Invalid, "notify.empty")
	}
	kind, err := s.kind(school, module, r.Kind)
	if err != nil {
		return err
	}
	other, err := s.other(school, module, r)
	if err != nil {
		return err
	}
	p, err := s.prepare(ctx, school, peopleOf(r.People))
	if err != nil {
		return err
	}
	link := r.Link
	if link != nil && link.Module == "" {
		link = proto.Clone(link).(*wire.Link)
		link.Module = string(module)
	}
	var list []*kept
	for _, reader := range p.readers {
		k := &kept{Person: reader.Person, Module: module, Kind: kind.ID, Key: r.Key, Urgent: r.Urgent, Print: printOf(r.Text, link)}
		about := reader.concerned(r.About)
		if k.Content, err = contentOf(r.Text, link, about); err != nil {
			return err
		}
		if r.Instead != nil {
			k.Instead = &instead{Kind: other.ID, Print: printOf(r.Instead.Text, link)}
			if k.Instead.Content, err = contentOf(r.Instead.Text, link, about); err != nil {
				return err
			}
		}
		k.Ready, k.At = p.at(reader, r)
		k.Held = k.At.After(p.now)
		sent := *k
		if !p.fit(&sent) {
			continue
		}
		if k.Held {
			k.Owed = []debt{{Way: showing, Due: k.At}} // and then it is fit, or what is told instead
		} else {
			k = &sent
			k.Ready = time.Time{}
		}
		list = append(list, k)
	}
	shown, err := s.place(ctx, p, list)
	if err != nil {
		return err
	}
	s.wake()
	return s.announce(ctx, school, module, shown)
}

// other is the kind of what r says instead.
func (s *Service) other(school ids.SchoolID, module ids.ModuleID, r *wire.SendRequest) (Kind, error) {
	if r.Instead == nil {
		return Kind{}, nil
	}
	if r.Instead.Text == nil {
		return Kind{}, errors.New(errors.Invalid, "notify.empty")
	}
	return s.kind(school, module, r.Instead.Kind)
}

// contentOf is what a notice says, as it is stored.
func contentOf(text *wire.Text, link *wire.Link, about []*wire.About) ([]byte, error) {
	raw, err := protojson.Marshal(&wire.SendRequest{Text: text, Link: link, About: about})
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "notify.garbage")
	}
	return raw, nil
}

// fit makes of a notice what its reader may receive as it goes out: itself, or what
// they are told instead. It reports false when that is nothing.
func (p *placing) fit(k *kept) bool {
	reader, known := p.reader(k.Person)
	if known && !reader.receives(p.kind(k)) {
		if k.Instead == nil {
			return false
		}
		k.Kind, k.Content, k.Print = k.Instead.Kind, k.Instead.Content, k.Instead.Print
		if !reader.receives(p.kind(k)) {
			return false
		}
	}
	k.Instead = nil
	return true
}

// at is when the reader is to see what r says, and when they were if the school
// published at any hour; ready is zero for whom it does.
func (p *placing) at(reader Reader, r *wire.SendRequest) (ready, at time.Time) {
	at = p.now
	if r.From != nil && r.From.AsTime().After(at) {
		at = r.From.AsTime()
	}
	if reader.family() && !r.Urgent {
		return at, p.hours.Next(at.In(p.zone))
	}
	return ready, at
}

// concerned returns what the reader may read of whom a notice is about: a
// guardian learns of no child but their own.
func (r Reader) concerned(about []*wire.About) []*wire.About {
	if r.Profile != ids.Parent {
		return about
	}
	return slices.DeleteFunc(slices.Clone(about), func(a *wire.About) bool {
		return !slices.ContainsFunc(r.Children, func(c Child) bool { return string(c.Person) == a.Person })
	})
}

// placing is what has to be known of a school and of readers before notices are
// placed: inside the transaction nobody is asked.
type placing struct {
	school  ids.SchoolID
	now     time.Time
	zone    *time.Location
	hours   Hours
	readers []Reader
	index   map[ids.PersonID]int // of the readers
	choices map[ids.PersonID]Choice
	kinds   []Kind
}

func (s *Service) prepare(ctx context.Context, school ids.SchoolID, people []ids.PersonID) (*placing, error) {
	p := &placing{school: school, now: s.now(), zone: s.zone(ctx, school), hours: Hours{Always: true}}
	slices.Sort(people)
	people = slices.Compact(people)
	var err error
	if p.readers, err = s.readers(ctx, school, people); err != nil {
		return nil, err
	}
	p.index = make(map[ids.PersonID]int, len(p.readers))
	for i := range p.readers {
		p.index[p.readers[i].Person] = i
		if p.readers[i].Zone == nil {
			p.readers[i].Zone = p.zone
		}
	}
	if s.tools.People != nil {
		if p.hours, err = s.Hours(ctx, school); err != nil {
			return nil, err
		}
	}
	p.kinds = s.kinds(school)
	p.choices, err = s.choicesOf(ctx, people...)
	return p, err
}

// place keeps notices of one school in one transaction and returns those that
// lists show as new.
func (s *Service) place(ctx context.Context, p *placing, list []*kept) (shown []*kept, err error) {
	err = s.update(ctx, p.school, func(tx store.Tx) error {
		shown = nil
		for _, k := range list {
			one := *k // the transaction may run again
			one.Owed = slices.Clone(k.Owed)
			if !one.Held {
				s.owe(p, &one)
			}
			fresh, err := s.leave(tx, p, &one)
			if err != nil {
				return err
			}
			if fresh && one.listed() {
				shown = append(shown, &one)
			}
		}
		return nil
	})
	return shown, err
}

// Withdraw takes back what a module sent about a thing, told or not yet.
func (s *Service) Withdraw(ctx context.Context, school ids.SchoolID, module ids.ModuleID, key string) error {
	if key == "" {
		return errors.New(errors.Invalid, "notify.empty")
	}
	if some, err := s.said(ctx, school, module, key); err != nil || !some {
		return err // of most things nothing was: writing waits for the disk
	}
	var people []ids.PersonID
	err := s.update(ctx, school, func(tx store.Tx) error {
		people = nil
		var gone []*kept
		for k, err := range notices.Range(tx, "thing", store.Prefix(module, key)) {
			if err != nil {
				return err
			}
			gone = append(gone, k)
		}
		for _, k := range gone {
			if err := notices.Delete(tx, k.ID); err != nil {
				return err
			}
			if k.listed() {
				people = append(people, k.Person)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.tell(ctx, EventRead, school, module, people)
}

// said reports whether there is anything that a module sent about a thing.
func (s *Service) said(ctx context.Context, school ids.SchoolID, module ids.ModuleID, key string) (some bool, err error) {
	return some, s.view(ctx, school, func(tx store.Tx) error {
		n, err := notices.Count(tx, "thing", store.Prefix(module, key))
		some = n > 0
		return err
	})
}

func peopleOf(list []string) []ids.PersonID {
	out := make([]ids.PersonID, len(list))
	for i, p := range list {
		out[i] = ids.PersonID(p)
	}
	return out
}
