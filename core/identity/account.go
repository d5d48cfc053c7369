package identity

import (
	"time"

	"github.com/preau-ent/preau/sdk/ids"
)

// Account is how a person signs in, in all their schools.
type Account struct {
	ID         string         `json:"id"`             // the person
	Login      string         `json:"login"`          // as it is printed; compared folded
	Hash       string         `json:"hash,omitempty"` // PHC string; empty: no password yet, cannot sign in
	MustChange bool           `json:"must_change,omitempty"`
	Schools    []ids.SchoolID `json:"schools,omitempty"`  // where a member may exist: the members decide
	Last       ids.SchoolID   `json:"last,omitempty"`     // of the last session
	Locale     string         `json:"locale,omitempty"`   // the person's choice; empty: the school's
	SignedIn   time.Time      `json:"signed_in,omitzero"` // last time
}
