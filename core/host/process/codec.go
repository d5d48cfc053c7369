package process

import (
	"google.golang.org/grpc/encoding"
	_ "google.golang.org/grpc/encoding/proto" // the codec to bound
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// bounded decodes what a module answers, unless it has more parts than a tree
// may have: four megabytes on the wire could be hundreds in memory.
type bounded struct{ encoding.CodecV2 }

func codec() encoding.CodecV2 { return bounded{encoding.GetCodecV2("proto")} }

// Unmarshal implements encoding.CodecV2.
func (c bounded) Unmarshal(data mem.BufferSlice, v any) error {
	if m, ok := v.(proto.Message); ok && data.Len() >= 2*ui.MaxMessages && !ui.Bounded(data.Materialize(), m.ProtoReflect().Descriptor()) {
		return errors.New(errors.TooLarge, "host.toolarge", "limit", wire.MaxMessage)
	}
	return c.CodecV2.Unmarshal(data, v)
}
