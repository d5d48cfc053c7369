package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// Password opens every account of the demonstration.
const Password = "preau-demo-2026"

//go:embed names.json
var namesJSON []byte

// cast draws people. The same seed gives the same people.
type cast struct {
	rng  *rand.Rand
	year int // in which the school year begins
	name struct{ Last, Girls, Boys, Women, Men []string }
	used map[string]bool
	next int

	people [][]identity.Entry // of each outline
	shared map[string]bool    // sources of people in several schools
}

// newCast draws everybody of the outlines for the school year that today is in.
func newCast(today time.Time) (*cast, error) {
	c := &cast{
		rng: rand.New(rand.NewPCG(1789, 1881)), year: today.Year(),
		used: map[string]bool{}, shared: map[string]bool{}, people: make([][]identity.Entry, len(outlines)),
	}
	if today.Month() < time.August {
		c.year--
	}
	if err := json.Unmarshal(namesJSON, &c.name); err != nil {
		return nil, err
	}
	for i := range outlines {
		c.staff(i)
	}
	free := map[seat]int{}
	var seats []seat
	for i, o := range outlines {
		for _, l := range o.classes {
			free[seat{i, l.name}] = pupilsPerClass
			seats = append(seats, seat{i, l.name})
		}
	}
	for _, h := range households {
		c.family(h)
		for _, s := range h {
			free[s]--
		}
	}
	for _, s := range seats {
		for ; free[s] > 0; free[s]-- {
			c.family([]seat{s})
		}
	}
	return c, nil
}

func pick(c *cast, from []string) string { return from[c.rng.IntN(len(from))] }

// called draws a first name for the last name, so that nobody has a homonym.
func (c *cast) called(last string, from []string) string {
	for {
		if first := pick(c, from); !c.used[first+" "+last] {
			c.used[first+" "+last] = true
			return first
		}
	}
}

func (c *cast) person(profile ids.Profile, last string, from []string) identity.Entry {
	c.next++
	return identity.Entry{
		Source: fmt.Sprintf("demo:%03d", c.next), FirstName: c.called(last, from), LastName: last,
		Profile: profile, Password: Password, Keep: true,
	}
}

func (c *cast) adult(profile ids.Profile, last string) identity.Entry {
	return c.person(profile, last, slices.Concat(c.name.Women, c.name.Men))
}

// staff draws the offices of a school and one teacher for each subject.
func (c *cast) staff(school int) {
	o := &outlines[school]
	for _, profile := range offices {
		c.people[school] = append(c.people[school], c.adult(profile, pick(c, c.name.Last)))
	}
	for _, subject := range o.subjects {
		e := c.adult(ids.Enseignant, pick(c, c.name.Last))
		for _, l := range o.classes {
			e.Groups = append(e.Groups, sourceOf(identity.Classe, l.name))
		}
		for _, g := range o.groups {
			if g.subject == subject {
				e.Groups = append(e.Groups, sourceOf(identity.Groupe, g.name))
			}
		}
		c.people[school] = append(c.people[school], e)
	}
}

// family draws the children of these seats and their one or two guardians, who
// belong to every school in which they have a child.
func (c *cast) family(seats []seat) {
	last := pick(c, c.name.Last)
	children := map[int][]string{} // sources by school
	for _, s := range seats {
		e := c.pupil(s, last)
		children[s.school] = append(children[s.school], e.Source)
		c.people[s.school] = append(c.people[s.school], e)
	}
	guardians := []identity.Entry{c.person(ids.Parent, last, c.name.Women)}
	if len(seats) > 1 || c.rng.IntN(3) > 0 {
		other := last
		if c.rng.IntN(4) == 0 {
			other = pick(c, c.name.Last)
		}
		guardians = append(guardians, c.person(ids.Parent, other, c.name.Men))
	}
	for _, g := range guardians {
		c.shared[g.Source] = len(children) > 1
		for school := range outlines {
			if g.Children = children[school]; g.Children != nil {
				c.people[school] = append(c.people[school], g)
			}
		}
	}
}

func (c *cast) pupil(s seat, last string) identity.Entry {
	o := &outlines[s.school]
	e := c.person(ids.Eleve, last, slices.Concat(c.name.Girls, c.name.Boys))
	at := slices.IndexFunc(o.classes, func(l level) bool { return l.name == s.class })
	born := time.Date(c.year-o.classes[at].age, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, c.rng.IntN(365))
	e.Birth = born.Format(time.DateOnly)
	e.Groups = []string{sourceOf(identity.Classe, s.class)}
	for _, g := range o.groups {
		if slices.Contains(g.classes, s.class) && c.next%2 == 0 {
			e.Groups = append(e.Groups, sourceOf(identity.Groupe, g.name))
		}
	}
	return e
}

func sourceOf(kind, name string) string { return "demo:" + kind + ":" + name }
