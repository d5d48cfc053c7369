package ids

import "slices"

// Profile is what a person is in one school.
type Profile string

// The closed set of profiles.
const (
	Eleve      Profile = "eleve"
	Parent     Profile = "parent"
	Enseignant Profile = "enseignant"
	VieScol    Profile = "viescolaire"
	Direction  Profile = "direction"
	Personnel  Profile = "personnel"
)

// Profiles lists every profile, in the order in which they are shown.
func Profiles() []Profile {
	return []Profile{Eleve, Parent, Enseignant, VieScol, Direction, Personnel}
}

// Valid reports whether p is one of [Profiles].
func (p Profile) Valid() bool { return slices.Contains(Profiles(), p) }
