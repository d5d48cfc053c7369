package identity

import "github.com/preau-ent/preau/sdk/ids"

// Kinds of school.
const (
	Ecole   = "ecole"
	College = "college"
	Lycee   = "lycee"
)

// School is one school of this installation.
type School struct {
	ID       ids.SchoolID `json:"id"` // UAI
	Name     string       `json:"name"`
	Kind     string       `json:"kind,omitempty"`      // Ecole, College, Lycee; may be empty
	TimeZone string       `json:"time_zone,omitempty"` // IANA name; Europe/Paris when added without
	Locale   string       `json:"locale,omitempty"`    // fr when added without
}
