package sdk

import (
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Directory is who is who in the viewer's school.
type Directory struct{ call *call }

// Person is one member of the school.
type Person struct {
	ID        ids.PersonID
	Name      string // "Camille Martin"
	FirstName string
	LastName  string
	Profile   ids.Profile
	Groups    []Group
	Guardians []ids.PersonID // of a pupil
	Children  []ids.PersonID // of a parent
}

// People returns those of the ids that belong to the school; others are left out.
func (d Directory) People(people ...ids.PersonID) ([]Person, error) {
	if len(people) == 0 {
		return nil, nil
	}
	return d.people(&wire.PeopleRequest{Ids: texts(people)})
}

// Allowed returns those of the ids to whom the school gives a permission of this
// module: whom it is worth asking. Denied for a permission of another module.
func (d Directory) Allowed(p ids.Permission, people ...ids.PersonID) ([]ids.PersonID, error) {
	if len(people) == 0 {
		return nil, nil
	}
	found, err := d.people(&wire.PeopleRequest{Ids: texts(people), Permission: string(p)})
	var allowed []ids.PersonID
	for _, one := range found {
		allowed = append(allowed, one.ID)
	}
	return allowed, err
}

// Person returns one person, NotFound when the school has no such member.
func (d Directory) Person(id ids.PersonID) (Person, error) {
	found, err := d.People(id)
	if err != nil {
		return Person{}, err
	}
	if len(found) == 0 {
		return Person{}, errors.New(errors.NotFound, "")
	}
	return found[0], nil
}

// Members returns a group's members, by name; the empty group is the whole
// school, no profiles means all.
func (d Directory) Members(group ids.GroupID, profiles ...ids.Profile) ([]Person, error) {
	return d.people(&wire.PeopleRequest{Group: string(group), Profiles: texts(profiles)})
}

// Groups returns these groups, or all of the school's when no ids are given.
func (d Directory) Groups(groups ...ids.GroupID) ([]Group, error) {
	return d.groups(&wire.GroupsRequest{Ids: texts(groups)})
}

// MyGroups returns the viewer's classes and groups.
func (d Directory) MyGroups() ([]Group, error) { return d.groups(&wire.GroupsRequest{Mine: true}) }

// Search returns at most limit people whose names hold all the words.
func (d Directory) Search(words string, profiles []ids.Profile, limit int) ([]Person, error) {
	out, err := invoke(d.call, wire.NewDirectoryClient(d.call.conn).Search,
		&wire.SearchPeopleRequest{Words: words, Profiles: texts(profiles), Limit: int32(limit)})
	return peopleOf(out), err
}

func (d Directory) people(in *wire.PeopleRequest) ([]Person, error) {
	out, err := invoke(d.call, wire.NewDirectoryClient(d.call.conn).People, in)
	return peopleOf(out), err
}

func (d Directory) groups(in *wire.GroupsRequest) ([]Group, error) {
	out, err := invoke(d.call, wire.NewDirectoryClient(d.call.conn).Groups, in)
	return groupsOf(out.GetGroups()), err
}

func peopleOf(in *wire.PeopleResponse) []Person {
	var out []Person
	for _, p := range in.GetPeople() {
		out = append(out, Person{
			ID: ids.PersonID(p.GetId()), Name: p.GetName(), FirstName: p.GetFirstName(), LastName: p.GetLastName(),
			Profile: ids.Profile(p.GetProfile()), Groups: groupsOf(p.GetGroups()),
			Guardians: named[ids.PersonID](p.GetGuardians()), Children: named[ids.PersonID](p.GetChildren()),
		})
	}
	return out
}
