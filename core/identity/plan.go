package identity

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// plan is a batch against the state of the school in one transaction. New
// people of a dry run go by "?" + source.
type plan struct {
	Batch
	*reservation
	saved  *Saved
	groups map[string]ids.GroupID // by source
	before map[ids.PersonID]*Member
	after  map[ids.PersonID]*Member
	order  []ids.PersonID // of after
}

func newPlan(b Batch, r *reservation) *plan {
	return &plan{Batch: b, reservation: r, saved: &Saved{}, groups: map[string]ids.GroupID{},
		before: map[ids.PersonID]*Member{}, after: map[ids.PersonID]*Member{}}
}

// run computes what changes and, unless it is a dry run, writes it.
func (p *plan) run(tx store.Tx, write bool) (*Saved, error) {
	steps := []func(store.Tx) error{p.planPeople, p.planTies, p.planRelations, p.planLeave, p.planRun}
	if err := p.planGroups(tx, write); err != nil {
		return nil, err
	}
	for _, step := range steps {
		if err := step(tx); err != nil {
			return nil, err
		}
	}
	if !write {
		return p.saved, nil
	}
	return p.saved, p.write(tx)
}

// write stores the members that changed.
func (p *plan) write(tx store.Tx) error {
	for _, id := range p.order {
		before, after := p.before[id], p.after[id]
		if reflect.DeepEqual(before, after) {
			continue
		}
		if err := members.Put(tx, after); err != nil {
			return err
		}
		if before != nil && after.Left && !before.Left {
			if err := emitLeft(tx, after); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *plan) person(source string) ids.PersonID {
	return cmp.Or(p.known[source], ids.PersonID("?"+source))
}

// planGroups matches groups by source and writes those that are new or renamed.
func (p *plan) planGroups(tx store.Tx, write bool) error {
	for _, g := range p.Batch.Groups {
		g.Name = strings.TrimSpace(g.Name)
		old, err := groups.Find(tx, "source", g.Source)
		if err != nil && !notFound(err) {
			return err
		}
		if err == nil {
			g.ID = old.ID
			p.groups[g.Source] = ids.GroupID(g.ID)
			if *old == g {
				continue
			}
		}
		p.saved.Groups++
		if write {
			if err := groups.Put(tx, &g); err != nil {
				return err
			}
		}
		p.groups[g.Source] = ids.GroupID(cmp.Or(g.ID, "?"+g.Source))
	}
	return nil
}

// group returns the group of a source, of the batch or of the school.
func (p *plan) group(tx store.Tx, source string) (ids.GroupID, error) {
	if id, ok := p.groups[source]; ok {
		return id, nil
	}
	g, err := groups.Find(tx, "source", source)
	if notFound(err) {
		return "", errors.New(errors.Invalid, "identity.import.group", "source", source)
	}
	if err != nil {
		return "", err
	}
	p.groups[source] = ids.GroupID(g.ID)
	return p.groups[source], nil
}

// load puts a member into the plan, to be compared and changed.
func (p *plan) load(tx store.Tx, id ids.PersonID) (*Member, error) {
	if m, ok := p.after[id]; ok {
		return m, nil
	}
	m, err := members.Get(tx, string(id))
	if err != nil {
		return nil, err
	}
	before := *m
	before.Roles, before.Groups, before.Guardians = slices.Clone(m.Roles), slices.Clone(m.Groups), slices.Clone(m.Guardians)
	p.before[id], p.after[id], p.order = &before, m, append(p.order, id)
	return m, nil
}

// planPeople makes the members of the entries, without their relations.
func (p *plan) planPeople(tx store.Tx) error {
	for _, e := range p.People {
		id, outcome := p.person(e.Source), Unchanged
		m, err := p.load(tx, id)
		if notFound(err) {
			m, outcome = &Member{ID: string(id), Login: p.logins[id]}, Created
			p.after[id], p.order = m, append(p.order, id)
		} else if err != nil {
			return err
		}
		if m.Source != "" && m.Source != e.Source { // one person, two lines
			return errors.New(errors.Conflict, "identity.import.linked", "source", e.Source)
		}
		if err := p.fill(tx, m, &e); err != nil {
			return err
		}
		if outcome == Unchanged && !reflect.DeepEqual(p.before[id], m) {
			outcome = Changed
		}
		if id[0] == '?' {
			id = ""
		}
		p.saved.Outcomes, p.saved.People = append(p.saved.Outcomes, outcome), append(p.saved.People, id)
	}
	return nil
}

// fill gives a member what the entry says, and of what it does not say leaves what
// the profile may have.
func (p *plan) fill(tx store.Tx, m *Member, e *Entry) error {
	leaves := m.Profile != ids.Parent && e.Profile == ids.Parent // their groups
	m.Source, m.Profile, m.Left = e.Source, e.Profile, false
	m.FirstName, m.LastName = strings.TrimSpace(e.FirstName), strings.TrimSpace(e.LastName)
	m.Birth, m.Email = strings.TrimSpace(e.Birth), strings.TrimSpace(e.Email)
	if e.Roles != nil {
		m.Roles = slices.Compact(slices.Sorted(slices.Values(e.Roles)))
		if len(m.Roles) == 0 {
			m.Roles = nil
		}
	} else if !m.Staff() {
		m.Roles = nil
	}
	for _, r := range m.Roles {
		if !slices.Contains(extraRoles, r) {
			return errors.New(errors.Invalid, "identity.role.unknown", "source", e.Source)
		}
		if !m.Staff() {
			return errors.New(errors.Invalid, "identity.role.staff", "source", e.Source)
		}
	}
	var list []ids.GroupID
	for _, source := range e.Groups {
		id, err := p.group(tx, source)
		if err != nil {
			return err
		}
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	for _, id := range m.Groups { // those that the school made by hand
		g, err := groups.Get(tx, string(id))
		if err == nil && g.Source == "" && !leaves && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	m.Groups = list
	return nil
}
