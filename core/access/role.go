package access

import (
	"slices"

	"github.com/preau-ent/preau/sdk/ids"
)

// Administrateur is the extra role of who runs the ENT of a school without
// being its head. It includes all that the profile direction may.
const Administrateur = "administrateur"

// inherits says which roles each role includes; [rank] relies on it having no
// cycle.
var inherits = map[string][]string{Administrateur: {string(ids.Direction)}}

// Roles lists every role: the profiles, then the extra roles.
func Roles() []string {
	roles := make([]string, 0, 7)
	for _, p := range ids.Profiles() {
		roles = append(roles, string(p))
	}
	return append(roles, Administrateur)
}

// ExtraRoles lists the roles that a school gives to a person besides their
// profile.
func ExtraRoles() []string { return []string{Administrateur} }

// KnownRole reports whether role is one of [Roles].
func KnownRole(role string) bool { return slices.Contains(Roles(), role) }
