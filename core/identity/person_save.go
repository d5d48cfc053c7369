package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// byHand begins the source of people whom the school added itself: no import
// ever takes them for somebody who is missing from it.
const byHand = "preau:"

// Details is what a school writes about a person by hand.
type Details struct {
	FirstName, LastName string
	Birth               string         // 2006-01-02 or empty
	Email               string         // or empty
	Profile             ids.Profile    // of a new person; [Service.SetProfile] corrects it
	Groups              []ids.GroupID  // of a new person
	Children            []ids.PersonID // of a parent: exactly these pupils of the school
}

// check tidies the details and says what is wrong, by the field of the form.
func (d *Details) check() error {
	d.FirstName, d.LastName = strings.Join(strings.Fields(d.FirstName), " "), strings.Join(strings.Fields(d.LastName), " ")
	d.Birth, d.Email = strings.TrimSpace(d.Birth), strings.TrimSpace(d.Email)
	switch {
	case d.FirstName == "" || len(d.FirstName) > 100:
		return errors.Field("prenom", "identity.person.first")
	case d.LastName == "" || len(d.LastName) > 100:
		return errors.Field("nom", "identity.person.last")
	}
	if d.Birth != "" {
		if _, err := time.Parse(time.DateOnly, d.Birth); err != nil {
			return errors.Field("naissance", "error.field.date")
		}
	}
	if d.Email != "" {
		if _, err := checkEmail(d.Email); err != nil {
			return err
		}
	}
	return nil
}

// AddPerson makes a new person of the school, with an account of their own, and
// returns their first password, which is seen this once.
func (s *Service) AddPerson(ctx context.Context, by audit.By, school ids.SchoolID, d Details) (*FirstPassword, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	if !d.Profile.Valid() {
		return nil, errors.Field("profil", "identity.import.profile")
	}
	source := byHand + ids.New()
	saved, err := s.SaveMembers(ctx, Batch{By: by, School: school, People: []Entry{{Source: source,
		FirstName: d.FirstName, LastName: d.LastName, Birth: d.Birth, Email: d.Email, Profile: d.Profile}}})
	if err != nil {
		return nil, err
	}
	person := saved.People[0]
	err = s.change(ctx, by, school, person, audit.PersonAdded, func(tx store.Tx, m *Member) (map[string]string, error) {
		m.Groups = nil
		for _, id := range d.Groups {
			if _, err := groups.Get(tx, string(id)); err != nil {
				return nil, groupError(err)
			}
			if !slices.Contains(m.Groups, id) {
				m.Groups = append(m.Groups, id)
			}
		}
		return map[string]string{"profile": string(m.Profile)}, setChildren(tx, m, d.Children)
	})
	if err != nil {
		return nil, err
	}
	if len(saved.First) == 0 {
		return nil, errors.New(errors.Bug, "error.bug")
	}
	return &saved.First[0], nil
}

// CorrectPerson changes what is written about a member: names, birth, address,
// and whose parent they are. Profile and groups stay: see [Service.SetProfile] and [Service.SetGroups].
func (s *Service) CorrectPerson(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID, d Details) error {
	if err := d.check(); err != nil {
		return err
	}
	return s.change(ctx, by, school, person, audit.PersonChanged, func(tx store.Tx, m *Member) (map[string]string, error) {
		before := m.Name()
		m.FirstName, m.LastName, m.Birth, m.Email = d.FirstName, d.LastName, d.Birth, d.Email
		return map[string]string{"before": before, "after": m.Name()}, setChildren(tx, m, d.Children)
	})
}

// setChildren makes a parent the guardian of exactly these pupils of the school;
// of others than parents it changes nothing.
func setChildren(tx store.Tx, m *Member, children []ids.PersonID) error {
	if m.Profile != ids.Parent {
		return nil
	}
	var pupils []*Member
	for c, err := range members.Range(tx, "guardian", store.Prefix(false, m.ID)) {
		if err != nil {
			return err
		}
		if !slices.Contains(children, c.Person()) {
			c.Guardians = slices.DeleteFunc(slices.Clone(c.Guardians), func(g ids.PersonID) bool { return g == m.Person() })
			pupils = append(pupils, c)
		}
	}
	for _, id := range children {
		c, err := members.Get(tx, string(id))
		if err != nil {
			return personError(err)
		}
		if c.Profile != ids.Eleve || c.Left {
			return errors.Field("enfants", "identity.person.pupil")
		}
		if !slices.Contains(c.Guardians, m.Person()) {
			c.Guardians = append(slices.Clone(c.Guardians), m.Person())
			pupils = append(pupils, c)
		}
	}
	for _, c := range pupils {
		if err := members.Put(tx, c); err != nil {
			return err
		}
	}
	return nil
}
