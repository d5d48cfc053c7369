package roster

import (
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// pupils finds the pupils that guardians' lines name: those of the roster, and
// those of the school that it does not list.
type pupils struct {
	byID   map[string]string  // identifier of the file → source
	byName map[string][]pupil // nameKey → pupils
}

type pupil struct {
	source  string
	classes []string // group sources
}

func (p *plan) findPupils() *pupils {
	f := &pupils{byID: map[string]string{}, byName: map[string][]pupil{}}
	for i := range p.roster.People {
		person := &p.roster.People[i]
		if person.Profile != ids.Eleve {
			continue
		}
		if person.ID != "" {
			f.byID[person.ID] = p.source[i]
		}
		one := pupil{source: p.source[i]}
		for _, c := range person.Classes {
			one.classes = append(one.classes, groupSource(identity.Classe, c))
		}
		f.add(person.LastName, person.FirstName, one)
		if person.BirthName != "" {
			f.add(person.BirthName, person.FirstName, one)
		}
	}
	for _, m := range p.state.members {
		if m.Profile != ids.Eleve || m.Left || m.Source == "" || p.keys[m.Source] {
			continue
		}
		one := pupil{source: m.Source}
		for _, g := range m.Groups {
			one.classes = append(one.classes, p.state.names[g])
		}
		f.add(m.LastName, m.FirstName, one)
	}
	return f
}

func (f *pupils) add(last, first string, one pupil) {
	key := nameKey(last, first)
	f.byName[key] = append(f.byName[key], one)
}

// child returns the source of the pupil that a guardian's line names, or ""
// after a remark. Names must fit, and the class where it is given: a guess
// would show one family the data of another.
func (p *plan) child(guardian *Person, c Child) string {
	if c.ID != "" {
		if source := p.pupils.byID[c.ID]; source != "" {
			return source
		}
		if m := p.state.bySource[SourceCSV+":"+c.ID]; m != nil && m.Profile == ids.Eleve {
			return m.Source
		}
		p.report.doubt(guardian, "roster.doubtful.childid", "child", c.ID)
		return ""
	}
	found := p.pupils.of(c.LastName, c)
	if c.BirthName != "" && len(found) == 0 {
		found = p.pupils.of(c.BirthName, c)
	}
	who := tidy(c.LastName + " " + c.FirstName)
	if len(found) != 1 {
		if known := p.childNow(guardian, c); known != "" {
			return known
		}
	}
	switch len(found) {
	case 0:
		p.report.doubt(guardian, "roster.doubtful.child", "child", who, "class", c.Class)
		return ""
	case 1:
		return found[0].source
	}
	p.report.doubt(guardian, "roster.doubtful.children", "child", who, "class", c.Class)
	return ""
}

// childNow returns the source of the one child of this name that the guardian
// has already, or "": a class that changed since parts no family.
func (p *plan) childNow(guardian *Person, c Child) string {
	m := p.state.bySource[guardian.Key]
	if m == nil {
		return ""
	}
	found := ""
	for _, child := range p.state.children[m.Person()] {
		if child.Source == "" || nameKey(child.LastName, child.FirstName) != nameKey(c.LastName, c.FirstName) {
			continue
		}
		if found != "" {
			return ""
		}
		found = child.Source
	}
	return found
}

// of returns the distinct pupils of this family name and the child's first
// name, in the child's class where it is given.
func (f *pupils) of(family string, c Child) []pupil {
	var found []pupil
	seen := map[string]bool{}
	for _, one := range f.byName[nameKey(family, c.FirstName)] {
		if !seen[one.source] && (c.Class == "" || one.in(c.Class)) {
			seen[one.source] = true
			found = append(found, one)
		}
	}
	return found
}

// in reports whether the cell names one of the pupil's classes, alone or as
// one of several.
func (one pupil) in(cell string) bool {
	for _, class := range one.classes {
		if class == groupSource(identity.Classe, cell) {
			return true
		}
		for _, part := range splitClasses(cell) {
			if class == groupSource(identity.Classe, part) {
				return true
			}
		}
	}
	return false
}
