package sdk

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// call binds the core's services to one call: its context, and the handle from
// which the core derives school, person and rights.
type call struct {
	ctx    context.Context
	conn   grpc.ClientConnInterface
	handle string
}

// out returns the context of a call back to the core.
func (c *call) out() context.Context {
	return metadata.AppendToOutgoingContext(c.ctx, wire.MetadataCall, c.handle)
}

// invoke runs one unary method of a client stub as this call and translates its error.
func invoke[Q, A any](c *call, method func(context.Context, Q, ...grpc.CallOption) (A, error), in Q) (A, error) {
	out, err := method(c.out(), in)
	return out, errors.FromStatus(err)
}

// texts turns identifiers into plain strings for the wire.
func texts[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return out
}

// named turns plain strings of the wire into identifiers.
func named[T ~string](in []string) []T {
	var out []T
	for _, s := range in {
		out = append(out, T(s))
	}
	return out
}
