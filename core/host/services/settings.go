package services

import (
	"context"

	"github.com/preau-ent/preau/sdk/wire"
)

type settings struct {
	wire.UnimplementedSettingsServer
	*desk
}

func (s *settings) Get(ctx context.Context, _ *wire.SettingsRequest) (*wire.SettingsResponse, error) {
	c, err := s.call(ctx, "")
	if err != nil {
		return nil, err
	}
	value, err := s.core.Host.Settings(ctx, c.School, c.Module)
	return &wire.SettingsResponse{Json: value}, err
}
