package identity

import (
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Member is what a person is in one school.
type Member struct {
	ID        string         `json:"id"`               // the person
	Source    string         `json:"source,omitempty"` // key in the export it came from; unique in the school
	FirstName string         `json:"first_name"`
	LastName  string         `json:"last_name"`
	Profile   ids.Profile    `json:"profile"`
	Roles     []string       `json:"roles,omitempty"`     // extra roles (administrateur)
	Groups    []ids.GroupID  `json:"groups,omitempty"`    // classes and groups
	Guardians []ids.PersonID `json:"guardians,omitempty"` // of a pupil
	Children  []ids.PersonID `json:"-"`                   // of a guardian: found through the index, never stored
	Birth     string         `json:"birth,omitempty"`     // 2006-01-02
	Email     string         `json:"email,omitempty"`
	Login     string         `json:"login,omitempty"` // copy of the account's, to be shown and searched
	Left      bool           `json:"left,omitempty"`
}

// Person returns the member's identifier with its type.
func (m *Member) Person() ids.PersonID { return ids.PersonID(m.ID) }

// Name returns "Camille Martin".
func (m *Member) Name() string { return strings.TrimSpace(m.FirstName + " " + m.LastName) }

// AllRoles returns the profile and the extra roles: what access is asked with.
func (m *Member) AllRoles() []string {
	return append([]string{string(m.Profile)}, m.Roles...)
}

// Staff reports whether the member is neither pupil nor parent.
func (m *Member) Staff() bool { return m.Profile != ids.Eleve && m.Profile != ids.Parent }

// runs reports whether the member can administer the school.
func (m *Member) runs() bool {
	return !m.Left && (m.Profile == ids.Direction || slices.Contains(m.Roles, administrateur))
}

// running counts for what a member can administer the school, as it is counted
// over the school; nobody for nothing.
func (m *Member) running() (n int) {
	if m == nil || m.Left {
		return 0
	}
	if m.Profile == ids.Direction {
		n++
	}
	if slices.Contains(m.Roles, administrateur) {
		n++
	}
	return n
}

// administrateur is the role of who runs a school without being its head, as
// core/access names it; sharing a name is cheaper than a dependency.
const administrateur = "administrateur"

// extraRoles are the roles that a school gives besides the profile.
var extraRoles = []string{administrateur}

// readMember returns one member with their relations.
func readMember(tx store.Tx, id string) (*Member, error) {
	m, err := members.Get(tx, id)
	if err != nil {
		return nil, personError(err)
	}
	return m, m.relate(tx)
}

// relate fills in the children, and leaves out guardians who left.
func (m *Member) relate(tx store.Tx) error {
	if m.Profile == ids.Eleve {
		var living []ids.PersonID
		for _, g := range m.Guardians {
			n, err := members.Count(tx, "left", store.Prefix(g))
			if err != nil {
				return err
			}
			if n == 0 {
				living = append(living, g)
			}
		}
		m.Guardians = living
		return nil
	}
	for c, err := range members.Range(tx, "guardian", store.Prefix(false, m.ID)) {
		if err != nil {
			return err
		}
		m.Children = append(m.Children, c.Person())
	}
	return nil
}
