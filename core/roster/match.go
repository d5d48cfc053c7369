package roster

import (
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// entry makes the batch's entry of one person.
func (p *plan) entry(person *Person) identity.Entry {
	e := identity.Entry{
		Source: person.Key, FirstName: person.FirstName, LastName: person.LastName,
		Birth: person.Birth, Email: person.Email, Profile: person.Profile,
	}
	for _, cell := range person.Classes {
		sources, unknown := p.class(cell)
		if unknown != "" {
			p.report.doubt(person, "roster.doubtful.class", "class", unknown)
		}
		e.Groups = append(e.Groups, sources...)
	}
	for _, g := range person.Groups {
		e.Groups = append(e.Groups, p.source(groupSource(identity.Groupe, g)))
	}
	for _, c := range person.Children {
		if child := p.child(person, c); child != "" && !slices.Contains(e.Children, child) {
			e.Children = append(e.Children, child)
		}
	}
	if person.Profile == ids.Parent && len(e.Children) == 0 {
		p.report.doubt(person, "roster.doubtful.nochild")
	}
	if person.Profile == ids.Eleve && person.Birth == "" {
		p.report.doubt(person, "roster.doubtful.nodate")
	}
	if p.state.bySource[e.Source] == nil {
		e.Person = p.adopt(person, e.Children)
	}
	return e
}

// adopt returns the member whom the person's key does not find but who they
// certainly are, or "": a guardian of the same name and of one of the same
// children, who moved; a homonym, or one who was, in the same classes.
func (p *plan) adopt(person *Person, children []string) ids.PersonID {
	var found []*identity.Member
	for _, m := range p.namesakesOf(person) {
		if m.Source == "" || p.keys[m.Source] || !strings.HasPrefix(m.Source, p.roster.Source+":") || p.roster.Source == SourceCSV {
			continue
		}
		switch {
		case person.Profile == ids.Parent && m.Profile == ids.Parent && p.guards(m, children),
			person.Profile != ids.Parent && baseKey(m.Source) == baseKey(person.Key) && p.state.inClasses(m, person.Classes):
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		return ""
	}
	p.keys[found[0].Source] = true // nobody else may be the same member
	return found[0].Person()
}

// guards reports whether m is a guardian of one of the children.
func (p *plan) guards(m *identity.Member, children []string) bool {
	return slices.ContainsFunc(children, func(source string) bool {
		child := p.state.bySource[source]
		return child != nil && slices.Contains(child.Guardians, m.Person())
	})
}

// baseKey is a key without the class that tells homonyms apart.
func baseKey(key string) string {
	base, _, _ := strings.Cut(key, "/")
	return base
}

// namesakesOf returns the school's members of the person's name.
func (p *plan) namesakesOf(person *Person) []*identity.Member {
	found := p.state.byName[nameKey(person.LastName, person.FirstName)]
	if person.BirthName != "" {
		found = slices.Concat(found, p.state.byName[nameKey(person.BirthName, person.FirstName)])
	}
	return found
}
