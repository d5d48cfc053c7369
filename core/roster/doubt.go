package roster

import (
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// namesakes remarks on adults of the roster who share a name: at two addresses
// they may be one person or two, and only the school knows.
func (p *plan) namesakes() {
	first := map[string]*Person{}
	for i := range p.roster.People {
		person := &p.roster.People[i]
		if person.Profile == ids.Eleve {
			continue
		}
		key := nameKey(person.LastName, person.FirstName)
		if other := first[key]; other != nil {
			p.report.doubt(person, "roster.doubtful.twohomes", "first", other.At.Line, "firstfile", other.At.File)
			continue
		}
		first[key] = person
	}
}

// compare remarks on what an outcome means for someone the school may know.
func (p *plan) compare(person *Person, e *identity.Entry, o identity.Outcome) {
	if known := p.state.bySource[e.Source]; known != nil {
		if known.Left {
			p.report.doubt(person, "roster.doubtful.back")
		}
		if known.Profile != person.Profile {
			p.report.doubt(person, "roster.doubtful.profile", "was", string(known.Profile), "now", string(person.Profile))
		}
		return
	}
	if o != identity.Created {
		return
	}
	for _, m := range p.namesakesOf(person) {
		if p.keys[m.Source] || (m.Profile == ids.Eleve) != (person.Profile == ids.Eleve) {
			continue // somebody else of these files, or a pupil named like an adult
		}
		switch {
		case person.Birth != "" && m.Birth == person.Birth:
			p.report.doubt(person, "roster.doubtful.duplicate", "other", m.Login)
		case person.Birth == "" || m.Birth == "":
			p.report.doubt(person, "roster.doubtful.samename", "other", m.Login)
		}
	}
}
