package live

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// Source is what a hub asks of the house.
type Source interface {
	// Session returns a session that is still good for a stream.
	Session(ctx context.Context, id string) (*identity.Session, error)
	// News returns what is new to a session after a moment.
	News(ctx context.Context, s *identity.Session, since Since) (*News, error)
	// Now is the moment.
	Now() Since
}

// News is one message to an open page, written as JSON.
type News struct {
	Unread  int      `json:"unread"`            // notices
	Label   string   `json:"label"`             // the same in words
	Notices []Notice `json:"notices,omitempty"` // new ones, the newest first
	Widgets []string `json:"widgets,omitempty"` // instances on the home page to fetch again
}

// Notice is a new notice in the words of who reads it.
type Notice struct {
	Text  string `json:"text"`
	About string `json:"about"` // whom and which school it is about
	Href  string `json:"href,omitempty"`

	At time.Time `json:"-"` // when it came: it is not told again
}

// quiet reports whether there is nothing to say but the count.
func (n *News) quiet() bool { return len(n.Notices) == 0 && len(n.Widgets) == 0 }

// Change touches the streams of a person, of their guardians too; without a
// person, those of everybody who looks at the school.
type Change struct {
	School ids.SchoolID
	Person ids.PersonID
}

// concerns reports whether a change may be news to a session.
func (c Change) concerns(s *identity.Session) bool {
	if c.Person == "" {
		return s.School == c.School
	}
	if s.Person == c.Person {
		return true
	}
	for _, child := range s.Viewer.GetChildren() {
		if child.GetPerson() == string(c.Person) {
			return true
		}
	}
	return false
}
