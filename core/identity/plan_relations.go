package identity

import (
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// planRelations makes the children of every entry that names some exactly
// those. The relation is kept with the pupil; what changed counts for the
// guardian, whose entry says it.
func (p *plan) planRelations(tx store.Tx) error {
	for i, e := range p.People {
		if e.Children == nil {
			continue
		}
		guardian := p.person(e.Source)
		wanted := map[ids.PersonID]bool{}
		for _, source := range e.Children {
			child, err := p.child(tx, source)
			if err != nil {
				return err
			}
			wanted[child] = true
		}
		now, err := p.childrenOf(tx, guardian)
		if err != nil {
			return err
		}
		for _, child := range now {
			if wanted[child] {
				delete(wanted, child)
				continue
			}
			if err := p.unguard(tx, child, guardian); err != nil {
				return err
			}
			p.relationChanged(i)
		}
		for _, source := range e.Children { // in the order of the entry
			child := p.person(source)
			if !wanted[child] {
				continue
			}
			delete(wanted, child)
			m := p.after[child]
			m.Guardians = append(m.Guardians, guardian)
			p.relationChanged(i)
		}
	}
	return nil
}

func (p *plan) relationChanged(i int) {
	if p.saved.Outcomes[i] == Unchanged {
		p.saved.Outcomes[i] = Changed
	}
}

// child loads the pupil of a source, of the batch or of the school.
func (p *plan) child(tx store.Tx, source string) (ids.PersonID, error) {
	if _, ok := p.known[source]; !ok && p.after[p.person(source)] == nil {
		m, err := members.Find(tx, "source", source)
		if notFound(err) {
			return "", errors.New(errors.Invalid, "identity.import.child", "source", source)
		}
		if err != nil {
			return "", err
		}
		p.known[source] = m.Person()
	}
	id := p.person(source)
	m, err := p.load(tx, id)
	if err != nil {
		return "", err
	}
	if m.Profile != ids.Eleve {
		return "", errors.New(errors.Invalid, "identity.import.child", "source", source)
	}
	return id, nil
}

// childrenOf returns the pupils, living or not, that have this guardian now.
func (p *plan) childrenOf(tx store.Tx, guardian ids.PersonID) (list []ids.PersonID, err error) {
	for _, left := range []bool{false, true} {
		for m, err := range members.Range(tx, "guardian", store.Prefix(left, guardian)) {
			if err != nil {
				return nil, err
			}
			list = append(list, m.Person())
		}
	}
	return list, nil
}

// planLeave marks who left, unless the batch names them.
func (p *plan) planLeave(tx store.Tx) error {
	inBatch := map[ids.PersonID]bool{}
	for _, e := range p.People {
		inBatch[p.person(e.Source)] = true
	}
	for _, id := range p.Leave {
		if inBatch[id] {
			continue
		}
		m, err := p.load(tx, id)
		if err != nil {
			return personError(err)
		}
		if !m.Left {
			m.Left = true
			p.saved.Left++
		}
	}
	return nil
}
