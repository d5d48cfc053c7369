package sdk

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Calendars is what all modules of the school add to the viewer's calendar.
type Calendars struct{ call *call }

// Entries returns what touches [from, to), by module; missing names the modules
// that did not answer in time. Conflict while the module is itself asked for its
// calendar: two modules would ask each other without end.
func (c Calendars) Entries(from, to time.Time) (entries map[ids.ModuleID][]*ui.Entry, missing []ids.ModuleID, err error) {
	out, err := invoke(c.call, wire.NewCalendarsClient(c.call.conn).Entries,
		&wire.EntriesRequest{From: timestamppb.New(from), To: timestamppb.New(to)})
	if err != nil {
		return nil, nil, err
	}
	entries = map[ids.ModuleID][]*ui.Entry{}
	for _, m := range out.GetModules() {
		entries[ids.ModuleID(m.GetModule())] = m.GetEntries()
	}
	return entries, named[ids.ModuleID](out.GetMissing()), nil
}
