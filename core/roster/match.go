package roster

import (
	"slices"
	"strings"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// entries makes the batch's entries, guardians last: who they are may be told
// by their children.
func (p *plan) entries() []identity.Entry {
	people := p.roster.People
	entries := make([]identity.Entry, len(people))
	p.source = make([]string, len(people))
	for i := range people {
		if people[i].Profile != ids.Parent {
			entries[i] = p.entry(i)
		}
	}
	p.pupils = p.findPupils()
	for i := range people {
		if people[i].Profile == ids.Parent {
			entries[i] = p.entry(i)
		}
	}
	return entries
}

// entry makes the entry of one person.
func (p *plan) entry(i int) identity.Entry {
	person := &p.roster.People[i]
	e := identity.Entry{
		FirstName: person.FirstName, LastName: person.LastName,
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
		e.Groups = append(e.Groups, p.group(identity.Groupe, g))
	}
	if person.Profile == ids.Parent {
		e.Children = p.children(person)
	}
	if person.Profile == ids.Eleve && person.Birth == "" {
		p.report.doubt(person, "roster.doubtful.nodate")
	}
	e.Source = person.Key
	if p.state.bySource[person.Key] == nil {
		if m := p.adopted(person, e.Children); m != nil {
			e.Source = m.Source // stays, for the member's account goes by it
			p.keys[m.Source] = true
		}
	}
	p.source[i] = e.Source
	return e
}

// children returns the sources of a guardian's children, never nil: the file
// says all of them.
func (p *plan) children(person *Person) []string {
	sources := []string{}
	for _, c := range person.Children {
		if child := p.child(person, c); child != "" && !slices.Contains(sources, child) {
			sources = append(sources, child)
		}
	}
	if len(sources) == 0 {
		p.report.doubt(person, "roster.doubtful.nochild")
	}
	return sources
}

// adopted returns the member whom the person's key does not find but who they
// certainly are, or nil: a guardian of the same name and of one of the same
// children, who moved; a homonym, or one who was, in the same classes.
func (p *plan) adopted(person *Person, children []string) *identity.Member {
	if p.roster.Source == SourceCSV {
		return nil // identifiers do not change
	}
	var found []*identity.Member
	for _, m := range p.namesakesOf(person) {
		if m.Profile != person.Profile || p.keys[m.Source] || !strings.HasPrefix(m.Source, p.roster.Source+":") {
			continue
		}
		if person.Profile == ids.Parent && p.guards(m, children) ||
			person.Profile != ids.Parent && baseKey(m.Source) == baseKey(person.Key) && p.state.inClasses(m, person.Classes) {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
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
