package plugintest

import (
	"context"
	"slices"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

type slots struct {
	wire.UnimplementedSlotsServer
	core *core
}

// Hours has the school publish to families at the moment that next answers for
// any other, no earlier than that; without it the school publishes at any hour.
func (h *Harness) Hours(next func(at time.Time) time.Time) {
	h.core.mu.Lock()
	defer h.core.mu.Unlock()
	h.core.hours = next
}

// Next implements wire.SlotsServer.
func (s slots) Next(ctx context.Context, in *wire.SlotRequest) (*wire.SlotResponse, error) {
	if _, err := s.core.who(ctx, ""); err != nil {
		return nil, err
	}
	at := s.core.now()
	if in.At != nil {
		at = in.At.AsTime()
	}
	s.core.mu.Lock()
	next := s.core.hours
	s.core.mu.Unlock()
	out := &wire.SlotResponse{At: timestamppb.New(at)}
	families := slices.Contains(in.GetProfiles(), string(ids.Eleve)) || slices.Contains(in.GetProfiles(), string(ids.Parent))
	if next != nil && families {
		opens := next(at)
		out.At, out.Held = timestamppb.New(opens), opens.After(at)
	}
	return out, nil
}
