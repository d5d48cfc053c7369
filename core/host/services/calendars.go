package services

import (
	"context"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

type calendars struct {
	wire.UnimplementedCalendarsServer
	*desk
}

func (s *calendars) Entries(ctx context.Context, in *wire.EntriesRequest) (*wire.EntriesResponse, error) {
	c, err := s.viewed(ctx, manifest.ReadCalendars)
	if err != nil {
		return nil, err
	}
	from, to := in.From.AsTime(), in.To.AsTime()
	if !from.Before(to) {
		return nil, errors.New(errors.Invalid, "host.calendar.span")
	}
	return s.core.Host.Gather(ctx, c, from, to)
}
