package identity

import (
	"context"
	"strconv"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// SaveMembers writes a batch, in four steps:
//
//  1. find who is a member already, by source;
//  2. reserve an account for everyone else, in the space of no school;
//  3. hash the first passwords of accounts that nobody used yet, on all cores;
//  4. change members, groups and relations in one transaction of the school.
//
// Only step 4 makes anything visible: an account without a member cannot sign
// in. Interrupted before it, the next run takes up the same accounts with new
// passwords. Running a batch twice changes nothing.
func (s *Service) SaveMembers(ctx context.Context, b Batch) (*Saved, error) {
	if err := b.check(); err != nil {
		return nil, err
	}
	s.importing.Lock()
	defer s.importing.Unlock()
	space, err := s.space(ctx, b.School)
	if err != nil {
		return nil, err
	}
	var known map[string]ids.PersonID
	err = space.View(ctx, func(tx store.Tx) (err error) {
		known, err = membersBySource(tx, b.People)
		return err
	})
	if err != nil {
		return nil, err
	}
	r := &reservation{school: b.School, known: known}
	if b.DryRun {
		if err := s.global.View(ctx, func(tx store.Tx) error { return r.dry(tx, b.People) }); err != nil {
			return nil, err
		}
		var saved *Saved
		err = space.View(ctx, func(tx store.Tx) error {
			saved, err = newPlan(b, r).run(tx, false)
			return err
		})
		return saved, err
	}
	if err := r.reserve(ctx, s.global, b.People); err != nil {
		return nil, err
	}
	first, err := s.firstPasswords(ctx, r, b)
	if err != nil {
		return nil, err
	}
	saved, err := s.write(ctx, space, b, r)
	if err != nil {
		return nil, err
	}
	saved.First, err = s.sheet(ctx, b.School, saved, first)
	return saved, err
}

// write is step 4.
func (s *Service) write(ctx context.Context, space store.Space, b Batch, r *reservation) (saved *Saved, err error) {
	err = space.Update(ctx, func(tx store.Tx) error {
		saved, err = newPlan(b, r).run(tx, true)
		if err != nil {
			return err
		}
		n := map[Outcome]int{}
		for _, o := range saved.Outcomes {
			n[o]++
		}
		if n[Created]+n[Changed]+saved.Left+saved.Groups == 0 {
			return nil // nothing to tell
		}
		return s.audit.RecordIn(tx, audit.Entry{Actor: b.By.Person, Address: b.By.Address, School: b.School,
			Action: audit.PeopleImported, Details: map[string]string{
				"created": strconv.Itoa(n[Created]), "changed": strconv.Itoa(n[Changed]),
				"unchanged": strconv.Itoa(n[Unchanged]), "left": strconv.Itoa(saved.Left),
			}})
	})
	s.touch(b.School)
	if err != nil {
		return nil, err
	}
	for _, person := range r.joined { // people of other schools, who may be signed in there
		if err := s.dropAll(ctx, person); err != nil {
			return nil, err
		}
	}
	if saved.Left > 0 {
		return saved, s.emitted(ctx, b.School)
	}
	return saved, nil
}

// sheet turns the passwords into lines to print, in the order of the entries.
func (s *Service) sheet(ctx context.Context, school ids.SchoolID, saved *Saved, first map[ids.PersonID]string) ([]FirstPassword, error) {
	var lines []FirstPassword
	err := s.view(ctx, school, func(tx store.Tx) error {
		lines = nil
		names := map[ids.GroupID]string{}
		for _, person := range saved.People {
			password, ok := first[person]
			if !ok {
				continue
			}
			m, err := members.Get(tx, string(person))
			if err != nil {
				return err
			}
			line := FirstPassword{Person: person, FirstName: m.FirstName, LastName: m.LastName,
				Profile: m.Profile, Groups: []string{}, Login: m.Login, Password: password}
			for _, id := range m.Groups {
				if _, ok := names[id]; !ok {
					g, err := groups.Get(tx, string(id))
					if err != nil {
						return err
					}
					names[id] = g.Name
				}
				line.Groups = append(line.Groups, names[id])
			}
			lines = append(lines, line)
		}
		return nil
	})
	return lines, err
}

// membersBySource returns who among the entries is a member already.
func membersBySource(tx store.Tx, people []Entry) (map[string]ids.PersonID, error) {
	known := make(map[string]ids.PersonID, len(people))
	for _, e := range people {
		m, err := members.Find(tx, "source", e.Source)
		if notFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		known[e.Source] = m.Person()
	}
	return known, nil
}
