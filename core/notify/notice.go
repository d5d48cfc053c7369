package notify

import (
	"slices"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Events published in the process; People holds whose list changed, Source the
// module that sent the notice. There is no payload: who shows a count or the
// newest notices asks [Service.UnreadOf] and [Service.Feed].
const (
	EventName = "core.notice"      // something new stands in their list
	EventRead = "core.notice.read" // they read, or something was taken back
)

// EventHours is published, to modules too, when a school changes when it publishes
// to families.
const EventHours = "core.hours"

// Notice is one line in a person's list.
type Notice struct {
	ID     string
	School ids.SchoolID
	Person ids.PersonID
	Module ids.ModuleID // empty: the core
	Kind   string       // "devoirs.nouveau"
	Text   *wire.Text
	Link   *wire.Link // Module filled in
	About  []*wire.About
	Key    string // the thing it is about; may be empty
	At     time.Time
	Shown  time.Time // when it came to stand in the list: At, or later than that
	Read   bool
	Again  int  // how many earlier tellings of the same thing it replaced unread
	Urgent bool // went out whatever the hours
}

// Reader is who a notice is for, in one school.
type Reader struct {
	Person   ids.PersonID
	Name     string
	Profile  ids.Profile
	Roles    []string // what permissions are asked with
	Children []Child
	Email    string // empty: none known
	Lang     string
	Zone     *time.Location
	School   string // its name

	holds []ids.Permission // of those that kinds of notices ask for
}

// receives reports whether a kind of notice is for the reader, as the manifest and
// the school have it.
func (r Reader) receives(k Kind) bool {
	if len(k.Profiles) > 0 && !slices.Contains(k.Profiles, r.Profile) && r.Profile != "" {
		return false
	}
	return k.Permission == "" || slices.Contains(r.holds, k.Permission)
}

// Child is one of a reader's children.
type Child struct {
	Person ids.PersonID
	Name   string // first name
}

// family reports whether the school's hours of publishing hold for the reader.
func (r Reader) family() bool { return r.Profile == ids.Eleve || r.Profile == ids.Parent }
