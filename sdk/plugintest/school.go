package plugintest

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

// School is a fictitious school whose people a test makes up. Identifiers are
// the names in plain letters, so that a failing test can be read.
type School struct {
	ID       ids.SchoolID
	Name     string
	TimeZone string // "Europe/Paris" unless changed

	mu     sync.Mutex
	groups []*wire.Group
	people []*wire.Person
	denied map[ids.Profile][]ids.Permission
}

// NewSchool returns an empty school.
func NewSchool(uai, name string) *School {
	return &School{ID: ids.SchoolID(uai), Name: name, TimeZone: "Europe/Paris"}
}

// Withhold has the school take a permission from a profile that has it by default.
func (s *School) Withhold(p ids.Permission, from ids.Profile) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.denied == nil {
		s.denied = map[ids.Profile][]ids.Permission{}
	}
	s.denied[from] = append(s.denied[from], p)
}

// granted are the permissions of the module that the school gives a profile; the
// caller holds the lock.
func (s *School) granted(m *manifest.Manifest, p ids.Profile) []ids.Permission {
	return slices.DeleteFunc(m.Granted(p), func(one ids.Permission) bool { return slices.Contains(s.denied[p], one) })
}

// Class adds a class.
func (s *School) Class(name string) ids.GroupID { return s.group(name, "classe") }

// Group adds a group that is no class.
func (s *School) Group(name string) ids.GroupID { return s.group(name, "groupe") }

func (s *School) group(name, kind string) ids.GroupID {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &wire.Group{Id: slug(name), Name: name, Kind: kind}
	s.groups = append(s.groups, g)
	return ids.GroupID(g.Id)
}

// Pupil adds a pupil of these classes and groups.
func (s *School) Pupil(name string, groups ...ids.GroupID) ids.PersonID {
	return s.Person(ids.Eleve, name, groups...)
}

// Teacher adds a teacher of these classes and groups.
func (s *School) Teacher(name string, groups ...ids.GroupID) ids.PersonID {
	return s.Person(ids.Enseignant, name, groups...)
}

// Head adds a head.
func (s *School) Head(name string) ids.PersonID { return s.Person(ids.Direction, name) }

// SchoolLife adds a school-life officer.
func (s *School) SchoolLife(name string) ids.PersonID { return s.Person(ids.VieScol, name) }

// Person adds somebody of any profile.
func (s *School) Person(p ids.Profile, name string, groups ...ids.GroupID) ids.PersonID {
	s.mu.Lock()
	defer s.mu.Unlock()
	first, last, _ := strings.Cut(name, " ")
	one := &wire.Person{Id: slug(name), Name: name, FirstName: first, LastName: last, Profile: string(p)}
	for _, g := range groups {
		i := slices.IndexFunc(s.groups, func(w *wire.Group) bool { return w.Id == string(g) })
		if i < 0 {
			panic("plugintest: no group " + string(g))
		}
		one.Groups = append(one.Groups, s.groups[i])
	}
	s.people = append(s.people, one)
	return ids.PersonID(one.Id)
}

// Parent adds a parent of these pupils.
func (s *School) Parent(name string, children ...ids.PersonID) ids.PersonID {
	id := s.Person(ids.Parent, name)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range children {
		s.find(id).Children = append(s.find(id).Children, string(c))
		s.find(c).Guardians = append(s.find(c).Guardians, string(id))
	}
	return id
}

// find returns somebody, or panics: a test names only people it made up.
func (s *School) find(id ids.PersonID) *wire.Person {
	i := slices.IndexFunc(s.people, func(p *wire.Person) bool { return p.Id == string(id) })
	if i < 0 {
		panic("plugintest: nobody is called " + string(id))
	}
	return s.people[i]
}

// has reports whether the person is of this school.
func (s *School) has(id ids.PersonID) bool {
	return len(s.choose(func(p *wire.Person) bool { return p.Id == string(id) })) > 0
}

// choose returns copies of the people that a test accepts, by name.
func (s *School) choose(accept func(*wire.Person) bool) []*wire.Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*wire.Person
	for _, p := range s.people {
		if accept(p) {
			out = append(out, proto.CloneOf(p))
		}
	}
	slices.SortStableFunc(out, func(a, b *wire.Person) int {
		return strings.Compare(a.LastName+a.FirstName, b.LastName+b.FirstName)
	})
	return out
}

// viewer returns the person as the core would present them to a module.
func (s *School) viewer(id ids.PersonID, granted []ids.Permission) *wire.Viewer {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.find(id)
	v := &wire.Viewer{
		Person: p.Id, Name: p.Name, FirstName: p.FirstName, School: string(s.ID), SchoolName: s.Name,
		Profile: p.Profile, Groups: p.Groups, Locale: "fr", TimeZone: s.TimeZone, RequestId: ids.New(),
	}
	for _, c := range p.Children {
		child := s.find(ids.PersonID(c))
		v.Children = append(v.Children, &wire.Child{Person: c, Name: child.Name, FirstName: child.FirstName, Groups: child.Groups})
	}
	for _, perm := range granted {
		v.Permissions = append(v.Permissions, string(perm))
	}
	return v
}

// slug writes a name in plain letters: "Léa Martin" is "lea-martin".
func slug(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) && r < 0x80, unicode.IsDigit(r):
			return unicode.ToLower(r)
		case unicode.Is(unicode.Mn, r):
			return -1
		}
		return '-'
	}, norm.NFD.String(name))
	return strings.Trim(plain, "-")
}
