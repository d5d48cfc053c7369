package roster

import (
	"slices"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// placed returns the first passwords with guardians in the classes of their
// children: the teacher of the class hands their slips out.
func (d *Draft) placed(saved *identity.Saved) []identity.FirstPassword {
	names := map[string]string{} // class source → name
	for _, g := range d.batch.Groups {
		if g.Kind == identity.Classe {
			names[g.Source] = g.Name
		}
	}
	classes := map[string][]string{} // pupil source → class names
	for _, e := range d.batch.People {
		for _, g := range e.Groups {
			if name := names[g]; name != "" && e.Profile == ids.Eleve {
				classes[e.Source] = append(classes[e.Source], name)
			}
		}
	}
	of := map[ids.PersonID][]string{}
	for i, e := range d.batch.People {
		for _, child := range e.Children {
			of[saved.People[i]] = append(of[saved.People[i]], classes[child]...)
		}
	}
	first := slices.Clone(saved.First)
	for i := range first {
		if len(first[i].Groups) == 0 {
			first[i].Groups = of[first[i].Person]
		}
	}
	return first
}
