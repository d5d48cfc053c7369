package services

import (
	"context"

	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

type recorder struct {
	wire.UnimplementedAuditServer
	*desk
}

func (r *recorder) Record(ctx context.Context, in *wire.RecordRequest) (*wire.RecordResponse, error) {
	c, err := r.call(ctx, manifest.RecordAudit)
	if err != nil {
		return nil, err
	}
	return &wire.RecordResponse{}, r.core.Audit.Record(ctx, Record{
		School: c.School, Person: person(c), Module: c.Module, RequestID: c.Viewer.GetRequestId(),
		Action: in.Action, Object: in.Object, Details: in.Details,
	})
}
