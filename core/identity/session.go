package identity

import (
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Session is someone signed in, in one of their schools. It is shared between
// requests: read it, never change it.
type Session struct {
	ID         string // hash of the token, in hex
	Person     ids.PersonID
	Login      string
	School     ids.SchoolID
	Profile    ids.Profile
	Roles      []string     // the profile and the extra roles
	Child      ids.PersonID // the child a guardian has chosen; empty: all
	MustChange bool         // only the change of password is open
	Schools    []Belonging  // all the person's schools, this one included
	Viewer     *wire.Viewer // without permissions and request id: clone before filling them in
	Expires    time.Time    // at the latest
}

// Belonging is one of the schools a person may switch to.
type Belonging struct {
	School  ids.SchoolID
	Name    string
	Profile ids.Profile
}
