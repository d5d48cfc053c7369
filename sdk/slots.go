package sdk

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Slots is when the school publishes to families: what is written in the
// evening goes out at the next hour of publishing.
type Slots struct{ call *call }

// Next returns the first moment from at on (zero: now) at which the school
// publishes to people of these profiles, in the zone of at, and whether that is
// later than at. Without pupils and parents among them there are no hours to
// keep.
func (s Slots) Next(at time.Time, profiles ...ids.Profile) (next time.Time, held bool, err error) {
	in := &wire.SlotRequest{Profiles: texts(profiles)}
	if !at.IsZero() {
		in.At = timestamppb.New(at)
	}
	out, err := invoke(s.call, wire.NewSlotsClient(s.call.conn).Next, in)
	if err != nil {
		return at, false, err
	}
	return out.GetAt().AsTime().In(at.Location()), out.GetHeld(), nil
}

// HoursMoved is the event that the school changed when it publishes to families.
// Who keeps something for those hours asks [Slots.Next] again.
const HoursMoved = "core.hours"
