package notify

import (
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// EventName is the event published in the process for each notice: People holds
// its addressee.
const EventName = "core.notice"

// Notice is one line in a person's list.
type Notice struct {
	ID     string
	Person ids.PersonID
	Module ids.ModuleID // empty: the core
	Text   *wire.Text
	Link   *wire.Link // Module filled in
	About  []*wire.About
	Key    string // the thing it is about; may be empty
	At     time.Time
	Read   bool
}
