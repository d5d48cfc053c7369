package identity

import (
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
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

// Kinds of group.
const (
	Classe = "classe"
	Groupe = "groupe"
)

// Group is a class or another group of one school.
type Group struct {
	ID     string `json:"id"`
	Source string `json:"source,omitempty"` // key in the export it came from; unique in the school
	Name   string `json:"name"`
	Kind   string `json:"kind"` // Classe or Groupe
}
