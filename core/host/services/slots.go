package services

import (
	"context"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

type slots struct {
	wire.UnimplementedSlotsServer
	*desk
}

// Next asks the hours of the call's school.
func (s *slots) Next(ctx context.Context, in *wire.SlotRequest) (*wire.SlotResponse, error) {
	c, err := s.call(ctx, "")
	if err != nil {
		return nil, err
	}
	at := s.core.Notify.Now()
	if in.At != nil {
		at = in.At.AsTime()
	}
	next, held, err := s.core.Notify.Next(ctx, c.School, at, named[ids.Profile](in.Profiles)...)
	return &wire.SlotResponse{At: timestamppb.New(next.In(time.UTC)), Held: held}, err
}
