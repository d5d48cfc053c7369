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
// The caller has checked that urgent is allowed.
func (s *Service) Send(ctx context.Context, school ids.SchoolID, module ids.ModuleID, r *wire.SendRequest) error {
	if r.GetText() == nil || len(r.People) == 0 {
		return errors.New(errors.Invalid, "notify.empty")
	}
	kind, err := s.kind(school, module, r.Kind)
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
		if len(kind.Profiles) > 0 && !slices.Contains(kind.Profiles, reader.Profile) && reader.Profile != "" {
			continue
		}
		k := &kept{Person: reader.Person, Module: module, Kind: kind.ID, Key: r.Key, Urgent: r.Urgent, Print: printOf(r.Text, link)}
		k.Content, err = protojson.Marshal(&wire.SendRequest{Text: r.Text, Link: link, About: reader.concerned(r.About)})
		if err != nil {
			return errors.Wrap(err, errors.Invalid, "notify.garbage")
		}
		k.Ready, k.At = p.at(reader, r)
		if k.Held = k.At.After(p.now); k.Held {
			k.Owed = []debt{{Way: showing, Due: k.At}}
		} else {
			k.Ready = time.Time{}
		}
		list = append(list, k)
	}
	shown, err := s.place(ctx, p, list)
	if err != nil {
		return err
	}
	s.wake()
	return s.tell(ctx, EventName, school, module, shown)
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
	for i := range p.readers {
		if p.readers[i].Zone == nil {
			p.readers[i].Zone = p.zone
		}
	}
	if s.tools.People != nil {
		if p.hours, err = s.Hours(ctx, school); err != nil {
			return nil, err
		}
	}
	if s.tools.Kinds != nil {
		p.kinds = s.tools.Kinds(school)
	}
	p.choices, err = s.choicesOf(ctx, people...)
	return p, err
}

// place keeps notices of one school in one transaction and returns whose list
// shows something new.
func (s *Service) place(ctx context.Context, p *placing, list []*kept) (shown []ids.PersonID, err error) {
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
				shown = append(shown, one.Person)
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

func peopleOf(list []string) []ids.PersonID {
	out := make([]ids.PersonID, len(list))
	for i, p := range list {
		out[i] = ids.PersonID(p)
	}
	return out
}
