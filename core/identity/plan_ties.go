package identity

import (
	"slices"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// planTies takes from the members of the entries what their profile does not have,
// as [Service.SetProfile] does, and says so. A pupil is nobody's guardian, whatever
// the school knew until now; what an entry itself names is the entry's.
func (p *plan) planTies(tx store.Tx) error {
	for i, e := range p.People {
		id := p.person(e.Source)
		before, m := p.before[id], p.after[id]
		if before == nil {
			continue // new in the school
		}
		ended := Ended{Entry: i}
		if m.Profile != ids.Eleve {
			ended.Guardians, m.Guardians = before.Guardians, nil
		}
		if e.Children == nil && (m.Profile == ids.Eleve || before.Profile == ids.Parent && m.Profile != ids.Parent) {
			children, err := p.childrenOf(tx, id)
			if err != nil {
				return err
			}
			for _, child := range children {
				if err := p.unguard(tx, child, id); err != nil {
					return err
				}
			}
			ended.Children = children
		}
		if e.Roles == nil {
			ended.Roles = missing(before.Roles, m.Roles)
		}
		for _, g := range missing(before.Groups, m.Groups) {
			if made, err := groups.Get(tx, string(g)); err == nil && made.Source == "" {
				ended.Groups = append(ended.Groups, g)
			}
		}
		if len(ended.Children)+len(ended.Guardians)+len(ended.Groups)+len(ended.Roles) > 0 {
			p.saved.Ended = append(p.saved.Ended, ended)
			p.relationChanged(i)
		}
	}
	return nil
}

// unguard ends that somebody is a pupil's guardian.
func (p *plan) unguard(tx store.Tx, child, guardian ids.PersonID) error {
	m, err := p.load(tx, child)
	if err != nil {
		return err
	}
	m.Guardians = slices.DeleteFunc(m.Guardians, func(g ids.PersonID) bool { return g == guardian })
	if len(m.Guardians) == 0 {
		m.Guardians = nil
	}
	return nil
}

// missing returns what was and is no more.
func missing[T comparable](was, is []T) (gone []T) {
	for _, one := range was {
		if !slices.Contains(is, one) {
			gone = append(gone, one)
		}
	}
	return gone
}

// planRun refuses that nobody is left who can administer the school.
func (p *plan) planRun(tx store.Tx) error {
	oneLess, more := false, 0
	for _, id := range p.order {
		before, after := p.before[id], p.after[id]
		oneLess = oneLess || before != nil && before.runs() && !after.runs()
		more += after.running() - before.running()
	}
	if !oneLess {
		return nil
	}
	return stillRun(tx, more)
}
